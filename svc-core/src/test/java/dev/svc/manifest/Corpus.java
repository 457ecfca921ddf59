package dev.svc.manifest;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Manifests and profiles of other people, which are not part of this project: where system property `svc.corpus` or environment
/// SVC_CORPUS says, else `../shared/corpus` beside the project.
record Corpus(Path directory) {
    /// The corpus; a test that needs it is skipped where there is none.
    static Corpus required() {
        Path directory = Optional.ofNullable(System.getProperty("svc.corpus")).or(() -> Optional.ofNullable(System.getenv("SVC_CORPUS")))
                .map(Path::of).orElseGet(() -> project().resolveSibling("shared").resolve("corpus"));
        assumeTrue(Files.isDirectory(directory), "no corpus of manifests at " + directory
                + "; set system property svc.corpus or SVC_CORPUS to test with one");
        return new Corpus(directory.toAbsolutePath().normalize());
    }

    /// The project's own directory, whether the tests run in it or in a module.
    static Path project() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("svc-core")) ? here : here.getParent();
    }

    /// All documents, sorted.
    List<Path> files() {
        return files(directory);
    }

    static List<Path> files(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(f -> f.toString().endsWith(".xml")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
