package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.List;

/// `values`, `constraints` and `choices`: what values may be, in the ways the grammar gives each of them.
@XmlType(propOrder = {"values", "ranges", "included"}) public final class PatternValuesElement extends Element {
    @XmlElement(name = "value") public List<PatternValueElement> values = new ArrayList<>();

    @XmlElement(name = "range") public List<RangeElement> ranges = new ArrayList<>();

    @XmlElement(name = "include_values") public List<IncludedElement> included = new ArrayList<>();
}
