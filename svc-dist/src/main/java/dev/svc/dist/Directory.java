package dev.svc.dist;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory of the tree, or one that feeds it; it is made when something is put into it, and reads as empty before. */
record Directory(Path root) {
    private static final String READABLE = "rw-r--r--";
    private static final String EXECUTABLE = "rwxr-xr-x";

    Path path(String name) {
        return root.resolve(name);
    }

    Directory in(String name) {
        return new Directory(path(name));
    }

    /** The directory of this name, existing and without anything in it. */
    Directory emptied(String name) throws IOException {
        remove(path(name));
        Files.createDirectories(path(name));
        return in(name);
    }

    /** The regular files which match, in order of name. */
    List<Path> files(String glob) throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root, glob)) {
            for (Path entry : entries) {
                if (Files.isRegularFile(entry)) {
                    found.add(entry);
                }
            }
        }
        found.sort(Comparator.naturalOrder());
        return found;
    }

    void removeFiles(String glob) throws IOException {
        for (Path file : files(glob)) {
            Files.delete(file);
        }
    }

    void copy(Path file) throws IOException {
        copy(file, path(file.getFileName().toString()), READABLE);
    }

    void copyExecutable(Path file) throws IOException {
        copy(file, path(file.getFileName().toString()), EXECUTABLE);
    }

    void writeExecutable(String name, String text) throws IOException {
        Files.createDirectories(root);
        Files.writeString(path(name), text);
        Files.setPosixFilePermissions(path(name), PosixFilePermissions.fromString(EXECUTABLE));
    }

    /** Copies what is below {@code from}, keeping which files are executable; nothing if there is no such directory. */
    void copyTree(Path from) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        for (Path file : below(from)) {
            if (Files.isRegularFile(file)) {
                copy(file, root.resolve(from.relativize(file).toString()), Files.isExecutable(file) ? EXECUTABLE : READABLE);
            }
        }
    }

    static void remove(Path path) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            for (Path each : below(path).reversed()) {
                Files.delete(each);
            }
        }
    }

    private static List<Path> below(Path path) throws IOException {
        try (Stream<Path> walk = Files.walk(path)) {
            return walk.toList();
        }
    }

    private static void copy(Path from, Path to, String permissions) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString(permissions));
    }
}
