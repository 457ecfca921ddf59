package dev.svc.contract;

import static dev.svc.contract.Bench.WEB;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.model.Sequence;
import dev.svc.model.ServiceModel;
import dev.svc.model.WaitStatus;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Event;
import dev.svc.restarter.Found;
import dev.svc.restarter.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Contracts on the kernel's cgroups.
class CgroupContractsIT {
    private static final int FLOOD = 3000;

    private Bench bench;

    @BeforeEach void open() throws Exception {
        bench = new Bench();
        assertEquals(List.of(), bench.open());
        assertEquals(Contracts.Containment.CGROUP, bench.contracts.containment());
    }

    @AfterEach void close() throws Exception {
        bench.close();
    }

    @Test void signalReachesNestedGroups() throws Exception {
        ContractId contract = bench.run(1, "sh -c 'mkdir $0/in; echo 0 >$0/in/cgroup.procs; exec sleep 1000' " + group(1));
        bench.awaitMembers(contract, "sh", "sleep");
        assertFalse(bench.contracts.revoke(WEB, contract));
        bench.contracts.signal(WEB, contract, "HUP");
        assertEquals(new Event.MethodExited(contract, WaitStatus.killedBy(1)), bench.next());
        assertEquals(new Event.ContractEmptied(contract), bench.next());
        assertTrue(bench.contracts.revoke(WEB, contract));
    }

    @Test void recordBesideTheContractIsFoundAndDropped() throws Exception {
        Path exits = bench.root.run().resolve("exit");
        Files.delete(exits);
        ContractId contract = bench.run(1, "sh -c 'sleep 1000 & exit 5'");
        assertEquals(new Event.MethodExited(contract, WaitStatus.exited(5)), bench.next());
        Path record = Path.of(group(1) + ".5");
        assertTrue(Files.isDirectory(record));
        bench.contracts.dropExitRecord(contract);
        assertFalse(Files.exists(record));
    }

    @Test void recordsInAFloodAreAllTold() throws Exception {
        Path exits = bench.root.run().resolve("exit");
        for (long contract = 1; contract <= FLOOD; contract++) {
            bench.contracts.create(WEB, new ContractId(contract));
        }
        for (long contract = 1; contract <= FLOOD; contract++) {
            Files.createFile(exits.resolve(contract + ".0"));
        }
        Set<ContractId> told = new HashSet<>();
        while (told.size() < FLOOD) {
            if (bench.next() instanceof Event.MethodExited(var contract, _)) {
                assertTrue(told.add(contract), "told twice: " + contract);
            }
        }
    }

    @Test void damagedLabelGivesWayToItsCopyAndBothAreReported() throws Exception {
        Label label = Label.fresh(WEB, ServiceModel.CONTRACT, true, Sequence.NONE, Instant.EPOCH).withRevision(3);
        bench.contracts.writeLabel(label);
        Cgroup group = new Cgroup(bench.group().resolve("site/web:default"));
        group.setAttribute("svc.label", new byte[]{'{', '}'});
        bench.abandon();
        assertEquals(new Found(WEB, Optional.of(label), Found.Reading.INTACT, List.of()), bench.open().getFirst());
        Files.write(bench.root.run().resolve("label/site%web:default"), new byte[]{'{'});
        bench.abandon();
        assertEquals(new Found(WEB, Optional.empty(), Found.Reading.UNREADABLE, List.of()), bench.open().getFirst());
    }

    @Test void newerOfTwoLabelsIsTaken() throws Exception {
        Label old = Label.fresh(WEB, ServiceModel.CONTRACT, true, Sequence.NONE, Instant.EPOCH).withRevision(3);
        bench.contracts.writeLabel(old.withRevision(4));
        new Cgroup(bench.group().resolve("site/web:default")).setAttribute("svc.label", LabelFormat.bytes(old));
        bench.abandon();
        assertEquals(4, bench.open().getFirst().label().orElseThrow().revision());
    }

    /// Else it would speak as soon as the copy is damaged (simulation, seed 400032307).
    @Test void olderLabelDoesNotStayOnAGroupThatIsFull() throws Exception {
        Label old = Label.fresh(WEB, ServiceModel.CONTRACT, true, Sequence.NONE, Instant.EPOCH);
        bench.contracts.writeLabel(old);
        Cgroup group = new Cgroup(bench.group().resolve("site/web:default"));
        for (int i = 0; i < 2; i++) {
            group.setAttribute("svc.full" + i, new byte[60_000]);
        }
        Label longer = old.withSettings(true, Optional.empty(), Sequence.NONE, Optional.of("x".repeat(20_000))).withRevision(1);
        bench.contracts.writeLabel(longer);
        assertEquals(Optional.empty(), group.attribute("svc.label"));
        bench.abandon();
        assertEquals(Optional.of(longer), bench.open().getFirst().label());
    }

    @Test void labelWithoutRoomForItsCopyStandsOnTheGroupAlone() throws Exception {
        Label label = Label.fresh(WEB, ServiceModel.CONTRACT, true, Sequence.NONE, Instant.EPOCH);
        Path copies = bench.root.run().resolve("label");
        Files.delete(copies);
        Files.createFile(copies);
        bench.contracts.writeLabel(label);
        Files.delete(copies);
        bench.abandon();
        assertEquals(Optional.of(label), bench.open().getFirst().label());
    }

    @Test void longAttributeIsReadWhole() throws Exception {
        Cgroup group = new Cgroup(bench.group());
        byte[] value = new byte[20_000];
        Arrays.fill(value, (byte) 'x');
        group.setAttribute("svc.long", value);
        assertArrayEquals(value, group.attribute("svc.long").orElseThrow());
        assertEquals(Optional.empty(), group.attribute("svc.none"));
    }

    @Test void nameOfTheLabelIsTheOneTheKernelShows() throws Exception {
        bench.contracts.writeLabel(Label.fresh(WEB, ServiceModel.CONTRACT, true, Sequence.NONE, Instant.EPOCH));
        Path group = bench.group().resolve("site/web:default");
        assertEquals(List.of("svc.label"), Files.getFileAttributeView(group, UserDefinedFileAttributeView.class).list());
    }

    private String group(long contract) throws IOException {
        return bench.group().resolve("site/web:default/" + contract).toString();
    }
}
