package dev.svc.manifest.document;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlType;

/// `method_credential`.
@XmlType public final class CredentialElement extends Element {
    @XmlAttribute(name = "user") public String user;

    @XmlAttribute(name = "group") public String group;

    @XmlAttribute(name = "supp_groups") public String supplementaryGroups;

    @XmlAttribute(name = "privileges") public String privileges;

    @XmlAttribute(name = "limit_privileges") public String limitPrivileges;
}
