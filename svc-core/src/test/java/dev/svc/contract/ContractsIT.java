package dev.svc.contract;

import static dev.svc.contract.Bench.WEB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.model.Sequence;
import dev.svc.model.ServiceModel;
import dev.svc.model.WaitStatus;
import dev.svc.posix.ProcessIdentity;
import dev.svc.restarter.BootTime;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Event;
import dev.svc.restarter.Found;
import dev.svc.restarter.Found.FoundContract;
import dev.svc.restarter.Label;
import dev.svc.restarter.Phase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What both kinds of contracts promise.
@ParameterizedClass
@EnumSource(Contracts.Containment.class) class ContractsIT {
    private static final int CGROUP_RACES = 1000;
    /// Each costs a scan of all processes.
    private static final int FALLBACK_RACES = 200;
    private static final long STEP_NANOS = 1_000_000;

    @Parameter private Contracts.Containment containment;
    private Bench bench;

    @BeforeEach void open() throws Exception {
        bench = new Bench(containment);
        assertEquals(List.of(), bench.open());
    }

    @AfterEach void close() throws Exception {
        bench.close();
    }

    @Test void exitIsToldBeforeEmptied() throws Exception {
        ContractId contract = bench.run(1, "sh -c 'echo hello; exit 3'");
        assertEquals(new Event.MethodExited(contract, WaitStatus.exited(3)), bench.next());
        assertEquals(new Event.ContractEmptied(contract), bench.next());
        assertEquals("hello\n", bench.log());
        assertTrue(bench.contracts.revoke(WEB, contract));
    }

    @Test void daemonOutlivesItsStartMethodUntilItIsKilled() throws Exception {
        ContractId contract = bench.run(1, "sh -c 'setsid sleep 1000 & exit 0'");
        assertEquals(new Event.MethodExited(contract, WaitStatus.exited(0)), bench.next());
        bench.awaitMembers(contract, "sleep");
        assertFalse(bench.contracts.revoke(WEB, contract));
        bench.contracts.kill(WEB, contract);
        assertEquals(new Event.ContractEmptied(contract), bench.next());
        assertTrue(bench.contracts.revoke(WEB, contract));
    }

    @Test void contractIsToldToBeEmptyAgainAfterItsRevocationWasRefused() throws Exception {
        ContractId contract = bench.run(1, "/bin/true");
        bench.await(event -> event.equals(new Event.ContractEmptied(contract)));
        // Whoever looks after contracts is held up elsewhere, and does not see it entered and left again.
        CountDownLatch elsewhere = new CountDownLatch(1);
        bench.holding.put(new ContractId(2), elsewhere);
        ContractId other = bench.run(2, "/bin/true");
        bench.await(event -> event.equals(new Event.MethodExited(other, WaitStatus.exited(0))));
        bench.contracts.launch(bench.launch(contract, "/bin/sleep 1000"));
        bench.awaitMembers(contract, "sh", "sleep");
        assertFalse(bench.contracts.revoke(WEB, contract));
        bench.contracts.kill(WEB, contract);
        bench.awaitMembers(contract);
        elsewhere.countDown();
        bench.await(event -> event.equals(new Event.ContractEmptied(contract)));
        assertTrue(bench.contracts.revoke(WEB, contract));
    }

    @Test void killedContractIsToldToBeEmptyWithoutARecord() throws Exception {
        ContractId contract = bench.run(1, "/bin/sleep 1000");
        bench.awaitMembers(contract, "sh", "sleep");
        bench.contracts.kill(WEB, contract);
        assertEquals(new Event.ContractEmptied(contract), bench.next());
    }

    @Test void launcherThatIsKilledIsLostThoughItsMethodLives() throws Exception {
        ContractId contract = bench.run(1, "/bin/sleep 1000");
        bench.awaitMembers(contract, "sh", "sleep");
        ProcessHandle.of(bench.contracts.members(WEB, contract).getFirst().pid()).orElseThrow().destroyForcibly();
        assertEquals(new Event.LauncherLost(contract), bench.next());
        bench.contracts.signal(WEB, contract, "TERM");
        assertEquals(new Event.ContractEmptied(contract), bench.next());
    }

