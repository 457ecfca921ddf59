package dev.svc.contract;

import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.InvalidFmriException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The copies of labels on tmpfs: a file for each instance, `network%ssh:default`, the slashes of its service written as `%`.
///
/// A copy is replaced by rename, so it is whole or the one before.
record LabelCopies(Path directory) {
    private static final String UNFINISHED = ".new";

    Copies.Place<InstanceFmri> place() {
        return new Copies.Place<>("run/svc/label", this::read, this::write, this::remove);
    }

    void write(InstanceFmri fmri, byte[] label) throws IOException {
        replace(file(fmri), label);
    }

    void remove(InstanceFmri fmri) throws IOException {
        Files.deleteIfExists(file(fmri));
    }

    Optional<byte[]> read(InstanceFmri fmri) throws IOException {
        return read(file(fmri));
    }

    /// All copies there are, readable or not.
    Map<InstanceFmri, byte[]> all() throws IOException {
        Map<InstanceFmri, byte[]> copies = new HashMap<>();
        if (!Files.isDirectory(directory)) {
            return copies;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Optional<InstanceFmri> fmri = fmri(file.getFileName().toString());
                if (fmri.isPresent()) {
                    copies.put(fmri.get(), read(file).orElse(new byte[0]));
                }
            }
        }
        return copies;
    }

    /// Replaces the content of `file`; if that cannot be done the file is gone.
    static void write(Path file, byte[] content) throws IOException {
        try {
            replace(file, content);
        } catch (IOException e) {
            unlink(e, file);
            throw e;
        }
    }

    /// Replaces the content of `file`; if that cannot be done it is as it was.
    static void replace(Path file, byte[] content) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        try {
            try {
                Files.write(unfinished, content);
            } catch (NoSuchFileException _) {
                Files.createDirectories(file.getParent());
                Files.write(unfinished, content);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            unlink(e, unfinished);
            throw e;
        }
    }

    static Optional<byte[]> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    private static void unlink(IOException cause, Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private Path file(InstanceFmri fmri) {
        return directory.resolve(fmri.service().replace('/', '%') + ":" + fmri.instance());
    }

    private static Optional<InstanceFmri> fmri(String name) {
        if (name.endsWith(UNFINISHED)) {
            return Optional.empty();
        }
        try {
            return Optional.of(InstanceFmri.parse("svc:/" + name.replace('%', '/')));
        } catch (InvalidFmriException _) {
            return Optional.empty();
        }
    }
}
