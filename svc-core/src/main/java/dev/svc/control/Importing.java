package dev.svc.control;

import dev.svc.engine.Administration;
import dev.svc.engine.Answer;
import dev.svc.fmri.EntityFmri;
import dev.svc.manifest.Bundle;
import dev.svc.manifest.BundleException;
import dev.svc.manifest.BundleImport;
import dev.svc.manifest.BundledInstance;
import dev.svc.manifest.BundledService;
import dev.svc.manifest.ServiceBundles;
import dev.svc.model.Model;
import dev.svc.protocol.MalformedLineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// `import`, `apply` and `validate`: a service bundle becomes configuration, all of it by one change, or is looked at only.
record Importing(Configuration configuration, Purpose purpose) implements Verb {
    /// What becomes of the bundle.
    enum Purpose {
        IMPORT, APPLY, VALIDATE
    }

    @Override public void answer(Inquiry inquiry) throws IOException {
        String name = inquiry.asked().text("name");
        byte[] document = document(inquiry);
        if (purpose != Purpose.VALIDATE && !Submission.permitted(inquiry, Demands.configuring(), name, "not imported")) {
            return;
        }
        try {
            Bundle bundle = ServiceBundles.read(name, document);
            Optional<String> path = inquiry.asked().tryText("path");
            if (purpose != Purpose.VALIDATE) {
                take(inquiry, path.map(bundle::from).orElse(bundle));
            }
        } catch (BundleException e) {
            complain(inquiry, e);
        }
    }

    private static byte[] document(Inquiry inquiry) throws MalformedLineException {
        Optional<String> encoded = inquiry.asked().tryText("base64");
        if (encoded.isEmpty()) {
            return inquiry.asked().text("bundle").getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(encoded.get());
        } catch (IllegalArgumentException e) {
            throw new MalformedLineException("member \"base64\": " + e.getMessage());
        }
    }

    private void take(Inquiry inquiry, Bundle bundle) throws IOException, BundleException {
        List<BundleImport> imported = new ArrayList<>();
        List<BundleException.Finding> findings = new ArrayList<>();
        Answer answer = configuration.change(model -> {
            try {
                BundleImport computed = computed(bundle, model, inquiry.asker().uid());
                imported.clear();
                imported.add(computed);
                return new Configuration.Plan.Apply(
                        new Administration.Apply(computed.change(), model, computed.refresh(), inquiry.asker()));
            } catch (BundleException e) {
                findings.addAll(e.findings());
                return new Configuration.Plan.Nothing(new Answer.Done());
            }
        });
        if (!findings.isEmpty()) {
            throw new BundleException(findings);
        }
        if (Submission.isDone(inquiry, answer instanceof Answer.Refused(String why)
                ? new Answer.Refused(bundle.file() + ": not imported: " + why)
                : answer)) {
            say(inquiry, bundle, imported.getFirst());
        }
    }

    private BundleImport computed(Bundle bundle, Model model, int uid) throws BundleException {
        return purpose == Purpose.APPLY ? BundleImport.ofProfile(bundle, model, uid) : BundleImport.of(bundle, model, uid);
    }

    private static void say(Inquiry inquiry, Bundle bundle, BundleImport imported) throws IOException {
        for (String line : imported.progress()) {
            inquiry.replies().send(inquiry.replies().line().add("progress", line));
        }
        if (imported.change().isEmpty()) {
            inquiry.replies().send(inquiry.replies().line().add("unchanged", true));
        }
        for (BundledService service : bundle.services()) {
            for (EntityFmri entity : entities(service)) {
                inquiry.replies().send(inquiry.replies().line().add("imported", entity.toString()));
            }
        }
        for (String warning : imported.warnings()) {
            inquiry.replies().warning(warning, ExitStatus.DONE);
        }
    }

    /// The instances; of a service without any, itself.
    private static List<EntityFmri> entities(BundledService service) {
        return service.instances().isEmpty()
                ? List.of(service.fmri())
                : service.instances().stream().<EntityFmri>map(BundledInstance::fmri).toList();
    }

    private static void complain(Inquiry inquiry, BundleException e) throws IOException {
        for (BundleException.Finding finding : e.findings()) {
            inquiry.replies().error(finding.toString());
        }
    }
}
