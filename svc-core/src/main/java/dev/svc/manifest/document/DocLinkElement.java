package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlType;

/// `doc_link`.
@XmlType public final class DocLinkElement extends ReferenceElement {
    @XmlAttribute(name = "name") public String name;

    @XmlAttribute(name = "uri") public String uri;
}
