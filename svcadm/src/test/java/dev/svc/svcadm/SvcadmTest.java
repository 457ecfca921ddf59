package dev.svc.svcadm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.command.CannedManager;
import dev.svc.command.CannedManager.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SvcadmTest {
    @TempDir Path root;

    private CannedManager manager;

    @BeforeEach void open() throws IOException {
        manager = new CannedManager(root);
    }

    @AfterEach void close() {
        manager.close();
    }

    private Outcome svcadm(String... arguments) {
        return manager.run("svcadm", console -> Svcadm.run(List.of(arguments), console));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"enable web | {'do':'enable','patterns':['web'],'tty':false}",
            "enable -rst web db | {'do':'enable','patterns':['web','db'],'temporary':true,'recursive':true,'synchronous':true,'tty':false}",
            "enable -s -T 30 web | {'do':'enable','patterns':['web'],'synchronous':true,'timeout':30,'tty':false}",
            "disable -st web | {'do':'disable','patterns':['web'],'temporary':true,'synchronous':true,'tty':false}",
            "disable -c why -c because web | {'do':'disable','patterns':['web'],'comment':'because','tty':false}",
            "restart -d web | {'do':'restart','patterns':['web'],'dump':true,'tty':false}",
            "-v refresh web | {'do':'refresh','patterns':['web'],'tty':false,'verbose':true}",
            "-S degraded clear | {'do':'clear','tty':false,'with_state':'degraded'}",
            "mark -It maintenance web | {'do':'mark','patterns':['web'],'temporary':true,'immediate':true,'state':'maintenance','tty':false}",
            "-S online mark degraded | {'do':'mark','state':'degraded','tty':false,'with_state':'online'}",
            "milestone -d multi-user | {'do':'milestone','default':true,'name':'svc:/milestone/multi-user:default','tty':false}",
            "milestone none extra | {'do':'milestone','name':'none','tty':false}",
            "enable -- -odd | {'do':'enable','patterns':['-odd'],'tty':false}",
            "enable web -s | {'do':'enable','patterns':['web','-s'],'tty':false}"}) void asksTheManager(String line, String request) {
        manager.answering();
        assertEquals(new Outcome(0, "", ""), svcadm(line.strip().split(" ")));
        assertEquals(List.of(request.replace('\'', '"').replace("false", "false,\"pid\":" + ProcessHandle.current().pid())),
                manager.requests());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-v", "bogus", "enable", "enable -q web", "-S online enable web", "mark maintenance", "mark odd web", "mark",
            "mark -t degraded web", "milestone", "milestone user", "milestone default", "enable -T 3 web", "enable -sT 0 web",
            "enable -sT x web", "-Q", "refresh", "-S online milestone all", "delegate a b"}) void misuseIsUsage(String line) {
        Outcome outcome = svcadm(line.split(" "));
        assertEquals(2, outcome.status(), outcome.err());
        assertEquals("", outcome.out());
        assertTrue(outcome.err().startsWith("svcadm: ") && outcome.err().contains("Usage: svcadm"), outcome.err());
        assertEquals(List.of(), manager.requests());
    }

    @Test void withoutArgumentsUsageIsShown() {
        assertEquals(2, svcadm().status());
        assertEquals(0, svcadm("-?").status());
        assertTrue(svcadm("--help").out().contains("svcadm mark"));
    }

    @Test void verboseSaysWhatWasDone() {
        String done = "{\"done\":\"svc:/a:b\",\"text\":\"svc:/a:b enabled.\"}";
        manager.answering(done);
        assertEquals(new Outcome(0, "svc:/a:b enabled.\n", ""), svcadm("-v", "enable", "a"));
        manager.answering(done);
        assertEquals(new Outcome(0, "", ""), svcadm("enable", "a"));
    }

    @Test void complaintsAreErrorsAndNotesAreNot() {
        manager.answering("{\"note\":\"svc:/a:b requires one of:\"}", "{\"error\":\"svc:/a:b: Permission denied.\"}",
                "{\"warning\":\"Pattern 'x' doesn't match any instances\"}");
        assertEquals(new Outcome(1, "svc:/a:b requires one of:\n",
                "svcadm: svc:/a:b: Permission denied.\nsvcadm: Pattern 'x' doesn't match any instances\n"),
                svcadm("enable", "-r", "a", "x"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4}) void statusOfTheEndLineIsTheExitStatus(int status) {
        manager.answering("{\"error\":\"Instance \\\"svc:/a:b\\\" is in maintenance state.\"}", "{\"status\":" + status + "}");
        assertEquals(status, svcadm("enable", "-s", "a").status());
    }

    @Test void brokenRestartIsNotRepeated() {
        manager.answering(CannedManager.HANG_UP);
        Outcome outcome = svcadm("restart", "a");
        assertEquals(new Outcome(1, "", "svcadm: outcome unknown: the manager of " + root + " went away before it answered\n"), outcome);
        assertEquals(1, manager.requests().size());
    }

    @Test void brokenEnableIsRepeatedAndShownOnce() {
        String done = "{\"done\":\"svc:/a:b\",\"text\":\"svc:/a:b enabled.\"}";
        manager.answering(done, CannedManager.HANG_UP).answering(done);
        assertEquals(new Outcome(0, "svc:/a:b enabled.\n", ""), svcadm("-v", "enable", "a"));
        assertEquals(2, manager.requests().size());
    }

    @Test void whatCannotBeHereFails() {
        assertEquals(new Outcome(1, "", "svcadm: svcadm -Z may only be used from the global zone\n"), svcadm("-Z", "enable", "a"));
        assertEquals(new Outcome(1, "", "svcadm: disable -c comment too long.\n"), svcadm("disable", "-c", "x".repeat(1024), "a"));
        assertEquals(new Outcome(1, "", "svcadm: clear is for instances in state maintenance or degraded, not online\n"),
                svcadm("-S", "online", "clear"));
    }

    @ParameterizedTest
    @CsvSource({"multi-user, multi-user", "milestone/single-user, single-user", "single-user:default, single-user",
            "svc:/milestone/multi-user-server:default, multi-user-server",
            "milestone/multi-user-server, multi-user-server"}) void milestoneIsNamedByAPart(String operand, String milestone) {
        assertEquals(Optional.of("svc:/milestone/" + milestone + ":default"), Milestone.milestone(operand));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user", "default", "svc", "multi", "multi-user-", ":default", "network", "All",
            "svc:/milestone"}) void notAMilestone(String operand) {
        assertEquals(Optional.empty(), Milestone.milestone(operand));
    }
}
