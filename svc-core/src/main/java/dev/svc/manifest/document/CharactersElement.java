package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlType;
import jakarta.xml.bind.annotation.XmlValue;

/// An element that is its text: `internal_separators`.
@XmlType public final class CharactersElement extends Element {
    @XmlValue public String text;
}
