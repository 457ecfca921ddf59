package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.List;

/// `instance`.
@XmlType(propOrder = {"restarter", "dependencies", "dependents", "methodContext", "methods", "notifications", "groups",
        "template"}) public final class InstanceElement extends Element implements EntityElement {
    @XmlAttribute(name = "name") public String name;

    @XmlAttribute(name = "enabled") public String enabled;

    @XmlElement(name = "restarter") public RestarterElement restarter;

    @XmlElement(name = "dependency") public List<DependencyElement> dependencies = new ArrayList<>();

    @XmlElement(name = "dependent") public List<DependentElement> dependents = new ArrayList<>();

    @XmlElement(name = "method_context") public MethodContextElement methodContext;

    @XmlElement(name = "exec_method") public List<ExecMethodElement> methods = new ArrayList<>();

    @XmlElement(name = "notification_parameters") public List<NotificationElement> notifications = new ArrayList<>();

    @XmlElement(name = "property_group") public List<PropertyGroupElement> groups = new ArrayList<>();

    @XmlElement(name = "template") public TemplateElement template;

    @Override public RestarterElement restarter() {
        return restarter;
    }

    @Override public List<DependencyElement> dependencies() {
        return dependencies;
    }

    @Override public List<DependentElement> dependents() {
        return dependents;
    }

    @Override public MethodContextElement methodContext() {
        return methodContext;
    }

    @Override public void setMethodContext(MethodContextElement context) { methodContext = context; }

    @Override public List<ExecMethodElement> methods() {
        return methods;
    }

    @Override public List<NotificationElement> notifications() {
        return notifications;
    }

    @Override public List<PropertyGroupElement> groups() {
        return groups;
    }

    @Override public TemplateElement template() {
        return template;
    }
}