    @Test void signalReachesEveryProcessAndTheLauncherRecordsIt() throws Exception {
        ContractId contract = bench.run(1, "/bin/sleep 1000");
        bench.awaitMembers(contract, "sh", "sleep");
        bench.contracts.signal(WEB, contract, "TERM");
        assertEquals(new Event.MethodExited(contract, WaitStatus.killedBy(15)), bench.next());
        assertEquals(new Event.ContractEmptied(contract), bench.next());
    }

    @Test void signalTheLauncherCouldNotSurviveIsNotSentToIt() throws Exception {
        ContractId contract = bench.run(1, "/bin/sleep 1000");
        bench.awaitMembers(contract, "sh", "sleep");
        bench.contracts.signal(WEB, contract, "36");
        assertEquals(new Event.MethodExited(contract, WaitStatus.killedBy(36)), bench.next());
    }

    @Test void launcherOfARevokedContractRunsNothing() throws Exception {
        ContractId contract = new ContractId(1);
        bench.contracts.create(WEB, contract);
        assertTrue(bench.contracts.revoke(WEB, contract));
        bench.contracts.launch(bench.launch(contract, "/bin/touch " + bench.root.path().resolve("ran")));
        ContractId other = bench.run(2, "/bin/true");
        assertEquals(new Event.MethodExited(other, WaitStatus.exited(0)), bench.next());
        assertFalse(Files.exists(bench.root.path().resolve("ran")));
    }

    @Test void refusedRevocationIsFollowedByEmpty() throws Exception {
        ContractId contract = bench.run(1, "/bin/sleep 1000");
        bench.awaitMembers(contract, "sh", "sleep");
        bench.contracts.signal(WEB, contract, "TERM");
        while (!bench.contracts.revoke(WEB, contract)) {
            bench.await(event -> event instanceof Event.ContractEmptied);
        }
    }

    @Test void errorAboutOneContractKeepsNothingFromBeingTold() throws Exception {
        bench.breaking.add(new ContractId(1));
        ContractId broken = bench.run(1, "sh -c 'exit 1'");
        while (bench.breaking.contains(broken)) {
            Thread.onSpinWait();
        }
        ContractId other = bench.run(2, "sh -c 'exit 2'");
        Set<Event> told = new HashSet<>();
        while (told.size() < 4) {
            told.add(bench.next());
        }
        assertEquals(Set.of(new Event.MethodExited(broken, WaitStatus.exited(1)), new Event.ContractEmptied(broken),
                new Event.MethodExited(other, WaitStatus.exited(2)), new Event.ContractEmptied(other)), told);
    }

    @Test void droppedRecordIsGone() throws Exception {
        ContractId contract = bench.run(1, "/bin/true");
        bench.await(event -> event instanceof Event.ContractEmptied);
        assertTrue(Files.exists(bench.root.run().resolve("exit/1.0")));
        bench.contracts.dropExitRecord(contract);
        assertFalse(Files.exists(bench.root.run().resolve("exit/1.0")));
    }

    @Test void successorFindsWhatItsPredecessorLeft() throws Exception {
        ContractId alive = bench.run(1, "/bin/sleep 1000");
        bench.awaitMembers(alive, "sh", "sleep");
        ContractId gone = bench.run(2, "sh -c 'exit 3'");
        bench.await(event -> event.equals(new Event.ContractEmptied(gone)));
        Label label = Label.fresh(WEB, ServiceModel.CONTRACT, true, Sequence.NONE, Instant.EPOCH)
                .withPhase(new Phase.Starting(alive, Optional.empty(), Optional.empty()), Instant.EPOCH)
                .withRevision(5);
        bench.contracts.writeLabel(label);
        RootRecord record = new RootRecord(
                new Sequence(1, "a", 7), new ContractId(64), "all", true, true, Optional.of(new BootTime(5)));
        bench.contracts.writeRoot(record);
        bench.abandon();
        Found found = bench.open().getFirst();
        assertFalse(bench.contracts.coldBoot());
        assertEquals(record, bench.contracts.root());
        assertEquals(Optional.of(label), found.label());
        List<FoundContract> contracts = found.contracts().stream().sorted(Comparator.comparing(FoundContract::id)).toList();
        assertEquals(List.of(
                new FoundContract(alive, true, true, true, true, Optional.empty()),
                new FoundContract(gone, true, false, false, true, Optional.of(WaitStatus.exited(3)))), contracts);
        bench.contracts.signal(WEB, alive, "TERM");
        // Between them the kernel may report again, and late, that the other one is empty.
        bench.await(event -> event.equals(new Event.MethodExited(alive, WaitStatus.killedBy(15))));
        bench.await(event -> event.equals(new Event.ContractEmptied(alive)));
    }

