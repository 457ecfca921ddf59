package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.List;

/// `template`.
@XmlType(propOrder = {"commonName", "description", "documentation", "patterns"}) public final class TemplateElement extends Element {
    @XmlElement(name = "common_name") public LocalizedElement commonName;

    @XmlElement(name = "description") public LocalizedElement description;

    @XmlElement(name = "documentation") public DocumentationElement documentation;

    @XmlElement(name = "pg_pattern") public List<GroupPatternElement> patterns = new ArrayList<>();
}
