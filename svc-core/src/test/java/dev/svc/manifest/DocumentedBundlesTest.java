package dev.svc.manifest;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The complete examples of the documentation can be imported as they stand there.
class DocumentedBundlesTest {
    private static final Pattern BUNDLE = Pattern.compile("<\\?xml(?:(?!<\\?xml).)*?</service_bundle>", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"docs/manifests.md", "svc-dist/src/main/man/man5/service_bundle.5"}) void examplesAreValid(String file)
            throws IOException {
        List<String> examples = BUNDLE.matcher(Files.readString(Path.of("..").resolve(file))).results().map(r -> r.group()).toList();
        assertFalse(examples.isEmpty(), file);
        for (String example : examples) {
            assertDoesNotThrow(() -> ServiceBundles.read(file, example.getBytes(StandardCharsets.UTF_8)), example);
        }
    }
}
