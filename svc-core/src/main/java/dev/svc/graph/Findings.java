package dev.svc.graph;

import dev.svc.fmri.InstanceFmri;
import dev.svc.graph.Explanation.Finding;
import dev.svc.model.Definition;
import dev.svc.model.MethodFailure;
import dev.svc.model.Reason;
import dev.svc.model.State;
import dev.svc.model.WaitStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The reasons of one instance in SMF's words, with its message ids. Ours: which method failed and whether it ran out of time, cycles
/// with their path, and files that are there although they are excluded.
final class Findings {
    /// How long the description of an exit may be.
    private static final int LONGEST_END = 49;
    private static final String START_METHOD_FAILED = "SMF-8000-KS";
    private static final String METHOD_FAILED = "SMF-8000-8Q";
    private static final String UNKNOWN = "SMF-8000-AR";

    private final Causes causes;
    private final World.Item item;

    Findings(Causes causes, World.Item item) {
        this.causes = causes;
        this.item = item;
    }

    List<Finding> all() {
        return switch (item.state()) {
            case ONLINE -> List.of();
            case UNINITIALIZED -> List.of(uninitialized());
            case DISABLED -> List.of(disabled());
            case MAINTENANCE -> List.of(isLost(item) ? lost() : maintenance());
            case DEGRADED ->
                isManager(item) && !causes.world().notices().isEmpty() ? notices() : List.of(isLost(item) ? lost() : degraded());
            case OFFLINE -> item.next().map(n -> List.of(inTransition(n))).orElseGet(this::offline);
        };
    }

    private Finding uninitialized() {
        InstanceFmri restarter = item.definition().restarter();
        return switch (causes.restarterTrouble(item)) {
            case INVALID -> invalidRestarter();
            case ABSENT -> absentRestarter();
            case NONE -> causes.hasRunningRestarter(item)
                    ? Finding.of("Restarter " + restarter + " has not initialized service state.", "SMF-8000-4D")
                    : Finding.of("Restarter " + restarter + " is not running.", "SMF-8000-5H");
        };
    }

    private Finding invalidRestarter() {
        String why = item.definition().faults().stream().filter(f -> f.kind() == Definition.Fault.Kind.INVALID_RESTARTER).findFirst()
                .map(f -> ": " + f.sentence().replaceFirst("^restarter: ", "")).orElse(".");
        return Finding.of("Restarter is invalid" + why, "SMF-8000-2A");
    }

    private Finding absentRestarter() {
        return Finding.of("Restarter \"" + item.definition().restarter() + "\" does not exist.", "SMF-8000-3P");
    }

    private Finding disabled() {
        String comment = item.comment().filter(c -> !c.isEmpty()).map(c -> ": " + c).orElse(".");
        return item.enabled().isOverridden()
                ? Finding.of("Temporarily disabled by an administrator" + comment, "SMF-8000-1S")
                : Finding.of("Disabled by an administrator" + comment, "SMF-8000-05");
    }

    private Finding maintenance() {
        return switch (item.reason()) {
            case ADMINISTRATIVE_REQUEST -> Finding.of("Maintenance requested by an administrator.", "SMF-8000-63");
            case DEPENDENCY_CYCLE -> new Finding(
                    "Completes a dependency cycle.",
                    Optional.of("SMF-8000-HP"),
                    List.of(),
                    causes.definedCycle(item.fmri()));
            case FAULT_THRESHOLD_REACHED, METHOD_FAILED -> methodFailed();
            case SERVICE_REQUEST -> requested("Maintenance requested by ", Optional.of("SMF-8000-R4"));
            case INVALID_DEPENDENCY -> Finding.of("Has invalid dependency.", "SMF-8000-JA");
            case INVALID_RESTARTER -> invalidRestarter();
            case RESTARTING_TOO_QUICKLY ->
                Finding.of("Restarting too quickly" + item.fault().map(Findings::cause).orElse("."), "SMF-8000-L5");
            case NONE -> Finding.of("Restarter " + item.definition().restarter() + " gave no explanation.", "SMF-8000-9C");
            case HISTORY_UNKNOWN -> Finding.of("It is not known whether it ran already.", UNKNOWN);
            case INTERNAL_ERROR -> Finding.of("Its restarter failed while it handled this service.", UNKNOWN);
            case INSERT_IN_GRAPH, PER_CONFIGURATION, ENABLE_REQUEST, DISABLE_REQUEST, DEPENDENCIES_SATISFIED, DEPENDENCY_ACTIVITY,
                    CLEAR_REQUEST, RESTART_REQUEST, CT_EV_EXIT, CT_EV_CORE, CT_EV_SIGNAL, CT_EV_HWERR, CT_EV_MEMORY ->
                Finding.of("Unknown.", UNKNOWN);
        };
    }

