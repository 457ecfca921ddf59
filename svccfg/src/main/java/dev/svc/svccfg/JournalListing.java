package dev.svc.svccfg;

import dev.svc.command.Console;
import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.Glob;
import dev.svc.model.Change;
import dev.svc.model.LayerGroup;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.NewerVersionException;
import dev.svc.repository.Finding;
import dev.svc.repository.History;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// Lists who changed what when, from the journal itself: with a manager or without.
///
/// @param entities globs or parts of FMRIs, one of which a change must have touched; none: all changes
record JournalListing(List<String> entities, Optional<Instant> after, Optional<Instant> before, Verifying.Form form) implements Request {
    @Override public int fulfil(Session session) throws IOException {
        History history = history(new Offline(session));
        boolean head = form == Verifying.Form.TEXT;
        for (History.Entry entry : history.entries()) {
            if (isWanted(entry)) {
                if (head) {
                    session.console().out().print("  CHANGE TIME                     UID WHAT\n");
                    head = false;
                }
                session.console().out().print(switch (form) {
                    case TEXT -> text(entry, session);
                    case JSON -> json(entry);
                });
            }
        }
        boolean damaged = false;
        for (Finding finding : history.findings()) {
            if (finding.gravity() != Finding.Gravity.NOTE) {
                session.console().warn(finding.toString());
                damaged = true;
            }
        }
        return damaged ? Console.FAILED : Console.DONE;
    }

    private static History history(Offline offline) throws IOException {
        try {
            return History.of(offline.place());
        } catch (NewerVersionException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private boolean isWanted(History.Entry entry) {
        boolean named = entities.isEmpty() || entry.entities().stream().anyMatch(this::isNamed);
        try {
            Instant time = Instant.parse(entry.time());
            return named && after.map(a -> !time.isBefore(a)).orElse(true) && before.map(time::isBefore).orElse(true);
        } catch (java.time.format.DateTimeParseException _) {
            return named && after.isEmpty() && before.isEmpty();
        }
    }

    private boolean isNamed(EntityFmri entity) {
        String full = entity.toString();
        return entities.stream().anyMatch(pattern -> Glob.isGlob(pattern)
                ? new Glob(pattern).matches(full) || new Glob("*" + pattern).matches(full)
                : full.equals(pattern) || full.endsWith("/" + pattern) || full.contains("/" + pattern + ":"));
    }

    private static String text(History.Entry entry, Session session) {
        Change change = entry.change();
        String time = entry.time().length() > 20 ? Instant.parse(entry.time()).truncatedTo(ChronoUnit.SECONDS).toString() : entry.time();
        StringBuilder text = new StringBuilder().append(padded(Long.toString(entry.sequence().number()), 8)).append(' ').append(time)
                .append(padded(Integer.toString(change.by()), 7)).append(' ').append(change.what()).append('\n');
        if (session.isVerbose()) {
            change.put().forEach(g -> line(text, "set", g.key()));
            change.delete().forEach(k -> line(text, "deleted", k));
            change.putSnapshots().forEach(s -> text.append("         ").append("snapshot ").append(s.instance()).append(' ')
                    .append(s.name()).append('\n'));
            change.deleteSnapshots().forEach(k -> text.append("         ").append("snapshot deleted ").append(k.instance()).append(' ')
                    .append(k.name()).append('\n'));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String verb, LayerGroup.Key key) {
        text.append("         ").append(verb).append(' ').append(key.entity()).append(' ').append(key.group()).append(" (")
                .append(key.layer().layerName()).append(")\n");
    }

    private static String padded(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private static String json(History.Entry entry) {
        Change change = entry.change();
        JsonObjectBuilder object = JsonLines.object().add("epoch", entry.epoch()).add("sequence", entry.sequence().number())
                .add("time", entry.time()).add("by", change.by()).add("what", change.what());
        groups(object, "put", change.put().stream().map(LayerGroup::key).toList());
        groups(object, "delete", change.delete());
        JsonArrayBuilder snapshots = JsonLines.array();
        change.putSnapshots()
                .forEach(s -> snapshots.add(JsonLines.object().add("instance", s.instance().toString()).add("name", s.name())));
        return JsonLines.line(object.add("snapshots", snapshots).build()).strip() + "\n";
    }

    private static void groups(JsonObjectBuilder object, String member, List<LayerGroup.Key> keys) {
        JsonArrayBuilder groups = JsonLines.array();
        keys.forEach(k -> groups.add(JsonLines.object().add("entity", k.entity().toString()).add("layer", k.layer().layerName())
                .add("group", k.group())));
        object.add(member, groups);
    }
}
