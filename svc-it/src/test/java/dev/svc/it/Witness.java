package dev.svc.it;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A service `site/NAME:default` that keeps a record of its life: the script `witness` says how. A second start or a lost one cannot hide
/// from it, nor a process that got out of its contract.
///
/// @param dependencies names of witnesses that it requires, and with which it is restarted
record Witness(String name, Kind kind, boolean enabled, List<String> dependencies) {
    /// How it lives and ends.
    enum Kind {
        /// Its start method leaves a process behind.
        DAEMON("daemon", "", ":kill"),
        /// ... after a while.
        SLOW("slow", "", ":kill"),
        /// ... and its own method stops it.
        STOPPED("daemon", "", "stop"),
        /// ... in a session of its own, with nothing between it and init.
        TWOFOLD("twofold", "", ":kill"),
        /// ... that ignores TERM, so that only the deadline ends it.
        STUBBORN("stubborn", "", ":kill"),
        /// Processes that never stay the same for long, and ignore TERM.
        HOPPING("hopping", "", ":kill"),
        /// The process of its start method is the service.
        CHILD("child", "child", ":kill"),
        /// It runs once and leaves nothing behind.
        ONCE("once", "transient", ":true"),
        /// A daemon whose first start waits at a gate.
        GATED("gated", "", ":kill"),
        /// ... and has left its process by then.
        GATED_EARLY("gated-with-daemon", "", ":kill"),
        /// A child that has a child of its own, and waits at a gate.
        GATED_CHILD("gated-child", "child", ":kill"),
        /// A one-shot that waits at a gate.
        GATED_ONCE("gated", "transient", ":true"),
        /// A daemon whose stop method waits at a gate.
        GATED_STOP("daemon", "", "gated-stop"),
        /// A daemon whose refresh method waits at a gate.
        GATED_REFRESH("daemon", "", ":kill", "gated-refresh");

        /// Those that need nobody to open a gate.
        static final List<Kind> UNGATED = List.of(DAEMON, SLOW, STOPPED, TWOFOLD, STUBBORN, CHILD, ONCE);

        private final String role;
        private final String duration;
        private final String stop;
        private final String refresh;

        Kind(String role, String duration, String stop, String refresh) {
            this.role = role;
            this.duration = duration;
            this.stop = stop;
            this.refresh = refresh;
        }

        Kind(String role, String duration, String stop) {
            this(role, duration, stop, "refresh");
        }

        /// Whoever opens a gate may take his time.
        private int timeoutSeconds() {
            return UNGATED.contains(this) ? 60 : 600;
        }

        boolean leavesProcess() {
            return !duration.equals("transient");
        }
    }

    Witness(String name, Kind kind, boolean enabled, String... dependencies) {
        this(name, kind, enabled, List.of(dependencies));
    }

    String fmri() {
        return "svc:/site/" + name + ":default";
    }

    String service() {
        return "svc:/site/" + name;
    }

    /// Puts the script and the directory of records into a root.
    static void install(Site site) throws IOException, InterruptedException {
        site.directory("bin");
        site.directory("trace");
        try (InputStream script = Witness.class.getResourceAsStream("witness")) {
            Files.copy(script, script(site));
        }
        Path never = site.path("trace/.never");
        if (!new ProcessBuilder("mkfifo", "-m", "666", never.toString()).inheritIO().start().waitFor(10, TimeUnit.SECONDS)) {
            throw new IOException(never + ": not made");
        }
    }

    static Path script(Site site) {
        return site.path("bin/witness");
    }

    /// As it stands in a bundle.
    String xml(Site site) {
        StringBuilder xml = new StringBuilder("  <service name='site/%s' type='service' version='1'>\n".formatted(name));
        xml.append("    <create_default_instance enabled='%s'/>\n".formatted(enabled));
        for (String dependency : dependencies) {
            xml.append("    <dependency name='on-%1$s' grouping='require_all' restart_on='restart' type='service'>\n"
                    .formatted(dependency));
            xml.append("      <service_fmri value='svc:/site/%s:default'/>\n    </dependency>\n".formatted(dependency));
        }
        xml.append(method(site, "start", kind.role, kind.timeoutSeconds()));
        xml.append(kind.stop.startsWith(":")
                ? "    <exec_method type='method' name='stop' exec='%s' timeout_seconds='%d'/>\n".formatted(kind.stop,
                        kind == Kind.STUBBORN || kind == Kind.HOPPING ? 1 : 60)
                : method(site, "stop", kind.stop, kind.timeoutSeconds()));
        xml.append(method(site, "refresh", kind.refresh, kind.timeoutSeconds()));
        xml.append("    <property_group name='config' type='application'>\n");
        xml.append("      <propval name='n' type='integer' value='0'/>\n    </property_group>\n");
        xml.append("    <property_group name='startd' type='framework'>\n");
        if (!kind.duration.isEmpty()) {
            xml.append("      <propval name='duration' type='astring' value='%s'/>\n".formatted(kind.duration));
        }
        // What is killed on purpose, and often, is no reason for maintenance.
        xml.append("      <propval name='critical_failure_count' type='integer' value='1000'/>\n");
        xml.append("      <propval name='critical_failure_period' type='integer' value='0'/>\n    </property_group>\n");
        return xml.append("  </service>").toString();
    }

    private String method(Site site, String method, String role, int timeoutSeconds) {
        return "    <exec_method type='method' name='%s' exec='/bin/bash %s %s %s' timeout_seconds='%d'/>\n".formatted(method, script(site),
                role, name, timeoutSeconds);
    }

    /// What it wrote.
    Record record(Site site) {
        return new Record(site.text("trace/" + name).lines().toList());
    }

    /// The lines of a witness: what happened, pid, contract, seconds since boot.
    record Record(List<String> lines) {
        long count(String what) {
            return lines.stream().filter(line -> line.startsWith(what + " ")).count();
        }

        long starts() {
            return count("start");
        }
    }
}
