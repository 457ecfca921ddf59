package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlType;

/// `restarter`.
@XmlType(propOrder = {"fmri"}) public final class RestarterElement extends Element {
    @XmlElement(name = "service_fmri") public WordElement fmri;
}
