package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlType;
import jakarta.xml.bind.annotation.XmlValue;

/// `loctext`.
@XmlType public final class TextElement extends Element {
    @XmlAttribute(name = "lang", namespace = "http://www.w3.org/XML/1998/namespace") public String language;

    @XmlValue public String text;
}
