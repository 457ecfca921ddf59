package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlType;

/// An element that says all by being there, such as `single_instance`.
@XmlType public final class EmptyElement extends Element {
}
