package dev.svc.control;

import dev.svc.engine.Administered;
import dev.svc.posix.Accounts;
import dev.svc.protocol.MalformedLineException;
import dev.svc.protocol.Members;
import dev.svc.protocol.SvcRoot;
import dev.svc.restarter.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// All that can be asked, by the name of the verb.
final class Verbs implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Verbs.class.getName());

    private final Map<String, Verb> verbs;
    private final Authorizations authorizations;
    private final Configuration configuration;

    private Verbs(Map<String, Verb> verbs, Authorizations authorizations, Configuration configuration) {
        this.verbs = verbs;
        this.authorizations = authorizations;
        this.configuration = configuration;
    }

    /// @param signOfLife how often a client that waits hears that we still do
    static Verbs of(SvcRoot root, Administered engine, int ownUid, Duration signOfLife) {
        Authorizations authorizations = new Authorizations(root.path().resolve("etc/svc/authorizations"), ownUid, Accounts::members);
        Configuration configuration = new Configuration(engine);
        RenderedGroups rendered = new RenderedGroups(root);
        Worlds worlds = new Worlds(root);
        Operands operands = new Operands(rendered);
        Submission submission = new Submission(engine);
        Patience patience = new Patience(engine, worlds, signOfLife);
        Marking marking = new Marking(new Requesters(engine));
        return new Verbs(Map.ofEntries(
                Map.entry("list", new Listing(engine, rendered, worlds)),
                Map.entry("explain", new Explaining(engine, rendered, worlds)),
                Map.entry("properties", new PropertyReading(engine, rendered)),
                Map.entry("watch", new Watching(operands, patience, new PropertyReading(engine, rendered))),
                Map.entry("status", new ManagerStatus(engine)),
                Map.entry("await", new Settling(patience)),
                Map.entry("enable", new Enabling(submission, operands, patience, Goal.ENABLED)),
                Map.entry("disable", new Enabling(submission, operands, patience, Goal.DISABLED)),
                Map.entry("restart", new Acting(submission, operands, patience, Verbs::restart)),
                Map.entry("refresh", new Acting(submission, operands, patience, (_, _) -> new Action.Refresh())),
                Map.entry("clear", new Acting(submission, operands, patience, (_, _) -> new Action.Clear())),
                Map.entry("mark", new Acting(submission, operands, patience, marking)),
                Map.entry("milestone", new MilestoneSetting(submission, patience)),
                Map.entry("import", new Importing(configuration, Importing.Purpose.IMPORT)),
                Map.entry("apply", new Importing(configuration, Importing.Purpose.APPLY)),
                Map.entry("validate", new Importing(configuration, Importing.Purpose.VALIDATE)),
                Map.entry("export", new Exporting(engine, operands)),
                Map.entry("delete", new Deleting(submission, configuration, operands)),
                Map.entry("edit", new Editing(submission, configuration)),
                Map.entry("replace", new Replacing(root, submission)),
                Map.entry("customizations", new Customizing(submission, configuration, Customizing.Purpose.LIST)),
                Map.entry("uncustomize", new Customizing(submission, configuration, Customizing.Purpose.DELETE)),
                Map.entry("snapshots", new Snapshotting(submission, configuration, Snapshotting.Purpose.LIST)),
                Map.entry("revert", new Snapshotting(submission, configuration, Snapshotting.Purpose.REVERT)),
                Map.entry("verify", new Verifying(engine)),
                Map.entry("restore", new Restoring(submission)),
                Map.entry("shutdown", new Ending(submission))), authorizations, configuration);
    }

    private static Action restart(Inquiry inquiry, Object ignored) throws IOException {
        return new Action.Restart(inquiry.asked().truth("dump") ? Request.Dump.CORE : Request.Dump.NO);
    }

    /// Answers a request, end line included.
    ///
    /// @throws IOException if the client is gone
    void answer(Members asked, Peer peer, OutputStream out) throws IOException, InterruptedException {
        Replies replies = new Replies(out, id(asked));
        try {
            verb(asked).answer(new Inquiry(asked, peer, authorizations.rightsOf(peer), replies));
        } catch (MalformedLineException e) {
            replies.error(e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(Logger.Level.ERROR, "a request of user " + peer.asker().user() + " failed by a bug", e);
            replies.error("internal error: " + e + "; please report it with the manager's log");
        }
        replies.end();
    }

    /// A wrong id is no reason to leave a request without an end line: it gets one without an id, and says why.
    private static OptionalLong id(Members asked) {
        try {
            return asked.tryNumber("id");
        } catch (MalformedLineException _) {
            return OptionalLong.empty();
        }
    }

    private Verb verb(Members asked) throws MalformedLineException {
        asked.tryNumber("id");
        String name = asked.text("do");
        return Optional.ofNullable(verbs.get(name)).orElseThrow(() -> new MalformedLineException("verb \"" + shown(name)
                + "\" is unknown"));
    }

    private static String shown(String name) {
        int longest = 40;
        return name.length() <= longest ? name : name.substring(0, longest) + "…";
    }

    @Override public void close() {
        configuration.close();
    }
}