    @Test void launcherThatASuccessorAdoptedIsMissedWhenItIsKilled() throws Exception {
        ContractId contract = bench.run(1, "/bin/sleep 1000");
        bench.awaitMembers(contract, "sh", "sleep");
        bench.abandon();
        bench.open();
        ProcessHandle.of(bench.contracts.members(WEB, contract).getFirst().pid()).orElseThrow().destroyForcibly();
        assertEquals(new Event.LauncherLost(contract), bench.next());
    }

    @Test void recordOfAContractThatIsGoneIsFoundByTheLabelThatNamesIt() throws Exception {
        ContractId contract = bench.run(1, "/bin/true");
        bench.await(event -> event.equals(new Event.ContractEmptied(contract)));
        bench.contracts.writeLabel(Label.fresh(WEB, ServiceModel.TRANSIENT, true, Sequence.NONE, Instant.EPOCH)
                .withPhase(new Phase.Starting(contract, Optional.empty(), Optional.empty()), Instant.EPOCH));
        assertTrue(bench.contracts.revoke(WEB, contract));
        ContractId nameless = bench.run(2, "/bin/true");
        bench.await(event -> event.equals(new Event.ContractEmptied(nameless)));
        assertTrue(bench.contracts.revoke(WEB, nameless));
        bench.abandon();
        assertEquals(List.of(new FoundContract(contract, false, false, false, true, Optional.of(WaitStatus.exited(0)))),
                bench.open().getFirst().contracts());
        assertFalse(Files.exists(bench.root.run().resolve("exit/2.0")));
    }

    @Test void instanceThatWasRemovedLeavesNothing() throws Exception {
        bench.contracts.writeLabel(Label.fresh(WEB, ServiceModel.TRANSIENT, true, Sequence.NONE, Instant.EPOCH));
        bench.contracts.removeGroup(WEB);
        bench.abandon();
        assertEquals(List.of(), bench.open());
    }

    @Test void damagedCopiesOfLabelAndRootAreWrittenAgain() throws Exception {
        Label label = Label.fresh(WEB, ServiceModel.TRANSIENT, true, Sequence.NONE, Instant.EPOCH).withRevision(1);
        RootRecord root = new RootRecord(Sequence.NONE, new ContractId(18), "none", true, false, Optional.empty());
        bench.contracts.writeLabel(label);
        bench.contracts.writeRoot(root);
        assertEquals(List.of(), bench.contracts.scrubLabel(label));
        assertEquals(List.of(), bench.contracts.scrubRoot(root));
        bench.loseLabelsAndRoot();
        int copies = containment == Contracts.Containment.CGROUP ? 2 : 1;
        assertEquals(copies, bench.contracts.scrubLabel(label).size());
        assertEquals(copies, bench.contracts.scrubRoot(root).size());
        assertEquals(List.of(), bench.contracts.scrubLabel(label));
        assertEquals(List.of(), bench.contracts.scrubRoot(root));
        bench.abandon();
        assertEquals(Optional.of(label), bench.open().getFirst().label());
        assertEquals(root, bench.contracts.root());
    }

    @Test void successorFindsNothingWrongWithWhatItTookOver() throws Exception {
        Label label = Label.fresh(WEB, ServiceModel.TRANSIENT, true, Sequence.NONE, Instant.EPOCH).withRevision(1);
        RootRecord root = new RootRecord(Sequence.NONE, new ContractId(18), "none", true, false, Optional.empty());
        bench.contracts.writeLabel(label);
        bench.contracts.writeRoot(root);
        bench.abandon();
        bench.open();
        assertEquals(root, bench.contracts.root());
        assertEquals(List.of(), bench.contracts.scrubLabel(label));
        assertEquals(List.of(), bench.contracts.scrubRoot(root));
    }

