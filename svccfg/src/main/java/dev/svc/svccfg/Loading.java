package dev.svc.svccfg;

import dev.svc.command.Console;
import dev.svc.protocol.Client;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.Members;
import dev.svc.svccfg.Documents.Document;
import dev.svc.svccfg.Documents.Origin;
import dev.svc.svccfg.Documents.UnreadableException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

/// Sends service bundles to the manager, one request for each: one that fails does not stop the others.
record Loading(Documents documents, Verb verb, Rigour rigour) implements Request {
    /// What becomes of a bundle.
    enum Verb {
        IMPORT, APPLY, VALIDATE
    }

    /// Whether a violated template is an error.
    enum Rigour {
        LENIENT, STRICT
    }

    /// What became of one.
    private enum Outcome {
        CHANGED, UNCHANGED, LEFT_OUT, FAILED
    }

    /// What the client adds to a request.
    private static final int ROOM_FOR_ID = 64;

    private static final Pattern PROFILE = Pattern.compile("<service_bundle\\s[^>]*?type\\s*=\\s*[\"']profile[\"']");

    @Override public int fulfil(Session session) throws IOException {
        ProgressBar bar = new ProgressBar(session.console(), documents.files().size(), System::nanoTime);
        int[] counts = new int[Outcome.values().length];
        for (Document document : documents.files()) {
            counts[load(document, session, bar).ordinal()]++;
            bar.step();
        }
        bar.clear();
        conclude(session, counts);
        return counts[Outcome.FAILED.ordinal()] > 0 ? Console.FAILED : Console.DONE;
    }

    private void conclude(Session session, int[] counts) {
        int changed = counts[Outcome.CHANGED.ordinal()];
        int leftOut = counts[Outcome.LEFT_OUT.ordinal()];
        int failed = counts[Outcome.FAILED.ordinal()];
        if (!documents.isBulk()) {
            return;
        }
        if (changed > 0) {
            session.console().out().print("Loaded " + changed + " smf(5) service descriptions\n");
        } else if (failed == 0) {
            session.tell("No changes were necessary");
        }
        if (leftOut > 0 && changed > 0 || session.isVerbose() && leftOut > 0) {
            session.console().out().print(leftOut + " profiles left out; svccfg apply applies them\n");
        }
        if (failed > 0) {
            session.console().out().print(failed + " smf(5) service descriptions failed to load\n");
        }
    }

    private Outcome load(Document document, Session session, ProgressBar bar) throws IOException {
        try {
            return send(document, document.content(), session, bar);
        } catch (UnreadableException e) {
            return failed(session, bar, e.getMessage());
        }
    }

    private Outcome send(Document document, byte[] content, Session session, ProgressBar bar) throws IOException {
        boolean leftOut = verb == Verb.IMPORT && document.origin() == Origin.FOUND
                && PROFILE.matcher(new String(content, StandardCharsets.ISO_8859_1)).find();
        Reading reading = new Reading(session, bar);
        JsonObject request = request(document, content, leftOut ? Verb.VALIDATE : verb).build();
        if (JsonLines.bytes(request).length > JsonLines.LONGEST - ROOM_FOR_ID) {
            return failed(session, bar, document.file() + ":1: couldn't parse document: " + content.length
                    + " bytes; together with what they need in a request they are too many for the manager");
        }
        int status = session.client().follow(JsonLines.object(request), Client.Repeat.WHEN_BROKEN, reading);
        if (reading.failed || status != Console.DONE) {
            complain(session, document);
            return Outcome.FAILED;
        }
        if (leftOut) {
            return Outcome.LEFT_OUT;
        }
        praise(session, document);
        return reading.unchanged ? Outcome.UNCHANGED : Outcome.CHANGED;
    }

    private void complain(Session session, Document document) {
        if (verb == Verb.APPLY) {
            session.console().warn("WARNING: Failed to apply " + document.file());
        } else if (rigour == Rigour.STRICT) {
            session.console().warn("Import of " + document.file() + " failed.");
        }
    }

    private void praise(Session session, Document document) {
        switch (verb) {
            case APPLY -> session.tell("Successfully applied: " + document.file());
            case IMPORT -> {
                if (!documents.isBulk()) {
                    session.tell("Successful import.");
                }
            }
            case VALIDATE -> {}
        }
    }

    private static Outcome failed(Session session, ProgressBar bar, String sentence) {
        bar.clear();
        session.console().warn(sentence);
        return Outcome.FAILED;
    }

    private JsonObjectBuilder request(Document document, byte[] content, Verb asked) throws IOException {
        JsonObjectBuilder request = JsonLines.object().add("do", asked.name().toLowerCase(Locale.ROOT))
                .add("name", document.file().toString()).add("path", document.file().toRealPath().toString());
        if (rigour == Rigour.STRICT) {
            request.add("strict", true);
        }
        if (isAscii(content)) {
            request.add("bundle", new String(content, StandardCharsets.US_ASCII));
        } else {
            // Bytes as they are: what they mean is for the manager to find out.
            request.add("base64", Base64.getEncoder().encodeToString(content));
        }
        return request;
    }

    private static boolean isAscii(byte[] content) {
        for (byte b : content) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    /// Shows the lines of one answer.
    private static final class Reading implements Client.Listener {
        private final Session session;
        private final ProgressBar bar;
        private boolean failed;
        private boolean unchanged;

        Reading(Session session, ProgressBar bar) {
            this.session = session;
            this.bar = bar;
        }

        @Override public void reply(Members reply) throws IOException {
            bar.clear();
            failed |= session.showComplaint(reply);
            unchanged |= reply.truth("unchanged");
            reply.tryText("progress").ifPresent(session::tell);
        }
    }
}
