package dev.svc.engine;

import dev.svc.graph.Milestone;
import dev.svc.restarter.BootTime;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;

/// The milestone in force: remembered on the root group, acted upon by the graph.
///
/// Entering one makes and drops temporary settings, label by label. That it is being entered is remembered first, and that it was entered
/// last: only in between does a successor enter it again. Afterwards it must not, for an administrator may since have enabled something.
final class Milestones {
    private static final System.Logger LOG = System.getLogger(Milestones.class.getName());

    private final RootMemory root;
    private final Instances instances;
    private final Clock clock;

    Milestones(RootMemory root, Instances instances, Clock clock) {
        this.root = root;
        this.instances = instances;
        this.clock = clock;
    }

    /// Puts a milestone in force; it is remembered first, so that a successor goes on towards it. The one in force changes nothing.
    Answer enter(Milestone milestone) {
        if (root.record().milestone().equals(milestone.toString()) && !isBeingEntered() && !areEnding()) {
            return new Answer.Done();
        }
        return enter(milestone, Optional.empty(), () -> root.entering(milestone.toString()));
    }

    /// Has everything stopped; the manager ends when it is. A successor goes on towards that, and keeps to the same limit.
    ///
    /// @param within what has not stopped by itself after so long is killed
    Answer end(Optional<Duration> within) {
        Milestone none = new Milestone.None();
        Optional<BootTime> latest = within.map(clock.now()::plus);
        return enter(none, latest, () -> root.ending(none.toString(), latest));
    }

    /// Whether everything is being stopped, and the manager ends then.
    boolean areEnding() {
        return root.record().ending();
    }

    /// Whether labels that cannot be written keep the milestone from being entered: a successor enters it again, and forgets what is set
    /// temporarily meanwhile.
    boolean isBeingEntered() { return root.record().entering(); }

    private interface Recording {
        void record() throws IOException;
    }

    private Answer enter(Milestone milestone, Optional<BootTime> latest, Recording onRoot) {
        try {
            onRoot.record();
        } catch (IOException e) {
            LOG.log(Level.ERROR, "milestone " + milestone + " cannot be recorded: " + e.getMessage());
            return new Answer.OutcomeUnknown("the milestone cannot be recorded");
        }
        instances.endBy(latest);
        instances.milestone(milestone);
        settled();
        return new Answer.Done();
    }

    /// Notes that the milestone was entered, as soon as every label says what it should.
    void settled() {
        if (isBeingEntered() && !instances.hasLeftovers()) {
            try {
                root.entered();
            } catch (IOException e) {
                LOG.log(Level.WARNING,
                        "that milestone " + root.record().milestone() + " was entered cannot be recorded: " + e.getMessage());
            }
        }
    }
}
