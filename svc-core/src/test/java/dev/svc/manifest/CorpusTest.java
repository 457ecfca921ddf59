package dev.svc.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.fmri.ServiceFmri;
import dev.svc.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Bundles as they are in the world.
class CorpusTest {
    private static final String WITH_XINCLUDE = "generic_limited_net.xml";

    private static Bundle read(Path file) throws BundleException, IOException {
        return ServiceBundles.read(file.getFileName().toString(), Files.readAllBytes(file));
    }

    @Test void everyFileIsReadExceptTheOneThatIncludesAnother() throws IOException {
        List<String> refused = new ArrayList<>();
        for (Path file : Corpus.required().files()) {
            try {
                read(file);
            } catch (BundleException e) {
                refused.add(e.getMessage());
            }
        }
        assertEquals(1, refused.size(), refused.toString());
        assertTrue(refused.getFirst().matches("\\S*" + WITH_XINCLUDE + ":44: element xi:include: .*"), refused.toString());
    }

    @Test void everyServiceSurvivesExportAndImport() throws Exception {
        Model model = imported(Corpus.required());
        assertTrue(model.services().size() > 150, model.services().toString());
        for (ServiceFmri service : model.services()) {
            RoundTrip.assertKept(service, model);
        }
    }

    @Test void importingEverythingAgainChangesNothing() throws Exception {
        Corpus corpus = Corpus.required();
        Model model = imported(corpus);
        for (Path file : corpus.files()) {
            // Two files define this service for two kinds of machine: each import is a change.
            if (file.toString().contains("boot-config") || file.toString().endsWith(WITH_XINCLUDE)) {
                continue;
            }
            Bundle bundle = read(file);
            if (bundle.kind() == Bundle.Kind.MANIFEST) {
                BundleImport again = BundleImport.of(bundle, model, 0);
                assertTrue(again.change().isEmpty(), file + ": " + again);
                assertEquals(List.of(), again.refresh());
            }
        }
    }

    private static Model imported(Corpus corpus) throws Exception {
        Model model = Model.EMPTY;
        for (Path file : corpus.files()) {
            if (file.toString().endsWith(WITH_XINCLUDE)) {
                continue;
            }
            Bundle bundle = read(file);
            if (bundle.kind() == Bundle.Kind.MANIFEST) {
                BundleImport outcome = BundleImport.of(bundle, model, 0);
                assertEquals(List.of(), outcome.warnings(), file.toString());
                model = model.with(outcome.change());
            }
        }
        return model;
    }
}
