package dev.svc.engine;

import dev.svc.graph.Milestone;
import java.io.IOException;
import java.lang.System.Logger.Level;

/// The milestone in force: remembered on the root group, acted upon by the graph.
final class Milestones {
    private static final System.Logger LOG = System.getLogger(Milestones.class.getName());

    private final RootMemory root;
    private final Instances instances;

    Milestones(RootMemory root, Instances instances) {
        this.root = root;
        this.instances = instances;
    }

    /// What is to become of the manager when the milestone is reached.
    enum Afterwards {
        GO_ON, END
    }

    /// Puts a milestone in force; it is remembered first, so that a successor goes on towards it.
    Answer enter(Milestone milestone, Afterwards afterwards) {
        try {
            root.milestone(milestone.toString(), afterwards == Afterwards.END);
        } catch (IOException e) {
            LOG.log(Level.ERROR, "milestone " + milestone + " cannot be recorded: " + e.getMessage());
            return new Answer.OutcomeUnknown("the milestone cannot be recorded");
        }
        instances.milestone(milestone);
        return new Answer.Done();
    }
}
