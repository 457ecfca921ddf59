package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.List;

/// A text in one or more languages: `common_name`, `description`, `units`.
@XmlType(propOrder = {"texts"}) public final class LocalizedElement extends Element {
    @XmlElement(name = "loctext") public List<TextElement> texts = new ArrayList<>();
}
