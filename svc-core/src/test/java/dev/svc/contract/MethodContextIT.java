package dev.svc.contract;

import static dev.svc.contract.Bench.WEB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.svc.model.MethodContext;
import dev.svc.posix.Credentials;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a method finds around it: rights, directory, environment, session.
class MethodContextIT {
    private Bench bench;
    private long lastContract;

    @BeforeEach void open() throws Exception {
        bench = new Bench(Contracts.Containment.FALLBACK);
        bench.open();
    }

    @AfterEach void close() throws Exception {
        bench.close();
    }

    @Test void withoutContextTheEnvironmentHasSmfsVariablesAndNothingElse() throws Exception {
        assertEquals("PATH=/usr/sbin:/usr/bin:/sbin:/bin\nSMF_FMRI=svc:/site/web:default\nSMF_METHOD=start\n",
                output("env | grep -v -e ^PWD= -e ^SVC_CONTRACT= | sort", Bench.NO_CONTEXT));
    }

    @Test void contextAddsAndReplacesButNeverSmfsOwn() throws Exception {
        MethodContext context = context(List.of("PATH=/bin", "COLOUR=sea green", "SMF_FMRI=svc:/mine:default", "nonsense"));
        String output = output("env | grep -v -e ^PWD= -e ^SVC_CONTRACT= | sort", context);
        assertTrue(output.endsWith("COLOUR=sea green\nPATH=/bin\nSMF_FMRI=svc:/site/web:default\nSMF_METHOD=start\n"), output);
        assertTrue(output.contains(" Invalid environment variable \"SMF_FMRI=svc:/mine:default\". ]\n"), output);
        assertTrue(output.contains(" Invalid environment variable \"nonsense\". ]\n"), output);
    }

    @Test void whatHasNoMeaningHereIsSaidOnceAManager() throws Exception {
        MethodContext context = new MethodContext(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                List.of("project", "privileges"), List.of());
        String output = output("true", context);
        assertTrue(output.contains(" Method context: project has no meaning here and is ignored. ]\n"), output);
        assertTrue(output.contains(" Method context: privileges has no meaning here and is ignored. ]\n"), output);
        assertEquals("", output("true", context));
    }

    @Test void groupsThatOnlyRootCouldGiveAreSaidToBeIgnored() throws Exception {
        Credentials other = new Credentials(4711, 4711, Set.of(), 0);
        MethodContext context = new MethodContext(Optional.empty(), Optional.of("4711"), Optional.of("4711"), Optional.of("1, 2"),
                List.of(),
                List.of());
        assertEquals(List.of("Method context: supp_groups is ignored: only a manager that runs as root can give groups."),
                MethodCommand.of(bench.launch(next(), "/bin/true", context), Tools.find(), other).complaints());
    }

    @Test void preloadOfTheMethodActsOnTheMethodOnly() throws Exception {
        // Each program that is given the library to preload, and cannot, says so in the log.
        String output = output("true", context(List.of("LD_PRELOAD=/no/such/library.so")));
        assertEquals(List.of("sh"), output.lines().map(line -> line.replaceAll(".*ld.so.*", "sh")).distinct().toList());
        assertTrue(output.lines().count() <= 2, output);
    }

    @Test void workingDirectoryIsTheRootUnlessTheContextNamesOne() throws Exception {
        assertEquals("/\n", output("pwd", Bench.NO_CONTEXT));
        Path directory = Files.createDirectories(bench.root.path().resolve("it's here"));
        assertEquals(directory + "\n", output("pwd", in(directory.toString())));
    }

    @Test void workingDirectoryThatIsMissingIsAConfigurationError() throws Exception {
        String output = output("pwd", in("/no/such/directory"));
        assertTrue(output.contains("/no/such/directory"), output);
        assertTrue(Files.exists(bench.root.run().resolve("exit/" + lastContract + ".96")));
    }

    @Test void methodRunsAsTheUserItsContextNames() throws Exception {
        assumeTrue(Credentials.own().isRoot());
        assertEquals("65534 65534 65534\n", output("echo $(id -u) $(id -g) $(id -G)", as("nobody", Optional.empty(), Optional.empty())));
        assertEquals("1 2 2 4 7\n", output("echo $(id -u) $(id -g) $(id -G)", as("1", Optional.of("2"), Optional.of("4, 7"))));
        assertEquals("0\n",
                output("grep -c CapEff:.0000000000000000 /proc/self/status || true", as("root", Optional.empty(), Optional.empty())));
    }

    @Test void unknownUserCannotBeLaunched() throws Exception {
        LaunchException refusal = assertThrows(
                LaunchException.class, () -> output("true", as("no-such-user", Optional.empty(), Optional.empty())));
        assertEquals("svc.startd could not set context for method: user \"no-such-user\" is unknown", refusal.getMessage());
        assertEquals(Event.Severity.FATAL, refusal.severity());
    }

    @Test void sessionIsNeverOursAndLedByTheMethodIfItAsks() throws Exception {
        String shared = output("echo $(ps -o sid= -p $$) $$", Bench.NO_CONTEXT);
        long ours = Long.parseLong(Files.readString(Path.of("/proc/self/stat")).replaceAll("^.*\\) ", "").split(" ")[3]);
        assertTrue(Long.parseLong(shared.split(" ")[0]) != ours, shared);
        ContractId contract = next();
        Files.delete(bench.root.log(WEB));
        bench.contracts.create(WEB, contract);
        bench.contracts.launch(new Launch(WEB, contract, "start", "/bin/sh -c 'echo $(ps -o sid= -p $$) $$'", Bench.NO_CONTEXT, Map.of(),
                Launch.Session.OWN));
        bench.await(event -> event instanceof Event.MethodExited);
        String[] own = bench.log().strip().split(" ");
        assertEquals(own[0], own[1]);
    }

    private String output(String script, MethodContext context) throws Exception {
        Files.deleteIfExists(bench.root.log(WEB));
        ContractId contract = next();
        bench.contracts.create(WEB, contract);
        bench.contracts.launch(bench.launch(contract, "/bin/sh -c '" + script + "'", context));
        bench.await(event -> event instanceof Event.MethodExited);
        return bench.log();
    }

    private ContractId next() {
        return new ContractId(++lastContract);
    }

    private static MethodContext context(List<String> environment) {
        return new MethodContext(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), environment);
    }

    private static MethodContext in(String directory) {
        return new MethodContext(Optional.of(directory), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of());
    }

    private static MethodContext as(String user, Optional<String> group, Optional<String> groups) {
        return new MethodContext(Optional.empty(), Optional.of(user), group, groups, List.of(), List.of());
    }
}
