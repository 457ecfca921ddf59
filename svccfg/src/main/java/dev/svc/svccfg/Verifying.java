package dev.svc.svccfg;

import dev.svc.command.Console;
import dev.svc.contract.Remembered;
import dev.svc.engine.LabelFindings;
import dev.svc.model.Sequence;
import dev.svc.protocol.Client;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.Members;
import dev.svc.protocol.NewerVersionException;
import dev.svc.repository.Finding;
import dev.svc.repository.FindingFormat;
import dev.svc.repository.Known;
import dev.svc.repository.Place;
import dev.svc.repository.Verification;
import dev.svc.restarter.Label;
import jakarta.json.JsonArrayBuilder;
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
                return conclude(session, offline(offline), By.OURSELVES);
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
        return answer.status() == Console.DONE ? conclude(session, findings, By.MANAGER) : answer.status();
    }

    private static List<Finding> offline(Offline offline) throws IOException {
        Place place = offline.place();
        Remembered remembered = offline.remembered();
        List<Sequence> known = remembered.labels().stream().map(Label::sequence).toList();
        List<Finding> findings = new ArrayList<>(Verification.of(place, Known.of(remembered.sequence(), known)));
        Verification.sound(place).ifPresent(
                sound -> findings.addAll(LabelFindings.of(remembered.labels(), sound.model(), sound.sequence())));
        return findings;
    }

    private int conclude(Session session, List<Finding> findings, By by) {
        boolean sound = findings.stream().allMatch(f -> f.gravity() == Finding.Gravity.NOTE);
        switch (form) {
            case JSON -> session.console().out().print(json(findings, sound, by) + "\n");
            case TEXT -> session.console().out().print(text(findings, sound, by));
        }
        return sound ? Console.DONE : Console.FAILED;
    }

    private static String json(List<Finding> findings, boolean sound, By by) {
        JsonArrayBuilder array = JsonLines.array();
        findings.forEach(finding -> array.add(FindingFormat.object(finding)));
        String who = by == By.MANAGER ? "manager" : "files";
        return JsonLines.line(JsonLines.object().add("sound", sound).add("by", who).add("findings", array).build()).strip();
    }

    private static String text(List<Finding> findings, boolean sound, By by) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            text.append(finding.gravity().name().toLowerCase(Locale.ROOT)).append(": ").append(finding).append('\n');
        }
        if (sound) {
            text.append("Sound (V1 to V5").append(by == By.MANAGER ? ").\n" : "; no manager is running, the files were read).\n");
        } else if (by == By.MANAGER) {
            text.append("What was wrong with database or journal has been mended from memory; see svcs -x.\n");
        } else {
            text.append("Nothing was changed; the next start of the manager mends what can be.\n");
        }
        return text.toString();
    }
}
