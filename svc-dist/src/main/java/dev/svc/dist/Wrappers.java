package dev.svc.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The shell scripts of {@code bin}: one template, filled in for each command. */
record Wrappers(Path template, Directory lib) {
    private static final String PROTOCOL = "svc-protocol";
    private static final List<String> COMMAND_LINE = List.of(PROTOCOL, "svc-picocli", "parsson", "jakarta.json-api");
    private static final List<String> NOT_THE_MANAGER = List.of("svcs", "svcadm", "svccfg", "svcprop");

    /** Small and quick to start: the commands live for a fraction of a second. */
    private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xlog:disable");
    /** For SQLite and jnr, whose shared objects are in the tree. */
    private static final List<String> NATIVE = List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
            "-Dorg.sqlite.lib.path=\"$lib/native\"", "-Dorg.sqlite.lib.name=libsqlitejdbc.so", "-Dorg.sqlite.tmpdir=\"$lib/native\"",
            "-Djffi.boot.library.path=\"$lib/native\"");
    /**
     * The manager rather ends (with status 3, which is nobody else's) and is started again by its keeper than go on with a full heap. It
     * lives for months and is idle: it keeps a small young generation and little free heap, which begins small. The limit is for
     * configurations of 10,000 instances and more.
     */
    private static final List<String> MANAGER = List.of("-Xms96m", "-Xmx512m", "-XX:+ExitOnOutOfMemoryError", "-Xmn8m",
            "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=30", "-XX:+UseCompactObjectHeaders");

    void writeInto(Directory bin) throws IOException {
        write(bin, "svcs", "dev.svc.svcs.Svcs", commandLine("svcs"), SMALL);
        write(bin, "svcadm", "dev.svc.svcadm.Svcadm", commandLine("svcadm"), SMALL);
        write(bin, "svcprop", "dev.svc.svcprop.Svcprop", commandLine("svcprop"), SMALL);
        write(bin, "svccfg", "dev.svc.svccfg.Svccfg", joined(commandLine("svccfg"), manager()), joined(SMALL, NATIVE));
        write(bin, "svc.startd", "dev.svc.startd.Startd", manager(), joined(SMALL, joined(NATIVE, MANAGER)));
    }

    private static List<String> commandLine(String command) {
        return joined(List.of(command), COMMAND_LINE);
    }

    /** The daemon's own jar first, then all it depends on. */
    private List<String> manager() throws IOException {
        List<String> others = lib.files("*.jar").stream().map(jar -> jar.getFileName().toString().replace(".jar", ""))
                .filter(jar -> !NOT_THE_MANAGER.contains(jar)).toList();
        return joined(List.of("svc-core", PROTOCOL), others);
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        second.stream().filter(each -> !first.contains(each)).forEach(all::add);
        return all;
    }

    private void write(Directory bin, String name, String main, List<String> jars, List<String> flags) throws IOException {
        List<String> classPath = jars.stream().map(jar -> "$lib/" + jar + ".jar").toList();
        String script = Files.readString(template).replace("@NAME@", name).replace("@MAIN@", main)
                .replace("@FLAGS@", String.join(" \\\n    ", flags)).replace("@CLASSPATH@", String.join(":", classPath));
        bin.writeExecutable(name, script);
    }
}
