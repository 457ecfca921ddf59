package dev.svc.svccfg;

import dev.svc.manifest.ServiceBundles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The files that operands stand for: a file itself, a directory all `*.xml` below it, sorted.
///
/// @param files in the order they are to be worked on
record Documents(List<Document> files) {
    /// A file, and how it came in.
    record Document(Path file, Origin origin) {
        /// Its bytes.
        ///
        /// @throws UnreadableException if it cannot be read, or is longer than any service bundle
        byte[] content() throws UnreadableException {
            try (InputStream in = Files.newInputStream(file)) {
                long size = Files.size(file);
                if (size > ServiceBundles.LONGEST) {
                    throw new UnreadableException(file + ":1: couldn't parse document: " + size + " bytes; a service bundle has at most "
                            + ServiceBundles.LONGEST);
                }
                return in.readNBytes(ServiceBundles.LONGEST);
            } catch (IOException e) {
                throw new UnreadableException(file + ": unable to open file: " + reason(e));
            }
        }
    }

    /// A file cannot be looked at; the sentence names it.
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableException(String sentence) {
            super(sentence);
        }
    }

    enum Origin {
        NAMED, FOUND
    }

    Documents {
        files = List.copyOf(files);
    }

    /// Whether more than one file, or a directory, was asked for: then how many there were is told.
    boolean isBulk() { return files.size() != 1 || files.getFirst().origin() == Origin.FOUND; }

    /// @throws RefusedException if an operand is neither file nor directory; nothing should be done then
    static Documents of(List<String> operands) throws RefusedException {
        List<Document> files = new ArrayList<>();
        for (String operand : operands) {
            Path path = Path.of(operand);
            if (Files.isRegularFile(path)) {
                files.add(new Document(path, Origin.NAMED));
            } else if (Files.isDirectory(path)) {
                below(path).forEach(file -> files.add(new Document(file, Origin.FOUND)));
            } else {
                throw new RefusedException(Files.exists(path)
                        ? operand + " is not a directory or regular file"
                        : "Unable to stat file " + operand + ".  No such file or directory");
            }
        }
        return new Documents(files);
    }

    private static List<Path> below(Path directory) throws RefusedException {
        try (Stream<Path> all = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
            return all.filter(f -> f.toString().endsWith(".xml") && Files.isRegularFile(f)).sorted().toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new RefusedException("Unable to read directory " + directory + ": " + reason(e));
        }
    }

    /// What is wrong with a file, in few words.
    static String reason(Exception e) {
        Throwable cause = e instanceof java.io.UncheckedIOException ? e.getCause() : e;
        return switch (cause) {
            case java.nio.file.AccessDeniedException _ -> "Permission denied";
            case java.nio.file.NoSuchFileException _ -> "No such file or directory";
            default -> String.valueOf(cause.getMessage());
        };
    }
}
