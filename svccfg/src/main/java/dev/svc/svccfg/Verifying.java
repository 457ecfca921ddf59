package dev.svc.svccfg;

import dev.svc.command.Console;
import dev.svc.contract.Remembered;
import dev.svc.engine.LabelFindings;
import dev.svc.protocol.Client;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.Members;
import dev.svc.protocol.NewerVersionException;
import dev.svc.repository.Finding;
import dev.svc.repository.FindingFormat;
import dev.svc.repository.Known;
import dev.svc.repository.Place;
import dev.svc.repository.Rehearsal;
import dev.svc.repository.Verification;
import dev.svc.restarter.Label;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Has the repository verified, by the manager or, if none runs, by ourselves.
record Verifying(Form form) implements Request {
    enum Form {
        TEXT, JSON
    }

    /// Who looked.
    private enum By {
        MANAGER, OURSELVES
    }

    @Override public int fulfil(Session session) throws IOException {
        Offline offline = new Offline(session);
        if (offline.isNobodyElseThere()) {
            try {
                return offline(session, offline);
            } catch (NewerVersionException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
        Client.Answer answer = session.client().ask(JsonLines.object().add("do", "verify"));
        List<Finding> findings = new ArrayList<>();
        for (Members reply : answer.replies()) {
            session.showComplaint(reply);
            Optional<Members> finding = reply.tryMembers("finding");
            if (finding.isPresent()) {
                findings.add(FindingFormat.finding(finding.get()));
            }
        }
        return answer.status() == Console.DONE ? conclude(session, findings, By.MANAGER, Start.NOTHING_TO_MEND) : answer.status();
    }

    private int offline(Session session, Offline offline) throws IOException {
        Place place = offline.place();
        Remembered remembered = offline.remembered();
        Known known = Known.of(remembered.sequence(), remembered.labels().stream().map(Label::sequence).toList());
        List<Finding> findings = new ArrayList<>(Verification.of(place, known));
        Verification.sound(place).ifPresent(
                sound -> findings.addAll(LabelFindings.of(remembered.labels(), sound.model(), sound.sequence())));
        return isSound(findings)
                ? conclude(session, findings, By.OURSELVES, Start.NOTHING_TO_MEND)
                : conclude(session, findings, By.OURSELVES, Start.of(Rehearsal.of(place, known), remembered.labels()));
    }

    /// What the next start would do.
    ///
    /// @param used what it would put the configuration together from
    /// @param lost what would be lost
    private record Start(List<String> used, List<String> lost) {
        static final Start NOTHING_TO_MEND = new Start(List.of(), List.of());

        static Start of(Rehearsal rehearsal, List<Label> labels) {
            List<String> lost = new ArrayList<>(rehearsal.lost());
            labels.stream().filter(label -> rehearsal.freshness().lost(label.sequence().number())).forEach(label -> lost.add("change "
                    + label.sequence().number() + " was about " + label.fmri() + ": its label says "
                    + (label.enabled() ? "enabled" : "disabled") + then(rehearsal, label)));
            return new Start(rehearsal.used(), lost);
        }

        private static String then(Rehearsal rehearsal, Label label) {
            return rehearsal.model().exists(label.fmri())
                    ? ", which takeover writes back"
                    : "; unless a manifest folder has it, it is kept as it is until it is imported again";
        }
    }

    private static boolean isSound(List<Finding> findings) {
        return findings.stream().allMatch(f -> f.gravity() == Finding.Gravity.NOTE);
    }

    private int conclude(Session session, List<Finding> findings, By by, Start start) {
        switch (form) {
            case JSON -> session.console().out().print(json(findings, by, start) + "\n");
            case TEXT -> session.console().out().print(text(findings, by, start));
        }
        return isSound(findings) ? Console.DONE : Console.FAILED;
    }

    private static String json(List<Finding> findings, By by, Start start) {
        JsonArrayBuilder array = JsonLines.array();
        findings.forEach(finding -> array.add(FindingFormat.object(finding)));
        String who = by == By.MANAGER ? "manager" : "files";
        JsonObjectBuilder line = JsonLines.object().add("sound", isSound(findings)).add("by", who).add("findings", array);
        if (!start.equals(Start.NOTHING_TO_MEND)) {
            line.add("start", JsonLines.object().add("used", JsonLines.array(start.used)).add("lost", JsonLines.array(start.lost)));
        }
        return JsonLines.line(line.build()).strip();
    }

    private static String text(List<Finding> findings, By by, Start start) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            text.append(finding.gravity().name().toLowerCase(Locale.ROOT)).append(": ").append(finding).append('\n');
        }
        if (isSound(findings)) {
            text.append("Sound (V1 to V5").append(by == By.MANAGER ? ").\n" : "; no manager is running, the files were read).\n");
        } else if (by == By.MANAGER) {
            text.append("What was wrong with database, journal or labels has been mended from memory; see svcs -x.\n");
        } else if (start.equals(Start.NOTHING_TO_MEND)) {
            text.append("Nothing was changed; the next start of the manager has nothing to mend for it.\n");
        } else {
            text.append("Nothing was changed. The next start of the manager would use:\n");
            start.used.forEach(line -> text.append("  ").append(line).append('\n'));
            text.append("and lose:\n");
            start.lost.forEach(line -> text.append("  ").append(line).append('\n'));
        }
        return text.toString();
    }
}
