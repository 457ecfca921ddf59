package dev.svc.it;

/// Services for tests, as they stand in a bundle: each records what happens to it in files below its root's `trace` directory, so that
/// a second start or a lost one cannot hide.
final class Daemons {
    private Daemons() {}

    /// A contract service: its start method leaves a process behind and counts its starts in `trace/NAME.starts`.
    static String daemon(String name, String... dependencies) {
        return service(name, true, dependencies, "echo $$ &gt;&gt; $SVC_ROOT/trace/" + name + ".starts; sleep 100000 &amp; exit 0", ":kill",
                "");
    }

    static String disabledDaemon(String name, String... dependencies) {
        return service(name, false, dependencies, "echo $$ &gt;&gt; $SVC_ROOT/trace/" + name + ".starts; sleep 100000 &amp; exit 0",
                ":kill", "");
    }

    /// A one-shot that counts its runs in `trace/NAME.starts`.
    static String oneShot(String name, String... dependencies) {
        return service(name, true, dependencies, "echo $$ &gt;&gt; $SVC_ROOT/trace/" + name + ".starts", ":true", "transient");
    }

    /// A child service: the process of its start method is the service.
    static String child(String name, String... dependencies) {
        return service(name, true, dependencies, "echo $$ &gt;&gt; $SVC_ROOT/trace/" + name + ".starts; exec sleep 100000", ":kill",
                "child");
    }

    /// Any service `site/NAME:default`; `script` is what `sh -c` runs, escaped for XML.
    static String service(String name, boolean enabled, String[] dependencies, String script, String stop, String duration) {
        StringBuilder xml = new StringBuilder(
                "  <service name='site/" + name + "' type='service' version='1'>\n    <create_default_instance enabled='"
                        + enabled + "'/>\n");
        for (String dependency : dependencies) {
            xml.append("    <dependency name='on-").append(dependency)
                    .append("' grouping='require_all' restart_on='restart' type='service'>\n"
                            + "      <service_fmri value='svc:/site/")
                    .append(dependency).append(":default'/>\n    </dependency>\n");
        }
        xml.append("    <exec_method type='method' name='start' exec='sh -c \"").append(script.replace("$", "\\$"))
                .append("\"' timeout_seconds='60'/>\n    <exec_method type='method' name='stop' exec='").append(stop)
                .append("' timeout_seconds='60'/>\n");
        if (!duration.isEmpty()) {
            xml.append("    <property_group name='startd' type='framework'>\n      <propval name='duration' type='astring' value='")
                    .append(duration).append("'/>\n    </property_group>\n");
        }
        return xml.append("  </service>").toString();
    }
}
