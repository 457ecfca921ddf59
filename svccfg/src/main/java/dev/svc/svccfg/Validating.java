package dev.svc.svccfg;

import dev.svc.command.Console;
import dev.svc.manifest.BundleException;
import dev.svc.manifest.ServiceBundles;
import dev.svc.svccfg.Documents.Document;
import dev.svc.svccfg.Documents.UnreadableException;
import java.util.Optional;

/// Reads service bundles and tells what is wrong with them.
record Validating(Documents documents) implements Request {
    @Override public int fulfil(Session session) {
        ProgressBar bar = new ProgressBar(session.console(), documents.files().size(), System::nanoTime);
        boolean failed = false;
        for (Document document : documents.files()) {
            Optional<String> complaint = complaint(document);
            if (complaint.isPresent()) {
                bar.clear();
                complaint.get().lines().forEach(session.console()::warn);
                failed = true;
            }
            bar.step();
        }
        bar.clear();
        if (failed) {
            session.console().warn("Validation failed.");
        }
        return failed ? Console.FAILED : Console.DONE;
    }

    private static Optional<String> complaint(Document document) {
        try {
            ServiceBundles.read(document.file().toString(), document.content());
            return Optional.empty();
        } catch (BundleException | UnreadableException e) {
            return Optional.of(e.getMessage());
        }
    }
}
