package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlElements;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.List;

/// `documentation`.
@XmlType(propOrder = {"references"}) public final class DocumentationElement extends Element {
    @XmlElements({
            @XmlElement(name = "doc_link", type = DocLinkElement.class),
            @XmlElement(name = "manpage", type = ManpageElement.class)}) public List<ReferenceElement> references = new ArrayList<>();
}
