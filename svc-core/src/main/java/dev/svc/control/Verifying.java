package dev.svc.control;

import dev.svc.engine.Administered;
import dev.svc.engine.LabelFindings;
import dev.svc.engine.Published;
import dev.svc.engine.Standing;
import dev.svc.model.Sequence;
import dev.svc.repository.Finding;
import dev.svc.repository.FindingFormat;
import dev.svc.repository.Repository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `verify`: V1 to V5 over everything; what is found wrong with the live files is mended, as always, and reported.
record Verifying(Administered engine) implements Verb {
    @Override public void answer(Inquiry inquiry) throws IOException {
        if (!Submission.permitted(inquiry, Demands.configuring(), "the repository", "not verified")) {
            return;
        }
        List<Finding> findings = new ArrayList<>(engine.verify().join());
        // The sequence first: whatever stands in a label that is read later was recorded then.
        Sequence sequence = engine.inspect(Repository::sequence).join();
        Published published = engine.published();
        findings.addAll(LabelFindings.of(published.standings().values().stream().map(Standing::label)
                .filter(label -> !label.sequence().newerThan(sequence).orElse(false)).toList(), published.model(), sequence));
        for (Finding finding : findings) {
            inquiry.replies().send(inquiry.replies().line().add("finding", FindingFormat.object(finding)));
        }
    }
}
