package dev.svc.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.MethodFailure;
import dev.svc.model.Reason;
import dev.svc.model.State;
import dev.svc.model.WaitStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationTest {
    // ---- the table of reasons

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "ADMINISTRATIVE_REQUEST  | Maintenance requested by an administrator. | SMF-8000-63",
            "DEPENDENCY_CYCLE        | Completes a dependency cycle.              | SMF-8000-HP",
            "FAULT_THRESHOLD_REACHED | Method failed repeatedly.                  | SMF-8000-8Q",
            "METHOD_FAILED           | Method failed.                             | SMF-8000-8Q",
            "SERVICE_REQUEST         | Maintenance requested by another service.  | SMF-8000-R4",
            "INVALID_DEPENDENCY      | Has invalid dependency.                    | SMF-8000-JA",
            "RESTARTING_TOO_QUICKLY  | Restarting too quickly.                    | SMF-8000-L5",
            "NONE                    | Restarter svc:/system/svc/restarter:default gave no explanation. | SMF-8000-9C",
            "HISTORY_UNKNOWN         | It is not known whether it ran already.    | SMF-8000-AR",
            "INTERNAL_ERROR          | Its restarter failed while it handled this service. | SMF-8000-AR",
            "CLEAR_REQUEST           | Unknown.                                   | SMF-8000-AR"}) void maintenance(Reason reason,
                    String text, String message) {
        assertReason(text + " " + message, Scene.of("a").is("a", State.MAINTENANCE, reason));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "CT_EV_CORE   | Restarting too quickly, last because a process dumped core.",
            "CT_EV_SIGNAL | Restarting too quickly, last because a process was killed from outside the service.",
            "CT_EV_HWERR  | Restarting too quickly, last because a process was killed due to a hardware error.",
            "CT_EV_MEMORY | Restarting too quickly, last because memory ran out and the kernel killed a process."}) void faults(
                    Reason fault, String expected) {
        assertReason(expected + " SMF-8000-L5",
                Scene.of("a").is("a", State.MAINTENANCE, Reason.RESTARTING_TOO_QUICKLY).stoppedBy("a", fault));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "start   | exit 2    | no  | METHOD_FAILED           | Start method exited with status 2. SMF-8000-KS",
            "start   | exit 2    | no  | FAULT_THRESHOLD_REACHED | Start method failed repeatedly, last exited with status 2. SMF-8000-KS",
            "start   | exit 95   | no  | METHOD_FAILED           | Start method exited with $SMF_EXIT_ERR_FATAL. SMF-8000-KS",
            "start   | exit 96   | no  | METHOD_FAILED           | Start method exited with $SMF_EXIT_ERR_CONFIG. SMF-8000-KS",
            "start   | exit 97   | no  | METHOD_FAILED           | Start method exited with $SMF_EXIT_MON_DEGRADE. SMF-8000-KS",
            "start   | signal 9  | no  | METHOD_FAILED           | Start method died on Killed (9). SMF-8000-KS",
            "start   | signal 40 | no  | METHOD_FAILED           | Start method died on signal 40. SMF-8000-KS",
            "start   | core 11   | no  | METHOD_FAILED           | Start method dumped core on Segmentation fault (11). SMF-8000-KS",
            "start   | core 40   | no  | METHOD_FAILED           | Start method dumped core signal 40. SMF-8000-KS",
            "start   | signal 9  | yes | FAULT_THRESHOLD_REACHED | Start method failed repeatedly, last timed out. SMF-8000-KS",
            "stop    | exit 1    | no  | METHOD_FAILED           | Stop method exited with status 1. SMF-8000-8Q",
            "refresh | signal 9  | yes | METHOD_FAILED           | Refresh method timed out. SMF-8000-8Q"}) void methods(String method,
                    String end, String timedOut, Reason reason, String expected) {
        String[] words = end.split(" ");
        int number = Integer.parseInt(words[1]);
        WaitStatus status = switch (words[0]) {
            case "exit" -> WaitStatus.exited(number);
            case "signal" -> WaitStatus.killedBy(number);
            default -> new WaitStatus(number | 0x80);
        };
        assertReason(
                expected,
                Scene.of("a").is("a", State.MAINTENANCE, reason).failed("a", new MethodFailure(method, status, timedOut.equals("yes"))));
    }

    @Test void withoutDetailsTheStatusOfTheStartMethodTells() {
        assertReason(
                "Start method exited with status 3. SMF-8000-KS",
                Scene.of("a").is("a", State.MAINTENANCE, Reason.METHOD_FAILED).started("a", WaitStatus.exited(3)));
        assertReason(
                "Method failed. SMF-8000-8Q",
                Scene.of("a").is("a", State.MAINTENANCE, Reason.METHOD_FAILED).started("a", WaitStatus.exited(0)));
    }

    @Test void disabled() {
        assertReason("Disabled by an administrator. SMF-8000-05", Scene.of("a").isDisabled("a"));
        assertReason(
                "Disabled by an administrator: OPS-77 disk swap SMF-8000-05",
                Scene.of("a").is("a", State.DISABLED).setting("a", EnabledSetting.DISABLED, "OPS-77 disk swap"));
        assertReason(
                "Temporarily disabled by an administrator. SMF-8000-1S",
                Scene.of("a").is("a", State.DISABLED).setting("a", new EnabledSetting(true, Optional.of(false)), ""));
        assertReason(
                "Disabled by an administrator. SMF-8000-05",
                Scene.of("a").is("a", State.DISABLED).setting("a", new EnabledSetting(false, Optional.of(false)), ""));
    }

    @Test void degraded() {
        assertReason("Degraded by an administrator. SMF-8000-DX", Scene.of("a").is("a", State.DEGRADED, Reason.ADMINISTRATIVE_REQUEST));
        assertReason("Degraded by another service.", Scene.of("a").is("a", State.DEGRADED, Reason.SERVICE_REQUEST));
        assertReason("Unknown. SMF-8000-AR", Scene.of("a").is("a", State.DEGRADED));
        assertReason(
                "Start method exited with $SMF_EXIT_MON_DEGRADE. SMF-8000-KS",
                Scene.of("a").is("a", State.DEGRADED, Reason.METHOD_FAILED)
                        .failed("a", new MethodFailure("start", WaitStatus.exited(97), false)));
    }

    @Test void uninitialized() {
        assertReason(
                "Restarter svc:/system/svc/restarter:default has not initialized service state. SMF-8000-4D",
                Scene.of("a").is("a", State.UNINITIALIZED));
        assertReason(
                "Restarter svc:/inetd:default is not running. SMF-8000-5H",
                Scene.of("a by inetd\ninetd").is("a", State.UNINITIALIZED).isDisabled("inetd"));
        assertReason("Restarter \"svc:/inetd:default\" does not exist. SMF-8000-3P", Scene.of("a by inetd").is("a", State.UNINITIALIZED));
    }

    @Test void inTransition() {
        assertReason("Start method is running. SMF-8000-C4", Scene.of("a").is("a", State.OFFLINE).goesTo("a", State.ONLINE));
        assertReason("Transitioning to state disabled. SMF-8000-PH", Scene.of("a").is("a", State.OFFLINE).goesTo("a", State.DISABLED));
    }

    @Test void offlineForNoReasonOfItsOwn() {
        assertReason("Unknown. SMF-8000-AR", Scene.of("a").is("a", State.OFFLINE));
        assertReason("Restarter \"svc:/inetd:default\" does not exist. SMF-8000-3P", Scene.of("a by inetd").is("a", State.OFFLINE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "UNINITIALIZED | NONE                    | is uninitialized.",
            "DISABLED      | NONE                    | is disabled.",
            "MAINTENANCE   | ADMINISTRATIVE_REQUEST  | was put into maintenance by an administrator.",
            "MAINTENANCE   | DEPENDENCY_CYCLE        | completed a dependency cycle.",
            "MAINTENANCE   | FAULT_THRESHOLD_REACHED | is not running; a method failed repeatedly.",
            "MAINTENANCE   | INVALID_DEPENDENCY      | has an invalid dependency.",
            "MAINTENANCE   | INVALID_RESTARTER       | has an invalid restarter.",
            "MAINTENANCE   | METHOD_FAILED           | is not running; a method failed.",
            "MAINTENANCE   | NONE                    | is not running, reason unknown.",
            "MAINTENANCE   | RESTARTING_TOO_QUICKLY  | was restarting too quickly.",
            "MAINTENANCE   | SERVICE_REQUEST         | requires maintenance."}) void whatIsWaitedFor(State state, Reason reason,
                    String summary) {
        assertEquals(
                "Service svc:/db:default " + summary,
                Explanation
                        .of(Scene.of("a -> db\ndb").is("a", State.OFFLINE).is("db", state, reason).world(), List.of(Drawing.instance("a")))
                        .getFirst().reasons().getFirst().text());
    }

    @Test void onlineNeedsNoReason() {
        assertEquals("a online\n", Scene.of("a").explained("a"));
    }

    private static void assertReason(String expected, Scene scene) {
        Explanation.Finding reason = Explanation.of(scene.world(), List.of(Drawing.instance("a"))).getFirst().reasons().getFirst();
        assertEquals(expected, reason.text() + reason.message().map(m -> " " + m).orElse(""));
    }

    // ---- whole texts

    @Test void aFailedMethodAndAllThatWaitForIt() {
        var scene = Scene.of("""
                report -> gateway
                gateway -> db
                db
                """).is("db", State.MAINTENANCE, Reason.FAULT_THRESHOLD_REACHED)
                .failed("db", new MethodFailure("start", WaitStatus.exited(2), false))
                .is("gateway", State.OFFLINE).is("report", State.OFFLINE);
        assertEquals("""
                db maintenance
                  Start method failed repeatedly, last exited with status 2. SMF-8000-KS
                  impact: gateway report
                  do: Correct the cause shown in /log/db, then: svcadm clear svc:/db:default
                """, scene.problems());
        assertEquals("""
                report offline
                  Service svc:/db:default is not running; a method failed repeatedly. SMF-8000-GE
                    report > gateway > db
                  do: See: svcs -x svc:/db:default
                """, scene.explained("report"));
    }

    @Test void aDisabledDependency() {
        var scene = Scene.of("""
                web -> @db
                db
                lonely
                """).is("web", State.OFFLINE).isDisabled("db").isDisabled("lonely");
        assertEquals("""
                db disabled
                  Disabled by an administrator. SMF-8000-05
                  impact: web
                  do: To run it: svcadm enable svc:/db:default
                """, scene.problems());
        assertEquals("""
                web offline
                  Service svc:/db:default is disabled. SMF-8000-GE
                    web > db
                  do: To enable what it waits for: svcadm enable svc:/db:default
                """, scene.explained("web"));
    }

    @Test void whatIsDisabledAndNeedsWhatIsDisabledIsEnabledRecursively() {
        assertEquals("""
                web disabled
                  Disabled by an administrator. SMF-8000-05
                  do: To run it with all it requires: svcadm enable -r svc:/web:default
                """, Scene.of("web -> db\ndb").isDisabled("web").isDisabled("db").explained("web"));
    }

    @Test void absentFilesAndServices() {
        assertEquals("""
                web offline
                  Dependency file://localhost/etc/web.conf is absent. SMF-8000-E2
                  Dependency svc:/ghost is absent. SMF-8000-E2
                  Dependency svc:/phantom:default is absent. SMF-8000-E2
                  do: Create /etc/web.conf; it starts then
                  do: Import a manifest that delivers svc:/ghost: svccfg import FILE
                  do: Import a manifest that delivers svc:/phantom:default: svccfg import FILE
                """, Scene.of("""
                web -> /etc/web.conf /etc/hosts
                web ?> @ghost phantom
                web ~> @neverwas
                """).has("/etc/hosts").is("web", State.OFFLINE).problems());
    }

    @Test void excludedFilesAndServices() {
        assertEquals("""
                batch offline
                  Dependency file://localhost/etc/nobatch exists, and must not. SMF-8000-E2
                  Service svc:/live:default is running. SMF-8000-FJ
                    batch > live
                  do: Remove /etc/nobatch
                  do: To run it instead: svcadm disable svc:/live:default
                """, Scene.of("""
                batch !> /etc/nobatch /etc/other
                batch !> live absent
                live
                """).has("/etc/nobatch").is("batch", State.OFFLINE).explained("batch"));
    }

    @Test void missingAndWaitingAtOnceIsListedItself() {
        assertEquals("""
                db disabled
                  Disabled by an administrator. SMF-8000-05
                  impact: web top
                  do: To run it: svcadm enable svc:/db:default

                web offline
                  Dependency file://localhost/etc/web.conf is absent. SMF-8000-E2
                  Service svc:/db:default is disabled. SMF-8000-GE
                    web > db
                  impact: top
                  do: Create /etc/web.conf; it starts then
                  do: To enable what it waits for: svcadm enable svc:/db:default
                """, Scene.of("""
                top -> web
                web -> /etc/web.conf
                web -> db
                db
                """).is("top", State.OFFLINE).is("web", State.OFFLINE).isDisabled("db").problems());
    }

    @Test void theOneThatKeepsMostFromRunningComesFirst() {
        var problems = Explanation.ofProblems(Scene.of("""
                a
                b
                x -> b
                y -> x
                """).is("a", State.MAINTENANCE).is("b", State.MAINTENANCE).is("x", State.OFFLINE).is("y", State.OFFLINE).world());
        assertEquals(List.of("b", "a"), problems.stream().map(e -> Drawing.word(e.fmri())).toList());
        assertEquals(List.of(2, 0), problems.stream().map(e -> e.impact().size()).toList());
    }

    @Test void anyMemberOfAGroupIsACauseUntilOneRuns() {
        var scene = Scene.of("web ?> a b\na\nb").is("web", State.OFFLINE).isDisabled("a").is("b", State.MAINTENANCE, Reason.METHOD_FAILED);
        assertEquals("""
                web offline
                  Service svc:/a:default is disabled. SMF-8000-GE
                    web > a
                  Service svc:/b:default is not running; a method failed. SMF-8000-GE
                    web > b
                  do: To enable what it waits for: svcadm enable svc:/a:default
                  do: See: svcs -x svc:/b:default
                """, scene.explained("web"));
        assertEquals("Unknown.", Explanation.of(scene.is("a", State.ONLINE).world(), List.of(Drawing.instance("web"))).getFirst().reasons()
                .getFirst().text());
    }

    @Test void optionalDependenciesCountWhileTheyMayCome() {
        var drawing = "web ~> log\nlog";
        assertEquals("Service svc:/log:default is starting.",
                firstReason(Scene.of(drawing).is("log", State.OFFLINE).goesTo("log", State.ONLINE)));
        assertEquals("Unknown.", firstReason(Scene.of(drawing).isDisabled("log")));
        assertEquals("Unknown.", firstReason(Scene.of(drawing).is("log", State.MAINTENANCE)));
    }

    private static String firstReason(Scene scene) {
        return Explanation.of(scene.is("web", State.OFFLINE).world(), List.of(Drawing.instance("web"))).getFirst().reasons().getFirst()
                .text();
    }

    @Test void aRestarterThatDoesNotRunIsACause() {
        assertEquals("""
                ftp offline
                  Service svc:/inetd:default is disabled. SMF-8000-GE
                    ftp > inetd
                  do: To enable what it waits for: svcadm enable svc:/inetd:default
                """, Scene.of("ftp by inetd\ninetd").is("ftp", State.OFFLINE).isDisabled("inetd").explained("ftp"));
    }

    @Test void aCycleIsNamedByWhoCompletedIt() {
        assertEquals("""
                c maintenance
                  Completes a dependency cycle. SMF-8000-HP
                    c > a > b > c
                  impact: b a
                  do: Remove one of the dependencies of the cycle, import the corrected manifest, then: svcadm refresh svc:/c:default && svcadm clear svc:/c:default
                """, Scene.of("a -> b\nb -> c\nc -> a").is("a", State.OFFLINE).is("b", State.OFFLINE)
                .is("c", State.MAINTENANCE, Reason.DEPENDENCY_CYCLE).problems());
    }

    @Test void aCycleOfOfflineInstancesIsNamedByAll() {
        assertEquals("""
                a offline
                  Is part of a dependency cycle. SMF-8000-HP
                    a > b > a
                  Service svc:/b:default is offline. SMF-8000-GE
                    a > b
                  impact: b
                  do: Remove one of the dependencies of the cycle, import the corrected manifest, then: svcadm refresh svc:/a:default
                  do: See: svcs -x svc:/b:default
                """, Scene.of("a -> b\nb -> a").is("a", State.OFFLINE).is("b", State.OFFLINE).explained("a"));
    }

    @Test void whoAskedForMaintenanceIsNamedWithItsLog() {
        assertEquals("""
                db maintenance
                  Maintenance requested by "svc:/watch:default" SMF-8000-R4
                    see /log/watch
                  do: See the log of svc:/watch:default, then: svcadm clear svc:/db:default
                """, Scene.of("db\nwatch").is("db", State.MAINTENANCE, Reason.SERVICE_REQUEST).requestedBy("db", "watch").problems());
    }

    @Test void aMistakeInTheDefinitionIsQuoted() {
        assertEquals("""
                a maintenance
                  Has invalid dependency. SMF-8000-JA
                  do: Correct dependency "x": type must be service or path (in its manifest), import that, then: svcadm refresh svc:/a:default && svcadm clear svc:/a:default
                """, Scene.of("a is broken").is("a", State.MAINTENANCE, Reason.INVALID_DEPENDENCY).problems());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "96 | no  | Correct the configuration that it complains of in /log/a, then: svcadm clear svc:/a:default",
            "1  | no  | Correct the cause shown in /log/a, then: svcadm clear svc:/a:default",
            "1  | yes | Find in /log/a what it waited for, or give its method a longer timeout, then: svcadm clear svc:/a:default"}) void adviceAfterAFailedMethod(
                    int exit, String timedOut, String advice) {
        var scene = Scene.of("a").is("a", State.MAINTENANCE, Reason.METHOD_FAILED)
                .failed("a", new MethodFailure("start", WaitStatus.exited(exit), timedOut.equals("yes")));
        assertEquals(List.of(advice), Explanation.of(scene.world(), List.of(Drawing.instance("a"))).getFirst().advice());
    }

    @Test void aDegradedManagerSaysWhatHappened() {
        InstanceFmri manager = InstanceFmri.MASTER_RESTARTER;
        var scene = Scene.of("system/svc/restarter").is("system/svc/restarter", State.DEGRADED, Reason.SERVICE_REQUEST);
        var world = new World(scene.world().items(), Set.of(), List.of("repository.db was rebuilt", "report: /var/lib/svc/report/1.txt"));
        var explanation = Explanation.ofProblems(world).getFirst();
        assertEquals(
                List.of("repository.db was rebuilt", "report: /var/lib/svc/report/1.txt"),
                explanation.reasons().stream().map(Explanation.Finding::text).toList());
        assertEquals(List.of("Read what it says, then acknowledge: svcadm clear " + manager), explanation.advice());
    }

    @Test void operandsThatAreNotThereAreLeftOut() {
        assertEquals(List.of(), Explanation.of(Scene.of("a").world(), List.of(Drawing.instance("b"))));
    }

    @Test void aChainOfTenThousandIsExplained() {
        var scene = Scene
                .of(IntStream.range(1, 10_000).mapToObj(i -> "c" + i + " -> c" + (i - 1)).collect(Collectors.joining("\n")) + "\nc0");
        IntStream.range(1, 10_000).forEach(i -> scene.is("c" + i, State.OFFLINE));
        scene.isDisabled("c0");
        var problems = Explanation.ofProblems(scene.world());
        assertEquals(List.of("c0"), problems.stream().map(e -> Drawing.word(e.fmri())).toList());
        assertEquals(9_999, problems.getFirst().impact().size());
    }
}
