package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlType;

/// `method_context`.
@XmlType(propOrder = {"profile", "credential", "environment"}) public final class MethodContextElement extends Element {
    @XmlAttribute(name = "working_directory") public String workingDirectory;

    @XmlAttribute(name = "project") public String project;

    @XmlAttribute(name = "resource_pool") public String resourcePool;

    @XmlAttribute(name = "security_flags") public String securityFlags;

    @XmlElement(name = "method_profile") public NamedElement profile;

    @XmlElement(name = "method_credential") public CredentialElement credential;

    @XmlElement(name = "method_environment") public EnvironmentElement environment;
}
