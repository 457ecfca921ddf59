package dev.svc.manifest.document;

import java.util.List;

/// What `service` and `instance` have in common. What is absent is null, as JAXB has it, or an empty list.
public sealed interface EntityElement permits ServiceElement, InstanceElement {
    RestarterElement restarter();

    List<DependencyElement> dependencies();

    List<DependentElement> dependents();

    MethodContextElement methodContext();

    void setMethodContext(MethodContextElement context);

    List<ExecMethodElement> methods();

    List<NotificationElement> notifications();

    List<PropertyGroupElement> groups();

    TemplateElement template();
}
