package dev.svc.dist;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** The shared objects for the machine of this build, taken out of the jars which carry those of every machine. */
record NativeLibraries(Path jars) {
    static final String SQLITE_JAR = "sqlite-jdbc.jar";
    private static final String SQLITE_NATIVES = "org/sqlite/native/";

    void unpackInto(Directory directory) throws IOException {
        String architecture = System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
        unpack(SQLITE_JAR, SQLITE_NATIVES + libc() + "/" + architecture + "/libsqlitejdbc.so", directory);
        unpack("jffi-native.jar", "jni/" + architecture + "-Linux/libjffi-1.2.so", directory);
    }

    private static String libc() throws IOException {
        return new Directory(Path.of("/lib")).files("ld-musl-*.so.1").isEmpty() ? "Linux" : "Linux-Musl";
    }

    private void unpack(String jar, String name, Directory directory) throws IOException {
        try (var zip = new ZipFile(jars.resolve(jar).toFile())) {
            ZipEntry entry = zip.getEntry(name);
            if (entry == null) {
                throw new IOException(jar + ": has no " + name + ": SVC cannot be built for this machine");
            }
            Path to = directory.path(Path.of(name).getFileName().toString());
            try (InputStream in = zip.getInputStream(entry)) {
                Files.copy(in, to);
            }
            Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** Copies SQLite's jar without the shared objects of all platforms: 13 of its 14 MB, and nothing is left to unpack into /tmp. */
    static void copyWithoutNatives(Path from, Path to) throws IOException {
        try (var zip = new ZipFile(from.toFile()); OutputStream file = Files.newOutputStream(to); var out = new ZipOutputStream(file)) {
            for (ZipEntry entry : zip.stream().filter(e -> !e.getName().startsWith(SQLITE_NATIVES)).toList()) {
                var copy = new ZipEntry(entry.getName());
                copy.setTimeLocal(entry.getTimeLocal());
                out.putNextEntry(copy);
                try (InputStream in = zip.getInputStream(entry)) {
                    in.transferTo(out);
                }
                out.closeEntry();
            }
        }
        Files.setLastModifiedTime(to, Files.getLastModifiedTime(from));
    }
}
