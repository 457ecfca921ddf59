package dev.svc.svcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.command.CannedManager;
import dev.svc.command.CannedManager.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SvcsTest {
    /// Tue Mar  4 15:00:00 2025, when each command starts.
    private static final Dates DATES = new Dates(LocalDateTime.of(2025, 3, 4, 15, 0).toEpochSecond(ZoneOffset.UTC),
            TimeZone.getTimeZone("UTC"));

    @TempDir Path root;

    private CannedManager manager;

    @BeforeEach void open() throws IOException {
        manager = new CannedManager(root);
    }

    @AfterEach void close() {
        manager.close();
    }

    private Outcome svcs(String... arguments) {
        return manager.run("svcs", console -> Svcs.run(List.of(arguments), console, DATES));
    }

    private static String at(int year, int month, int day, int hour, int minute, int second) {
        return "\"since\":\"" + LocalDateTime.of(year, month, day, hour, minute, second).toEpochSecond(ZoneOffset.UTC) + ".000000000\"";
    }

    private static String instance(String name, String state, String next, String more) {
        int colon = name.indexOf(':');
        return "{\"instance\":{\"fmri\":\"svc:/" + name + "\",\"service\":\"" + name.substring(0, colon) + "\",\"instance\":\""
                + name.substring(colon + 1) + "\",\"state\":\"" + state + "\",\"next\":\"" + next + "\""
                + (more.isEmpty() ? "" : "," + more) + "}}";
    }

    private void assertPrints(Outcome outcome, String expected) {
        assertEquals(expected, outcome.out());
        assertEquals("", outcome.err());
        assertEquals(0, outcome.status());
    }

    @Test void listingIsSortedByStateTimeAndName() {
        manager.answering(instance("site/db:primary", "maintenance", "none", at(2025, 3, 4, 14, 20, 59)),
                instance("site/odd:default", "uninitialized", "none", ""),
                instance("site/report:default", "offline", "online", at(2025, 3, 4, 14, 22, 10)),
                instance("site/queue:default", "degraded", "none", at(2025, 3, 4, 14, 20, 33)),
                instance("site/web:blue", "online", "none", at(2025, 3, 4, 9, 5, 1)),
                instance("site/web:azure", "online", "none", at(2025, 3, 4, 9, 5, 1)),
                instance("system/svc/restarter:default", "online", "none", at(2023, 3, 4, 9, 5, 1)),
                instance("site/cache:default", "disabled", "none", at(2025, 3, 1, 8, 1, 44)));
        assertPrints(svcs(), """
                STATE          STIME    FMRI
                disabled       Mar_01   svc:/site/cache:default
                online         2023     svc:/system/svc/restarter:default
                online          9:05:01 svc:/site/web:azure
                online          9:05:01 svc:/site/web:blue
                degraded       14:20:33 svc:/site/queue:default
                offline*       14:22:10 svc:/site/report:default
                maintenance    14:20:59 svc:/site/db:primary
                uninitialized  -        svc:/site/odd:default
                """);
        assertEquals(List.of(
                "{\"do\":\"list\",\"of\":\"instances\",\"patterns\":[],\"select\":\"enabled\",\"members\":[\"next\",\"state\",\"since\"]}"),
                manager.requests());
    }

    @Test void verboseListingHasNextStateAndContract() {
        manager.answering(instance("site/web:blue", "online", "none", at(2025, 3, 4, 9, 5, 1) + ",\"contracts\":[412]"),
                instance("site/report:default", "offline", "online", at(2025, 3, 4, 14, 22, 10) + ",\"contracts\":[]"),
                instance("site/fleet:default", "online", "none", at(2025, 3, 1, 9, 5, 1) + ",\"contracts\":[88,91]"));
        assertPrints(svcs("-v", "-s", "ctid"), """
                STATE          NSTATE        STIME    CTID   FMRI
                offline        online        14:22:10      - svc:/site/report:default
                online         -             Mar_01      88* svc:/site/fleet:default
                online         -              9:05:01    412 svc:/site/web:blue
                """);
    }

    @Test void columnsAreInAnyCaseAndInTheOrderAsked() {
        manager.answering(instance("site/report:default", "offline", "online", ""));
        assertPrints(svcs("-o", "sta,NSTA,s,n,SN,svc,inst,Scope,ctid,zone", "report"), """
                STA  NSTA S  N SN SVC                  INST                 SCOPE                CTID   ZONE
                OFF  ON   0  1 01 site/report          default              localhost                 - global
                """);
        manager.answering(instance("site/report:default", "maintenance", "none", "\"name\":\"nightly\\nbuild\""));
        assertPrints(svcs("-Ho", "FMRI,state,n,desc", "report"),
                "svc:/site/report:default" + " ".repeat(27) + "maintenance    - nightly build\n");
    }

    @Test void lastColumnListWinsAndWideValuesPushTheRest() {
        manager.answering(instance("a-service-with-quite-a-long-name:i", "online", "offline", ""));
        assertPrints(svcs("-H", "-o", "fmri", "-o", "svc,s,sta"), "a-service-with-quite-a-long-name 1* ON*\n");
    }

    @Test void lettersAreJoinedAndOptionsFollow() {
        manager.answering(instance("a:b", "online", "none", ""));
        assertPrints(svcs("-Ho", "fmri", "-a"), "svc:/a:b\n");
        assertTrue(manager.requests().getFirst().contains("\"select\":\"all\""));
    }

    @ParameterizedTest
    @CsvSource({"s, 'a:i b:i c:i'", "S, 'c:i b:i a:i'"}) void sortsEitherWay(String letter, String order) {
        manager.answering(instance("b:i", "online", "none", ""), instance("c:i", "disabled", "none", ""),
                instance("a:i", "maintenance", "none", ""));
        assertPrints(svcs("-H", "-o", "fmri", "-" + letter, "FMRI"), "svc:/" + order.replace(" ", "\nsvc:/") + "\n");
    }

    @Test void sortKeysCountInTheirOrder() {
        manager.answering(instance("b:i", "online", "none", ""), instance("c:i", "disabled", "none", ""),
                instance("a:i", "online", "none", ""));
        assertPrints(svcs("-H", "-o", "svc", "-S", "state", "-s", "fmri"), "a\nb\nc\n");
    }

    @Test void headerIsPrintedThoughNothingMatched() {
        manager.answering("{\"warning\":\"Pattern 'x' doesn't match any instances\"}", "{\"status\":1}");
        Outcome outcome = svcs("x");
        assertEquals(new Outcome(1, "STATE          STIME    FMRI\n", "svcs: Pattern 'x' doesn't match any instances\n"), outcome);
        manager.answering("{\"warning\":\"Pattern 'x' doesn't match any instances\"}", instance("a:b", "online", "none", ""));
        assertEquals(new Outcome(1, "svc:/a:b\n", "svcs: Pattern 'x' doesn't match any instances\n"), svcs("-Hofmri", "x", "a"));
    }

    @Test void processesFollowTheirInstanceByPid() {
        String processes = "\"processes\":[{\"pid\":100942,\"started\":\"1740819600.5\",\"command\":\"webd-helper\",\"arguments\":\"x\"},"
                + "{\"pid\":4711,\"started\":\"1741079101.25\",\"command\":\"webd\",\"arguments\":\"webd -f\"}]";
        manager.answering(instance("site/web:blue", "online", "none", at(2025, 3, 4, 9, 5, 1) + "," + processes));
        assertPrints(svcs("-p", "web"), """
                STATE          STIME    FMRI
                online          9:05:01 svc:/site/web:blue
                                9:05:01     4711 webd
                               Mar_01     100942 webd-helper
                """);
        assertTrue(manager.requests().getFirst().contains("\"details\":[\"processes\"]"));
    }

    @Test void dependenciesAndDependentsAskForThem() {
        manager.answering(instance("a:b", "online", "none", ""));
        assertPrints(svcs("-dHo", "fmri", "x"), "svc:/a:b\n");
        manager.answering();
        assertPrints(svcs("-DH", "-s", "fmri", "x"), "");
        assertEquals(List.of("{\"do\":\"list\",\"of\":\"dependencies\",\"patterns\":[\"x\"],\"members\":[\"next\",\"state\",\"since\"]}",
                "{\"do\":\"list\",\"of\":\"dependents\",\"patterns\":[\"x\"],\"members\":[\"next\",\"state\",\"since\"]}"),
                manager.requests());
    }

    @Test void longListingHasEachDatumThatExists() {
        manager.answering(instance("site/report:default", "offline", "none", at(2025, 3, 4, 14, 22, 10)
                + ",\"name\":\"nightly report builder\",\"enabled\":true,\"logfile\":\"/var/svc/log/site-report:default.log\","
                + "\"restarter\":\"svc:/system/svc/restarter:default\",\"contracts\":[],\"containment\":\"cgroup\",\"faults\":\"of mains\",\"dependencies\":["
                + "{\"name\":\"db\",\"grouping\":\"require_all\",\"restart_on\":\"error\",\"entities\":["
                + "{\"fmri\":\"svc:/site/db:primary\",\"state\":\"maintenance\"},{\"fmri\":\"svc:/site/queue\",\"state\":\"online\"}]},"
                + "{\"name\":\"mail\",\"grouping\":\"optional_all\",\"restart_on\":\"none\",\"entities\":["
                + "{\"fmri\":\"svc:/site/mail\",\"state\":\"multiple\"}]}]"),
                instance("site/web:blue", "disabled", "none",
                        "\"enabled\":true,\"override\":false,\"comment\":\"OPS-77\",\"contracts\":[17,18],"
                                + "\"containment\":\"fallback\",\"faults\":\"unseen\",\"processes\":[{\"pid\":7,\"started\":\"1.0\",\"command\":\"sh\",\"arguments\":\"sh -c x\"}],"
                                + "\"properties\":[{\"name\":\"config\",\"type\":\"application\",\"description\":\"how it runs\",\"properties\":["
                                + "{\"name\":\"port\",\"type\":\"count\",\"values\":[\"80\",\"81\"]},"
                                + "{\"name\":\"motd\",\"type\":\"astring\",\"values\":[\"hello (world)\"],\"description\":\"a greeting\"}]}]"));
        assertPrints(svcs("-lvp", "report", "web"), """
                fmri         svc:/site/report:default
                name         nightly report builder
                enabled      true
                state        offline
                next_state   none
                state_time   Tue Mar  4 14:22:10 2025
                logfile      /var/svc/log/site-report:default.log
                restarter    svc:/system/svc/restarter:default
                contract_id \s
                faults       seen of main processes only (startd/ignore_error has no effect on others)
                dependency   require_all/error svc:/site/db:primary (maintenance) svc:/site/queue (online)
                dependency   optional_all/none svc:/site/mail (multiple)

                fmri         svc:/site/web:blue
                enabled      false (temporary)
                comment      OPS-77
                state        disabled
                next_state   none
                contract_id  17 18\s
                containment  fallback (weaker: processes that hide from /proc are not contained)
                faults       not seen (only that no process is left; startd/ignore_error has no effect)
                process      7 sh -c x
                config (application)
                  how it runs
                config/port (count) = 80 81\s
                config/motd (astring) = "hello (world)"\s
                  a greeting
                """);
        assertTrue(manager.requests().getFirst().contains("[\"dependencies\",\"processes\",\"properties\"]"));
    }

    @ParameterizedTest
    @CsvSource({"'\"enabled\":true', 'true'", "'\"enabled\":false', 'false'", "'\"enabled\":true,\"override\":true', 'true'",
            "'\"enabled\":true,\"override\":false', 'false (temporary)'", "'\"enabled\":false,\"override\":true', 'true (temporary)'",
            "'\"override\":true', 'true (temporary)'"}) void temporaryIsSaidOnlyWhereItDiffers(String members, String enabled) {
        manager.answering(instance("a:b", "online", "none", members));
        assertTrue(svcs("-l", "a").out().contains("\nenabled      " + enabled + "\n"));
    }

    @Test void logsAreOnePathALine() {
        manager.answering(instance("a:b", "online", "none", "\"logfile\":\"/var/svc/log/a:b.log\""),
                instance("c:d", "online", "none", "\"alt_logfile\":\"/run/svc/log/c:d.log\""), instance("e:f", "disabled", "none", ""));
        assertPrints(svcs("-L"), "/var/svc/log/a:b.log\n/run/svc/log/c:d.log\n");
    }

    @Test void explanationNamesReasonSourcesImpactAndAdvice() {
        manager.answering("{\"message_base\":\"http://illumos.org/msg/\"}", "{\"explanation\":{\"fmri\":\"svc:/site/db:primary\","
                + "\"name\":\"record store\",\"state\":\"maintenance\"," + at(2025, 3, 4, 14, 20, 59) + ",\"running\":false,\"reasons\":["
                + "{\"text\":\"Start method failed repeatedly, last exited with status 2.\",\"message\":\"SMF-8000-KS\"}],"
                + "\"documents\":[{\"title\":\"recstore\",\"section\":\"8\",\"path\":\":default\"},{\"uri\":\"http://x/\"}],"
                + "\"logs\":[\"/var/svc/log/site-db:primary.log\"],\"impact\":[\"svc:/site/gateway:default\",\"svc:/site/report:default\"],"
                + "\"advice\":[\"correct the cause, then: svcadm clear site/db:primary\"]}}",
                "{\"explanation\":{\"fmri\":\"svc:/site/import:default\",\"state\":\"offline\"," + at(2025, 3, 4, 14, 22, 10)
                        + ",\"running\":false,\"reasons\":[{\"text\":\"Dependency file://localhost/etc/import.conf is absent.\","
                        + "\"message\":\"SMF-8000-E2\"}],\"logs\":[],\"impact\":[]}}");
        assertPrints(svcs("-x"), """
                svc:/site/db:primary (record store)
                 State: maintenance since Tue Mar  4 14:20:59 2025
                Reason: Start method failed repeatedly, last exited with status 2.
                   See: http://illumos.org/msg/SMF-8000-KS
                   See: recstore(8)
                   See: http://x/
                   See: /var/svc/log/site-db:primary.log
                Impact: 2 dependent services are not running.  (Use -v for list.)
                    Do: correct the cause, then: svcadm clear site/db:primary

                svc:/site/import:default (?)
                 State: offline since Tue Mar  4 14:22:10 2025
                Reason: Dependency file://localhost/etc/import.conf is absent.
                   See: http://illumos.org/msg/SMF-8000-E2
                Impact: This service is not running.
                """);
    }

    @Test void verboseExplanationHasPathManualAndImpact() {
        manager.answering("{\"explanation\":{\"fmri\":\"svc:/site/report:default\",\"name\":\"reports\",\"state\":\"offline\","
                + at(2025, 3, 4, 14, 22, 10)
                + ",\"running\":false,\"reasons\":[{\"text\":\"Service svc:/site/database-cluster:primary is not "
                + "running; a method failed repeatedly.\",\"message\":\"SMF-8000-GE\",\"path\":[\"svc:/site/report:default\","
                + "\"svc:/site/gateway:default\",\"svc:/site/database-cluster:primary\"]}],"
                + "\"documents\":[{\"title\":\"reportd\",\"section\":\"8\",\"path\":\":default\"},{\"title\":\"x\",\"section\":\"1\"}],"
                + "\"impact\":[\"svc:/site/y:default\"],\"excerpt\":[\"[ Mar 4 line ]\"]}}");
        assertPrints(svcs("-xvL", "report"), """
                svc:/site/report:default (reports)
                 State: offline since Tue Mar  4 14:22:10 2025
                Reason: Service svc:/site/database-cluster:primary
                        is not running; a method failed repeatedly.
                  Path: svc:/site/report:default
                          svc:/site/gateway:default
                            svc:/site/database-cluster:primary
                   See: man -M /usr/share/man -s 8 reportd
                Impact: 1 dependent service is not running:
                        svc:/site/y:default
                   Log:
                [ Mar 4 line ]
                """);
    }

    @Test void runningInstanceHasNoImpact() {
        manager.answering("{\"explanation\":{\"fmri\":\"svc:/a:b\",\"state\":\"online\",\"running\":true,\"reasons\":[]}}");
        assertPrints(svcs("-x", "a"), "svc:/a:b (?)\n State: online\nImpact: None.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Q", "-l", "-d", "-D", "-lx a", "-ll a", "-x -o fmri", "-xp", "-l -H a", "-d -a a", "-D -R svc:/a:b a", "-z",
            "-Z -z zone", "-o bogus", "-s bogus", "-S nope", "-L -s fmri", "--bogus"}) void misuseIsUsage(String line) {
        Outcome outcome = svcs(line.split(" "));
        assertEquals(2, outcome.status(), outcome.err());
        assertEquals("", outcome.out());
        assertTrue(outcome.err().startsWith("svcs: ") && outcome.err().contains("Usage: svcs"), outcome.err());
    }

    @ParameterizedTest
    @CsvSource({"-Z, svcs -Z may only be used from the global zone", "-Za, svcs -Z may only be used from the global zone",
            "-R bogus::, Restarter FMRI \"bogus::\" is invalid.",
            "-R a/b, Restarter FMRI \"a/b\" does not designate an instance."}) void whatCannotBeHereFails(String line, String message) {
        assertEquals(new Outcome(1, "", "svcs: " + message + "\n"), svcs(line.split(" ")));
    }

    @Test void restartersAreAskedFor() {
        manager.answering();
        svcs("-R", "svc:/network/inetd:default", "-R", "a:b");
        assertTrue(manager.requests().getFirst().contains("\"select\":\"all\",\"restarters\":[\"svc:/network/inetd:default\",\"a:b\"]"));
    }

    @Test void allIsIgnoredWithOperands() {
        manager.answering(instance("a:b", "online", "none", ""));
        assertEquals(new Outcome(0, "svc:/a:b\n", "svcs: -a ignored when used with arguments.\n"), svcs("-aHofmri", "a"));
    }

    @Test void helpGoesToOutputWithEveryColumn() {
        for (String option : List.of("-?", "--help")) {
            Outcome outcome = svcs(option);
            assertEquals(0, outcome.status());
            assertEquals("", outcome.err());
            for (Column column : Column.values()) {
                assertTrue(outcome.out().contains("\n    " + column.name() + " "), column.name());
            }
        }
    }

    @Test void versionNamesTheCommand() {
        assertTrue(svcs("--version").out().matches("svcs \\(SVC\\) [0-9.]+.*\n"));
    }

    @Test void answerThatIsNotUnderstoodFails() {
        manager.answering("{\"instance\":{\"fmri\":1}}");
        assertEquals(new Outcome(1, "", "svcs: the manager of " + root + " is not understood: member \"fmri\" is not a text\n"), svcs());
    }
}
