package dev.svc.control;

import dev.svc.engine.Administration;
import dev.svc.fmri.InstanceFmri;
import dev.svc.protocol.Keeper;
import dev.svc.protocol.SvcRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// `replace`: ends the manager in favour of that of another install tree, `home`. Whoever names what the keeper runs can do all that it
/// can: so nobody may but root and the manager's own user, whatever is granted to others.
///
/// The name is left in `run/svc/successor`, where the keeper reads it; a manager that is ready removes it.
record Replacing(SvcRoot root, Submission submission) implements Verb {
    @Override public void answer(Inquiry inquiry) throws IOException {
        if (!inquiry.rights().everything()) {
            inquiry.replies()
                    .error(InstanceFmri.MASTER_RESTARTER + ": Permission denied: not replaced; only root and the manager's own user"
                            + " may do that");
            return;
        }
        if (!new Keeper(root).isAlive()) {
            inquiry.replies().error("the manager of " + root + " has no keeper: end it with svc.startd --stop, and start the other one");
            return;
        }
        Path home = Path.of(inquiry.asked().text("home"));
        for (String needed : new String[]{"lib/svc.keeper", "bin/svc.startd"}) {
            if (!home.isAbsolute() || !Files.isExecutable(home.resolve(needed))) {
                inquiry.replies().error(home + ": is no install tree: " + needed + " is missing or not executable");
                return;
            }
        }
        Path successor = root.run().resolve("successor");
        Path fresh = root.run().resolve("successor.new");
        Files.writeString(fresh, home + "\n");
        Files.move(fresh, successor, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        submission.done(inquiry, new Administration.Replace(inquiry.asker()));
    }
}
