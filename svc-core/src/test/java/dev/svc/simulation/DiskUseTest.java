package dev.svc.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.engine.Administration;
import dev.svc.engine.Administration.Permanence;
import dev.svc.engine.Adoption;
import dev.svc.engine.Answer;
import dev.svc.engine.Asker;
import dev.svc.engine.Engine;
import dev.svc.engine.Imports;
import dev.svc.engine.Invoker;
import dev.svc.engine.WorkMark;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Change;
import dev.svc.model.State;
import dev.svc.repository.Disk;
import dev.svc.repository.LocalDisk;
import dev.svc.repository.Place;
import dev.svc.repository.RefusedException;
import dev.svc.repository.Repository;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Request;
import dev.svc.simulation.SimulatedKernel.Contract;
import dev.svc.simulation.SimulatedKernel.Launching;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a manager does with its disk: nothing while services come and go; and what a bug there makes of it.
class DiskUseTest {
    private static final InstanceFmri WEB = InstanceFmri.parse("svc:/site/web:default");
    private static final Asker BY = Asker.manager(0);

    @TempDir private Path state;
    private final AtomicInteger operations = new AtomicInteger();
    private volatile Optional<RuntimeException> bug = Optional.empty();
    private final SimulatedMachine.World world = new SimulatedMachine.World();
    private final SimulatedMachine machine = new SimulatedMachine(world);
    private final SimulatedKernel kernel = new SimulatedKernel(new SimulatedKernel.Listener() {
        @Override public void joined(Launching launching, Contract contract) {
            // as it should be
        }

        @Override public void disturbed(InstanceFmri fmri, String how) {
            // as the test says
        }
    });

    @BeforeEach void silence() {
        Simulator.silence();
    }

    @Test void stateChangesDoNotTouchTheDisk() throws Exception {
        SimulatedContracts contracts = contracts();
        Invoker invoker = new Invoker(setting(contracts, List.of(Plain.daemon(WEB))), machine);
        invoker.begin();
        settle(invoker, contracts);
        invoker.turnOfRepository();
        assertEquals(State.ONLINE, state(invoker));
        ContractId first = contract(invoker);
        operations.set(0);

        kernel.living(WEB).forEach(c -> kernel.dies(c, c.processes.getFirst()));
        settle(invoker, contracts);
        assertEquals(State.ONLINE, state(invoker));
        assertFalse(contract(invoker).equals(first), "it was restarted");
        ask(invoker, contracts, new Administration.SetEnabled(List.of(new Administration.Enabling(WEB, false)), Permanence.TEMPORARILY,
                Optional.empty(), BY), State.DISABLED);
        ask(invoker, contracts, new Administration.SetEnabled(List.of(new Administration.Enabling(WEB, true)), Permanence.TEMPORARILY,
                Optional.empty(), BY), State.ONLINE);
        ask(invoker, contracts, new Request.MarkDegraded(Optional.empty(), false), State.DEGRADED);
        ask(invoker, contracts, new Request.Clear(), State.ONLINE);
        ask(invoker, contracts, new Request.Restart(Request.Dump.NO), State.ONLINE);
        ask(invoker, contracts, new Request.MarkMaintenance(Request.Haste.ORDERLY, Optional.empty(), false), State.MAINTENANCE);
        ask(invoker, contracts, new Request.Clear(), State.ONLINE);
        ask(invoker, contracts, new Administration.SetMilestone("none", Permanence.TEMPORARILY, BY), State.DISABLED);
        ask(invoker, contracts, new Administration.SetMilestone("all", Permanence.TEMPORARILY, BY), State.ONLINE);
        assertEquals(0, operations.get(), "operations on the disk");

        ask(invoker, contracts, new Administration.SetEnabled(List.of(new Administration.Enabling(WEB, false)), Permanence.PERMANENTLY,
                Optional.empty(), BY), State.DISABLED);
        assertTrue(operations.get() > 0, "a change of configuration is counted");
    }

