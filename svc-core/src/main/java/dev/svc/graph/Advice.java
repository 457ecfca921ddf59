package dev.svc.graph;

import dev.svc.fmri.EntityFmri;
import dev.svc.fmri.FileFmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Definition;
import dev.svc.model.MethodFailure;
import dev.svc.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an administrator can do about one instance: short sentences, each with the exact command.
final class Advice {
    /// More instances than this are not listed one by one.
    private static final int MANY = 4;

    private final Causes causes;
    private final World.Item item;
    private final InstanceFmri fmri;

    Advice(Causes causes, World.Item item) {
        this.causes = causes;
        this.item = item;
        this.fmri = item.fmri();
    }

    List<String> all() {
        if (Findings.isLost(item)) {
            return List.of("Import its manifest again: svccfg import FILE");
        }
        return switch (item.state()) {
            case ONLINE -> List.of();
            case UNINITIALIZED -> restarter();
            case DISABLED -> disabled();
            case MAINTENANCE -> List.of(maintenance());
            case DEGRADED -> List.of(degraded());
            case OFFLINE -> item.next().isPresent() ? inTransition() : offline();
        };
    }

    private List<String> disabled() {
        if (item.enabled().effective()) {
            return List.of("It is being enabled; see: svcs " + fmri);
        }
        boolean recursively = causes.world().dependencies(fmri).stream()
                .anyMatch(d -> causes.world().item(d).filter(i -> i.state() == State.DISABLED).isPresent());
        return List.of(
                recursively ? "To run it with all it requires: svcadm enable -r " + fmri : "To run it: svcadm enable " + fmri);
    }

    private String maintenance() {
        return switch (item.reason()) {
            case ADMINISTRATIVE_REQUEST -> "When the work is done: svcadm clear " + fmri;
            case SERVICE_REQUEST -> "See the log of " + item.requester().map(InstanceFmri::toString).orElse("the service that asked")
                    + ", then: svcadm clear " + fmri;
            case DEPENDENCY_CYCLE -> "Remove one of the dependencies of the cycle, import the corrected manifest" + applied();
            case INVALID_DEPENDENCY, INVALID_RESTARTER -> "Correct " + faults() + applied();
            case FAULT_THRESHOLD_REACHED, METHOD_FAILED -> methodFailed();
            case HISTORY_UNKNOWN -> "If it may run now (again): svcadm clear " + fmri + "; otherwise: svcadm disable " + fmri;
            default -> "Correct the cause shown in " + log() + ", then: svcadm clear " + fmri;
        };
    }

    /// The commands that try a corrected definition.
    private String applied() {
        return ", then: svcadm refresh " + fmri + " && svcadm clear " + fmri;
    }

    private String faults() {
        List<Definition.Fault> faults = item.definition().faults();
        return faults.isEmpty() ? "it in its manifest, import that" : faults.getFirst().sentence() + " (in its manifest), import that";
    }

    private String methodFailed() {
        Optional<MethodFailure> failure = item.failure();
        boolean timedOut = failure.filter(MethodFailure::timedOut).isPresent();
        boolean configuration = failure.map(MethodFailure::status).or(item::startStatus)
                .filter(s -> s.isExit() && s.exitStatus() == 96).isPresent();
        String what = timedOut
                ? "Find in " + log() + " what it waited for, or give its method a longer timeout"
                : configuration ? "Correct the configuration that it complains of in " + log() : "Correct the cause shown in " + log();
        return what + ", then: svcadm clear " + fmri;
    }

    private String degraded() {
        if (Findings.isManager(item)) {
            return "Read what it says, then acknowledge: svcadm clear " + fmri;
        }
        return switch (item.reason()) {
            case ADMINISTRATIVE_REQUEST -> "When the work is done: svcadm clear " + fmri;
            default -> "Correct the cause shown in " + log() + ", then: svcadm clear " + fmri;
        };
    }

    private List<String> inTransition() {
        return List.of("Wait for it; what it does is in " + log());
    }

    private String log() {
        return item.logs().isEmpty() ? "its log" : item.logs().getLast();
    }

    private List<String> restarter() {
        InstanceFmri restarter = item.definition().restarter();
        return switch (causes.restarterTrouble(item)) {
            case INVALID -> List.of("Correct " + faults() + applied());
            case ABSENT -> List.of("Import the manifest of its restarter: svccfg import FILE");
            case NONE -> causes.hasRunningRestarter(item) ? List.of() : List.of("See why its restarter does not run: svcs -x " + restarter);
        };
    }

    // ---- offline

    private List<String> offline() {
        List<String> all = new ArrayList<>();
        for (Blockers.Bad bad : causes.bad(fmri)) {
            all.add(missing(bad));
        }
        if (!causes.cycle(fmri).isEmpty()) {
            all.add("Remove one of the dependencies of the cycle, import the corrected manifest, then: svcadm refresh " + fmri);
        }
        List<World.Item> roots = causes.of(fmri).stream().filter(c -> !c.equals(fmri)).flatMap(c -> causes.world().item(c).stream())
                .toList();
        commanded("To enable what it waits for: svcadm enable", roots.stream().filter(Advice::isDisabled).toList(), all);
        commanded("To run it instead: svcadm disable", roots.stream().filter(World.Item::isRunning).toList(), all);
        commanded("See: svcs -x", roots.stream().filter(i -> !isDisabled(i) && !i.isRunning()).toList(), all);
        if (all.isEmpty()) {
            all.addAll(restarter());
        }
        return all;
    }

    private static boolean isDisabled(World.Item cause) {
        return cause.state() == State.DISABLED;
    }

    private void commanded(String command, List<World.Item> causes, List<String> all) {
        if (!causes.isEmpty() && causes.size() <= MANY) {
            all.add(command + " " + String.join(" ", causes.stream().map(i -> i.fmri().toString()).toList()));
        } else if (!causes.isEmpty()) {
            all.add(command + " " + causes.getFirst().fmri() + " (and " + (causes.size() - 1) + " more, named above)");
        }
    }

    private static String missing(Blockers.Bad bad) {
        return switch (bad.entity()) {
            case FileFmri file when bad.kind() == Blockers.Bad.Kind.PRESENT -> "Remove " + file.path();
            case FileFmri file -> "Create " + file.path() + "; it starts then";
            case EntityFmri entity -> "Import a manifest that delivers " + entity + ": svccfg import FILE";
            default -> throw new IllegalStateException(bad.entity() + " cannot be depended on");
        };
    }
}