    @Test void newBootDiscardsLabelsAndRecordsIfNothingIsAlive() throws Exception {
        ContractId contract = bench.run(1, "/bin/true");
        bench.await(event -> event.equals(new Event.ContractEmptied(contract)));
        bench.contracts.writeLabel(Label.fresh(WEB, ServiceModel.TRANSIENT, true, Sequence.NONE, Instant.EPOCH));
        bench.pretendAnotherBoot();
        assertEquals(List.of(), bench.open());
        assertTrue(bench.contracts.coldBoot());
        assertEquals(RootRecord.NONE, bench.contracts.root());
    }

    @Test void contractIdsGoOnWhenEverythingWasStopped() throws Exception {
        ContractId contract = bench.run(1, "/bin/true");
        bench.await(event -> event.equals(new Event.ContractEmptied(contract)));
        assertTrue(bench.contracts.revoke(WEB, contract));
        bench.contracts.writeRoot(new RootRecord(Sequence.NONE, new ContractId(18), "none", true, true, Optional.empty()));
        Ending ending = new Ending(Optional.of(new ProcessIdentity(7, 8)), 6);
        assertEquals(Optional.empty(), Ending.last(bench.root));
        bench.contracts.endBoot(bench.contracts.root(), ending);
        bench.abandon();
        assertEquals(List.of(), bench.open());
        assertTrue(bench.contracts.coldBoot());
        assertEquals(Optional.of(ending), Ending.last(bench.root));
        assertEquals(RootRecord.nothing(new ContractId(18)), bench.contracts.root());
        assertTrue(bench.contracts.root().saysNothing());
    }

    @Test void newBootKeepsEverythingIfSomethingIsAlive() throws Exception {
        ContractId contract = bench.run(1, "/bin/sleep 1000");
        bench.awaitMembers(contract, "sh", "sleep");
        bench.pretendAnotherBoot();
        assertTrue(bench.open().getFirst().contracts().getFirst().populated());
        assertFalse(bench.contracts.coldBoot());
    }

    @Test void secondManagerIsRefusedByName() throws Exception {
        RootHeldException refusal = assertThrows(RootHeldException.class, bench::openSecond);
        assertTrue(refusal.getMessage().endsWith(" holds the root " + bench.root), refusal.getMessage());
    }

    @Test void managerInAnotherProcessIsRefusedWithOurPid() throws Exception {
        Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), SecondManager.class.getName(),
                bench.root.toString(), bench.home.toString(), containment.name()).redirectErrorStream(true).start();
        String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals("another manager (pid " + ProcessHandle.current().pid() + ") holds the root " + bench.root, said);
    }

    @Test void spawnRacedAgainstRevokeIsEitherRunOrRevoked() throws Exception {
        Set<String> neverRun = new HashSet<>();
        Path touched = Files.createDirectories(bench.root.path().resolve("ran"));
        Random random = new Random(4711);
        int races = containment == Contracts.Containment.CGROUP ? CGROUP_RACES : FALLBACK_RACES;
        // Whoever won has to give the other a start next time, so that the race stays close on any machine, however fast or busy.
        long headStart = 0;
        for (int race = 1; race <= races; race++) {
            ContractId contract = new ContractId(race);
            bench.contracts.create(WEB, contract);
            long until = System.nanoTime() + headStart;
            CompletableFuture<Void> launch = bench.launchAside(contract, "/bin/touch " + touched.resolve(Integer.toString(race)));
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            boolean refused = !bench.contracts.revoke(WEB, contract);
            launch.get();
            // Revoked with a record: it ran and was over before we came.
            boolean ran = refused || Files.exists(bench.root.run().resolve("exit/" + race + ".0"));
            if (refused) {
                bench.await(event -> event.equals(new Event.ContractEmptied(contract)));
                assertTrue(bench.contracts.revoke(WEB, contract));
            }
            if (ran) {
                assertTrue(Files.exists(touched.resolve(Integer.toString(race))), "entered, yet it did not run: " + race);
            } else {
                neverRun.add(Integer.toString(race));
            }
            headStart = Math.max(0, headStart + (ran ? -1 : 1) * random.nextLong(STEP_NANOS));
        }
        assertFalse(neverRun.isEmpty(), "the launcher won all races");
        assertTrue(neverRun.size() < races, "the launcher won no race");
        bench.awaitChildren();
        try (Stream<Path> files = Files.list(touched)) {
            assertEquals(List.of(), files.map(file -> file.getFileName().toString()).filter(neverRun::contains).toList());
        }
    }
}
