package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlTransient;

/// An element and where it begins.
@XmlTransient public abstract class Element {
    /// Counted from 1; 0 in an element that was not read.
    @XmlTransient public int line;
}
