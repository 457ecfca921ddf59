package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlTransient;

/// `doc_link` or `manpage`.
@XmlTransient public abstract sealed class ReferenceElement extends Element permits DocLinkElement, ManpageElement {}