    @Test void aBugInTheRepositoryEndsTheManagerAndItsSuccessorIsSound() throws Exception {
        Engine engine = Adoption.begin(setting(contracts(), List.of(Plain.daemon(WEB))));
        engine.awaitNewer(0, java.time.Duration.ofMinutes(1));
        // The backup of the start is to be behind us.
        while (engine.inspect(DiskUseTest::backups).get(1, TimeUnit.MINUTES) == 0) {
            // It is still being read back.
        }
        List<LogRecord> said = new ArrayList<>();
        Handler handler = recording(said);
        Logger running = Logger.getLogger("dev.svc.engine.Running");
        running.addHandler(handler);
        running.setUseParentHandlers(false);
        running.setLevel(Level.ALL);
        try {
            bug = Optional.of(new IllegalStateException("a bug of the test"));
            engine.submit(new Administration.SetEnabled(List.of(new Administration.Enabling(WEB, false)), Permanence.PERMANENTLY,
                    Optional.empty(), BY));
            engine.awaitEnd(java.time.Duration.ofMinutes(1));
            assertTrue(engine.hasEnded());
            assertEquals(70, engine.awaitEnd());
        } finally {
            running.removeHandler(handler);
            running.setUseParentHandlers(true);
            running.setLevel(null);
            bug = Optional.empty();
        }
        assertTrue(said.stream().anyMatch(r -> r.getMessage().contains("a broken invariant of the repository")
                && r.getThrown().getMessage().equals("a bug of the test")), said.toString());

        Engine successor = Adoption.begin(setting(contracts(), List.of()));
        Answer answer = successor.submit(new Administration.SetEnabled(List.of(new Administration.Enabling(WEB, false)),
                Permanence.PERMANENTLY, Optional.empty(), BY)).get(1, TimeUnit.MINUTES);
        assertInstanceOf(Answer.Done.class, answer);
        assertEquals(Optional.of(false), successor.published().model().enabled(WEB));
        successor.terminate();
        assertEquals(0, successor.awaitEnd());
    }

    private static int backups(Repository repository) {
        try {
            return repository.copies().size();
        } catch (RefusedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Handler recording(List<LogRecord> said) {
        return new Handler() {
            @Override public void publish(LogRecord record) {
                said.add(record);
            }

            @Override public void flush() {
                // nothing is kept back
            }

            @Override public void close() {
                // nothing is open
            }
        };
    }

    // the manager

    private SimulatedContracts contracts() {
        return new SimulatedContracts(kernel, new Doom(), new SimulatedContracts.Deeds() {}, new Trace(Trace.Kept.NOTHING));
    }

    private Adoption.Setting setting(SimulatedContracts contracts, List<Change> imports) {
        return new Adoption.Setting(contracts, Place.below(state, disk()), (_, _, _) -> {}, _ -> new Imports(imports, List.of()), Map.of(),
                0,
                Adoption.Restarted.BY_KEEPER, Optional.empty(), WorkMark.nowhere());
    }

    /// The machine's, each call of which is counted, or fails by a bug.
    private Disk disk() {
        return counted(Disk.class, new LocalDisk());
    }

    private <T> T counted(Class<T> type, T inner) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, (_, method, arguments) -> {
            operations.incrementAndGet();
            if (bug.isPresent()) {
                throw bug.get();
            }
            try {
                Object yielded = method.invoke(inner, arguments);
                return yielded instanceof Disk.Appender appender ? counted(Disk.Appender.class, appender) : yielded;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    // the world

    private void ask(Invoker invoker, SimulatedContracts contracts, Request request, State expected) throws Exception {
        ask(invoker, contracts, new Administration.Ask(WEB, request, BY), expected);
    }

    private void ask(Invoker invoker, SimulatedContracts contracts, Administration request, State expected) throws Exception {
        CompletableFuture<Answer> answer = invoker.engine().submit(request);
        settle(invoker, contracts);
        assertEquals(new Answer.Done(), answer.get(1, TimeUnit.SECONDS));
        assertEquals(expected, state(invoker), request.toString());
    }

    private static State state(Invoker invoker) {
        return invoker.engine().published().standings().get(WEB).label().phase().state();
    }

    private static ContractId contract(Invoker invoker) {
        return invoker.engine().published().standings().get(WEB).label().phase().contracts().iterator().next();
    }

    /// Until nothing more happens by itself: methods succeed, daemons stay.
    private void settle(Invoker invoker, SimulatedContracts contracts) {
        boolean moved = true;
        while (moved) {
            moved = false;
            while (contracts.hasNews()) {
                contracts.hear();
                moved = true;
            }
            while (machine.hasTasks()) {
                machine.runTask(true);
                moved = true;
            }
            while (invoker.hasMessages()) {
                invoker.turn();
                moved = true;
            }
            while (invoker.hasCommits()) {
                invoker.turnOfRepository();
                moved = true;
            }
            for (Launching one : List.copyOf(kernel.launchers)) {
                succeed(one);
                moved = true;
            }
        }
    }

    private void succeed(Launching one) {
        kernel.join(one);
        if (!one.inside) {
            return;
        }
        kernel.contract(one.launch.contract()).filter(_ -> one.launch.method().equals("start"))
                .ifPresent(c -> kernel.fork(c, false, false));
        kernel.methodEnds(one, 0);
        kernel.record(one);
        kernel.end(one, 0);
    }
}