    /// What stopped it last, behind the sentence that says what came of it.
    private static String cause(Reason fault) {
        return switch (fault) {
            case CT_EV_CORE -> ", last because a process dumped core.";
            case CT_EV_SIGNAL -> ", last because a process was killed from outside the service.";
            case CT_EV_HWERR -> ", last because a process was killed due to a hardware error.";
            case CT_EV_MEMORY -> ", last because memory ran out and the kernel killed a process.";
            default -> ".";
        };
    }

    /// Whether nobody knows any more how it is defined.
    static boolean isLost(World.Item item) {
        return item.definition().faults().stream().anyMatch(f -> f.kind() == Definition.Fault.Kind.LOST);
    }

    static boolean isManager(World.Item item) {
        return item.fmri().equals(InstanceFmri.MASTER_RESTARTER);
    }

    private static Finding lost() {
        return Finding.of("The repository lost its definition.", UNKNOWN);
    }

    private List<Finding> notices() {
        return causes.world().notices().stream().map(n -> new Finding(n, Optional.empty(), List.of(), List.of())).toList();
    }

    private Finding degraded() {
        return switch (item.reason()) {
            case ADMINISTRATIVE_REQUEST -> Finding.of("Degraded by an administrator.", "SMF-8000-DX");
            case SERVICE_REQUEST -> requested("Degraded by ", Optional.empty());
            case METHOD_FAILED, FAULT_THRESHOLD_REACHED -> methodFailed();
            default -> Finding.of("Unknown.", UNKNOWN);
        };
    }

    private Finding requested(String what, Optional<String> message) {
        return item.requester().map(
                r -> new Finding(
                        what + "\"" + r + "\"",
                        message,
                        causes.world().item(r).map(World.Item::logs).orElse(List.of()),
                        List.of()))
                .orElseGet(() -> new Finding(what + "another service.", message, List.of(), List.of()));
    }

    private Finding inTransition(State next) {
        return next == State.ONLINE
                ? Finding.of("Start method is running.", "SMF-8000-C4")
                : Finding.of("Transitioning to state " + next.word()
                        + item.fault().filter(item.reason()::equals).map(Findings::cause).orElse("."), "SMF-8000-PH");
    }

    // ---- methods

    private Finding methodFailed() {
        Optional<MethodFailure> failure = item.failure()
                .or(() -> item.startStatus().filter(s -> s.raw() != 0).map(s -> new MethodFailure("start", s, false)));
        boolean repeatedly = item.reason() == Reason.FAULT_THRESHOLD_REACHED;
        if (failure.isEmpty()) {
            return Finding.of(repeatedly ? "Method failed repeatedly." : "Method failed.", METHOD_FAILED);
        }
        String method = failure.get().method();
        String text = method.substring(0, 1).toUpperCase(Locale.ROOT) + method.substring(1) + " method "
                + (repeatedly ? "failed repeatedly, last " : "") + end(failure.get()) + ".";
        return Finding.of(text, method.equals("start") ? START_METHOD_FAILED : METHOD_FAILED);
    }

    private static String end(MethodFailure failure) {
        String end = failure.timedOut() ? "timed out" : end(failure.status());
        return end.length() > LONGEST_END ? end.substring(0, LONGEST_END) : end;
    }

