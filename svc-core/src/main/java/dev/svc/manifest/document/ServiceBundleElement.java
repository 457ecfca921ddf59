package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlRootElement;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.List;

/// `service_bundle`: a document, or a bundle within one.
@XmlRootElement(name = "service_bundle")
@XmlType(propOrder = {"bundles", "services"}) public final class ServiceBundleElement extends Element {
    @XmlAttribute(name = "type") public String type;

    @XmlAttribute(name = "name") public String name;

    @XmlElement(name = "service_bundle") public List<ServiceBundleElement> bundles = new ArrayList<>();

    @XmlElement(name = "service") public List<ServiceElement> services = new ArrayList<>();
}
