package dev.svc.manifest;

import dev.svc.manifest.document.MethodContextElement;
import dev.svc.manifest.document.NamedValueElement;
import dev.svc.property.ValueType;
import java.util.ArrayList;
import java.util.List;

/// What a `method_context` adds to the group of its method, or to group `method_context`.
final class MethodContextMapping {
    private static final String RESERVED = "SMF_";

    private final Findings findings;

    MethodContextMapping(Findings findings) {
        this.findings = findings;
    }

    void add(MethodContextElement context, GroupDraft group) {
        group.addText("working_directory", context.workingDirectory, context.line);
        group.addText("project", context.project, context.line);
        group.addText("resource_pool", context.resourcePool, context.line);
        group.addText("security_flags", context.securityFlags, context.line);
        if (context.profile != null) {
            group.add("use_profile", ValueType.BOOLEAN, "true", context.profile.line);
            group.addText("profile", context.profile.name, context.profile.line);
        }
        if (context.credential != null) {
            int line = context.credential.line;
            group.add("use_profile", ValueType.BOOLEAN, "false", line);
            group.addText("user", context.credential.user, line);
            group.addText("group", context.credential.group, line);
            group.addText("supp_groups", context.credential.supplementaryGroups, line);
            group.addText("privileges", context.credential.privileges, line);
            group.addText("limit_privileges", context.credential.limitPrivileges, line);
        }
        if (context.environment != null) {
            List<String> variables = new ArrayList<>();
            for (NamedValueElement variable : context.environment.variables) {
                check(variable);
                variables.add(variable.name + "=" + variable.value);
            }
            group.add("environment", ValueType.ASTRING, variables, context.environment.line);
        }
    }

    private void check(NamedValueElement variable) {
        String title = "envvar \"" + variable.name + "\": invalid environment variable: ";
        if (variable.name.isEmpty() || variable.name.contains("=")) {
            findings.add(variable.line, title + "a name must not be empty and has no \"=\"");
        } else if (variable.name.startsWith(RESERVED)) {
            findings.add(variable.line, title + "names beginning with " + RESERVED + " are reserved");
        }
    }
}
