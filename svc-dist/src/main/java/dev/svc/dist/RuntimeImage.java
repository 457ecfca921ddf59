package dev.svc.dist;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/** The part of the JDK running this program that the tree needs, linked by its own {@code jlink}. */
record RuntimeImage(Path directory) {
    private static final List<String> MODULES = List.of("java.base", "java.logging", // System.Logger behind the daemon's messages
            "java.sql",          // SQLite
            "java.xml",          // manifests
            "jdk.httpserver",    // the web page of the example application
            "jdk.net",           // SO_PEERCRED
            "jdk.unsupported");  // sun.misc.Unsafe, for jffi and JAXB

    void link() throws IOException {
        String wanted = System.getProperty("java.home") + " " + Runtime.version() + " " + String.join(",", MODULES) + " short\n";
        Path stamp = directory.resolve("svc.image");
        if (Files.exists(stamp) && Files.readString(stamp).equals(wanted)) {
            return;
        }
        Directory.remove(directory);
        Files.createDirectories(directory.getParent());
        ToolProvider jlink = ToolProvider.findFirst("jlink").orElseThrow(() -> new IOException("this Java has no jlink: not a JDK"));
        var said = new StringWriter();
        var output = new PrintWriter(said);
        int status = jlink.run(output, output, "--add-modules", String.join(",", MODULES), "--no-header-files", "--no-man-pages",
                "--strip-java-debug-attributes", "--generate-cds-archive", "--output", directory.toString());
        if (status != 0) {
            throw new IOException("jlink ended with status " + status + ": no run-time image in " + directory + "\n" + said);
        }
        shortenSecurityProperties();
        Files.writeString(stamp, wanted);
    }

    /** Takes the comments out of a file that is read each time a command opens its socket: 95 in 100 of its 70 kilobytes. */
    private void shortenSecurityProperties() throws IOException {
        Path file = directory.resolve("conf/security/java.security");
        List<String> properties = new ArrayList<>();
        boolean continued = false;
        for (String line : Files.readAllLines(file)) {
            if (continued || !line.isBlank() && !line.stripLeading().startsWith("#")) {
                properties.add(line);
                continued = line.endsWith("\\");
            }
        }
        Files.write(file, properties);
    }
}
