package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.List;

/// `notification_parameters`.
@XmlType(propOrder = {"event", "mechanisms"}) public final class NotificationElement extends Element {
    @XmlElement(name = "event") public WordElement event;

    @XmlElement(name = "type") public List<MechanismElement> mechanisms = new ArrayList<>();
}
