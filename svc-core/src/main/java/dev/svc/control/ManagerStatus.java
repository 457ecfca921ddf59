package dev.svc.control;

import dev.svc.engine.Administered;
import dev.svc.engine.Published;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.Version;
import java.io.IOException;
import java.util.Locale;

/// `status`: how the manager and its instances are, in a few figures.
record ManagerStatus(Administered engine) implements Verb {
    @Override public void answer(Inquiry inquiry) throws IOException {
        Published published = engine.published();
        long online = published.standings().values().stream().filter(s -> s.label().state().isRunning()).count();
        inquiry.replies().send(inquiry.replies().line().add("manager", JsonLines.object()
                .add("pid", ProcessHandle.current().pid())
                .add("version", Version.current())
                .add("home", System.getProperty("svc.home", ""))
                .add("instances", published.standings().size())
                .add("online", online)
                .add("contained", published.containment().name().toLowerCase(Locale.ROOT))
                .add("reached", published.settled())
                .add("milestone", published.milestone())
                .add("notices", JsonLines.array(published.notices()))));
    }
}
