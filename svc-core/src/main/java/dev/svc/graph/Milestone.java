package dev.svc.graph;

import dev.svc.fmri.InstanceFmri;
import java.util.List;
import java.util.Optional;

/// How much of the system is to run: everything, nothing, or one instance with all it depends on.
public sealed interface Milestone {
    /// The instances that can be milestones.
    List<InstanceFmri> INSTANCES = List.of(
            new InstanceFmri("milestone/single-user", "default"),
            new InstanceFmri("milestone/multi-user", "default"),
            new InstanceFmri("milestone/multi-user-server", "default"));

    /// Whatever is enabled.
    record All() implements Milestone {
        @Override public String toString() {
            return "all";
        }
    }

    /// The manager alone.
    record None() implements Milestone {
        @Override public String toString() {
            return "none";
        }
    }

    /// One instance and what it depends on.
    record At(InstanceFmri fmri) implements Milestone {
        @Override public String toString() {
            return fmri.toString();
        }
    }

    /// The milestone that `word` denotes: `all`, `none`, or a part of one of [#INSTANCES] that begins at its beginning or after a slash
    /// and ends at its end or before the colon, such as `multi-user` or `milestone/single-user:default`.
    static Optional<Milestone> named(String word) {
        return switch (word) {
            case "all" -> Optional.of(new All());
            case "none" -> Optional.of(new None());
            default -> INSTANCES.stream().filter(i -> abbreviates(word, i)).findFirst().<Milestone>map(At::new);
        };
    }

    private static boolean abbreviates(String word, InstanceFmri fmri) {
        String whole = fmri.toString();
        for (String end : List.of(whole, whole.substring(0, whole.lastIndexOf(':')))) {
            if (!word.isEmpty() && end.endsWith(word)
                    && (end.length() == word.length() || end.charAt(end.length() - word.length() - 1) == '/')) {
                return true;
            }
        }
        return false;
    }
}
