package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlType;

/// `manpage`.
@XmlType public final class ManpageElement extends ReferenceElement {
    @XmlAttribute(name = "title") public String title;

    @XmlAttribute(name = "section") public String section;

    @XmlAttribute(name = "manpath") public String manpath;
}
