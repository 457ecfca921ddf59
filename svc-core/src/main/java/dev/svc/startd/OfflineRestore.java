package dev.svc.startd;

import dev.svc.contract.Containment;
import dev.svc.contract.Contracts;
import dev.svc.contract.RootHeldException;
import dev.svc.model.Sequence;
import dev.svc.protocol.SvcRoot;
import dev.svc.repository.BackupCopy;
import dev.svc.repository.Finding;
import dev.svc.repository.Known;
import dev.svc.repository.Opened;
import dev.svc.repository.OutcomeUnknownException;
import dev.svc.repository.Place;
import dev.svc.repository.RefusedException;
import dev.svc.repository.Repository;
import dev.svc.repository.RestorationLines;
import dev.svc.repository.Restored;
import dev.svc.restarter.Label;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Makes a backup the configuration while no manager runs. It takes the manager's locks, so that none begins meanwhile; services that
/// run are left alone, and the next manager takes them over under what was restored.
final class OfflineRestore {
    private final SvcRoot root;
    private final Path home;
    private final int uid;
    private final PrintStream out;
    private final PrintStream err;

    /// Whether anything is done.
    enum Earnest {
        PREVIEW, RESTORE
    }

    OfflineRestore(SvcRoot root, Path home, int uid, PrintStream out, PrintStream err) {
        this.root = root;
        this.home = home;
        this.uid = uid;
        this.out = out;
        this.err = err;
    }

    /// Lists the backups there are, newest first.
    int list() {
        try {
            for (BackupCopy copy : Repository.copies(Place.below(root.state()))) {
                out.println(copy.written().truncatedTo(ChronoUnit.SECONDS) + " change " + copy.sequence() + "  " + copy.name());
            }
            return 0;
        } catch (RefusedException e) {
            return failed(e.getMessage());
        }
    }

    /// Says what the backup would change, and makes it so in earnest.
    int restore(String name, Earnest earnest) {
        try (Contracts contracts = Containment.open(root, home)) {
            List<Sequence> labels = contracts.surveyAndWatch(_ -> {}).stream().flatMap(f -> f.label().stream()).map(Label::sequence)
                    .toList();
            Known known = Known.of(contracts.root().sequence(), labels);
            Opened opened = Repository.open(Place.below(root.state()), known, Instant::now);
            opened.findings().stream().filter(f -> f.gravity() != Finding.Gravity.NOTE).forEach(f -> err.println("svc.startd: " + f));
            try (Repository repository = opened.repository()) {
                RestorationLines.of(repository.preview(name)).forEach(out::println);
                if (earnest == Earnest.RESTORE) {
                    Restored restored = repository.restore(name, uid);
                    out.println("svc.startd: " + name + " restored; it is change " + restored.committed().sequence().number()
                            + " now, in a new epoch");
                }
            }
            return 0;
        } catch (RootHeldException e) {
            return failed(e.getMessage() + "; while it runs, restore with: svccfg restore " + name);
        } catch (RefusedException e) {
            return failed(e.getMessage());
        } catch (OutcomeUnknownException e) {
            return failed("outcome unknown: " + e.getMessage());
        } catch (IOException e) {
            return failed(e.toString());
        }
    }

    private int failed(String why) {
        err.println("svc.startd: " + why);
        return 1;
    }
}