    private static String end(WaitStatus status) {
        if (status.isExit()) {
            return "exited with " + switch (status.exitStatus()) {
                case 95 -> "$SMF_EXIT_ERR_FATAL";
                case 96 -> "$SMF_EXIT_ERR_CONFIG";
                case 97 -> "$SMF_EXIT_MON_DEGRADE";
                default -> "status " + status.exitStatus();
            };
        }
        int signal = status.signal();
        Optional<String> name = SignalName.of(signal);
        boolean dumped = (status.raw() & 0x80) != 0;
        return name.map(n -> (dumped ? "dumped core on " : "died on ") + n + " (" + signal + ")")
                .orElse((dumped ? "dumped core signal " : "died on signal ") + signal);
    }

    // ---- dependencies

    private List<Finding> offline() {
        List<Blockers.Bad> bad = causes.bad(item.fmri());
        List<InstanceFmri> roots = causes.of(item.fmri()).stream().filter(c -> !c.equals(item.fmri())).toList();
        List<InstanceFmri> cycle = causes.cycle(item.fmri());
        if (bad.isEmpty() && roots.isEmpty() && cycle.isEmpty()) {
            return List.of(restarter());
        }
        List<Finding> all = new ArrayList<>();
        bad.forEach(b -> all.add(Finding.of("Dependency " + b.entity() + switch (b.kind()) {
            case ABSENT -> " is absent.";
            case PRESENT -> " exists, and must not.";
        }, "SMF-8000-E2")));
        if (!cycle.isEmpty()) {
            all.add(new Finding("Is part of a dependency cycle.", Optional.of("SMF-8000-HP"), List.of(), cycle));
        }
        roots.forEach(c -> all.add(waits(causes.world().item(c).orElseThrow())));
        return all;
    }

    private Finding restarter() {
        return switch (causes.restarterTrouble(item)) {
            case NONE -> paused();
            case INVALID -> invalidRestarter();
            case ABSENT -> absentRestarter();
        };
    }

    /// Nothing holds it up but itself: a child that ended too quickly is started again after a pause.
    private Finding paused() {
        return item.startStatus().filter(status -> status.raw() != 0)
                .map(status -> Finding.of(
                        "Its process " + end(new MethodFailure("start", status, false)) + "; it is about to be started again.",
                        START_METHOD_FAILED))
                .orElse(Finding.of("Unknown.", UNKNOWN));
    }

    private Finding waits(World.Item cause) {
        List<InstanceFmri> path = causes.path(item.fmri(), cause.fmri());
        return cause.isRunning()
                ? new Finding("Service " + cause.fmri() + " is running.", Optional.of("SMF-8000-FJ"), List.of(), path)
                : new Finding("Service " + cause.fmri() + " " + summary(cause), Optional.of("SMF-8000-GE"), List.of(), path);
    }

    private String summary(World.Item cause) {
        return switch (cause.state()) {
            case UNINITIALIZED -> "is uninitialized.";
            case DISABLED -> cause.enabled().isOverridden() ? "is temporarily disabled." : "is disabled.";
            case OFFLINE -> !causes.bad(cause.fmri()).isEmpty()
                    ? "has missing dependencies."
                    : cause.next().equals(Optional.of(State.ONLINE)) ? "is starting." : "is offline.";
            case MAINTENANCE -> maintenanceSummary(cause.reason());
            case ONLINE, DEGRADED -> "is running.";
        };
    }

    private static String maintenanceSummary(Reason reason) {
        return switch (reason) {
            case ADMINISTRATIVE_REQUEST -> "was put into maintenance by an administrator.";
            case DEPENDENCY_CYCLE -> "completed a dependency cycle.";
            case FAULT_THRESHOLD_REACHED -> "is not running; a method failed repeatedly.";
            case INVALID_DEPENDENCY -> "has an invalid dependency.";
            case INVALID_RESTARTER -> "has an invalid restarter.";
            case METHOD_FAILED -> "is not running; a method failed.";
            case NONE -> "is not running, reason unknown.";
            case RESTARTING_TOO_QUICKLY -> "was restarting too quickly.";
            default -> "requires maintenance.";
        };
    }
}
