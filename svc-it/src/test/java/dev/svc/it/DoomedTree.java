package dev.svc.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/// The installed manager's own start script, with another main class and a jar more: same run-time image, flags and cache.
final class DoomedTree {
    private static final String MAIN = "dev.svc.it.doomed.DoomedManager";

    private DoomedTree() {}

    /// Makes the script below a root.
    static Path script(Site site) throws IOException {
        Path jar = site.path("bin/doomed.jar");
        Files.createDirectories(jar.getParent());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String name : new String[]{"DoomedManager", "Doom"}) {
                String entry = "dev/svc/it/doomed/" + name + ".class";
                out.putNextEntry(new JarEntry(entry));
                try (var in = DoomedTree.class.getClassLoader().getResourceAsStream(entry)) {
                    in.transferTo(out);
                }
                out.closeEntry();
            }
        }
        String text = Files.readString(Site.TREE.resolve("bin/svc.startd"));
        text = replaced(text, "lib=$home/lib\n", "home=" + Site.TREE.toRealPath() + "\nlib=$home/lib\n");
        text = replaced(text, "\" dev.svc.startd.Startd ", ":" + jar + "\" " + MAIN + " ");
        Path script = site.path("bin/doomed");
        Files.writeString(script, text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script;
    }

    private static String replaced(String text, String what, String by) {
        if (!text.contains(what)) {
            throw new AssertionError("the start script has changed: no " + what);
        }
        return text.replace(what, by);
    }
}
