package dev.svc.simulation;

import dev.svc.engine.Administration;
import dev.svc.engine.Administration.Permanence;
import dev.svc.engine.Answer;
import dev.svc.engine.Asker;
import dev.svc.engine.Imports;
import dev.svc.engine.Published;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Change;
import dev.svc.model.Sequence;
import dev.svc.repository.Opened;
import dev.svc.repository.Place;
import dev.svc.simulation.SimulatedKernel.Contract;
import dev.svc.simulation.SimulatedKernel.Group;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Services that run, with their labels and contracts, and one manager after another that takes them over: a [Tale] for tests of what is
/// on disk below the manager. It tells what a manager did to them.
public final class RunningServices {
    private final Tale tale = new Tale();

    /// The same services, to become of them what will. No method may be under way.
    public RunningServices copy() {
        RunningServices copy = new RunningServices();
        SimulatedKernel from = tale.kernel;
        SimulatedKernel to = copy.tale.kernel;
        copy.tale.world.passes(tale.world.now().since(copy.tale.world.now()));
        from.groups.forEach((name, group) -> to.groups.put(name, copied(group)));
        to.groups.values().forEach(group -> to.contracts.putAll(group.contracts));
        to.records.putAll(from.records);
        to.copies.putAll(from.copies);
        to.root = from.root;
        to.rootCopy = from.rootCopy;
        to.bootRecorded = from.bootRecorded;
        return copy;
    }

    private static Group copied(Group group) {
        Group copy = new Group(group.fmri);
        copy.label = group.label;
        group.contracts.values().forEach(contract -> {
            Contract twin = new Contract(contract.fmri, contract.id);
            twin.processes.addAll(contract.processes);
            copy.contracts.put(twin.id, twin);
        });
        return copy;
    }

    /// A manager begins, the one before having been killed, and does what it has to until nothing is left to do.
    ///
    /// @param imports the bundles to be imported unasked
    public void takeOver(Place place, Function<Opened, Imports> imports) throws IOException {
        tale.signals.clear();
        tale.started.clear();
        tale.takeOver(place, imports);
        tale.happens();
    }

    /// The manager ends, services do not.
    public void end() {
        tale.end();
    }

    /// What the manager makes of itself and of all instances.
    public Published published() {
        return tale.published();
    }

    /// The last change that the root group knows.
    public Sequence sequence() {
        return tale.contracts.root().sequence();
    }

    public Answer enable(InstanceFmri fmri, Permanence permanence) {
        CompletableFuture<Answer> answer = tale.sets(fmri, true, permanence);
        tale.happens();
        return answer.join();
    }

    /// Disables it, and waits until it has stopped.
    public void disable(InstanceFmri fmri, Permanence permanence) {
        tale.sets(fmri, false, permanence);
        tale.happens();
        if (!tale.kernel.living(fmri).isEmpty()) {
            tale.dies(fmri);
        }
    }

    /// Changes the configuration.
    public void apply(Change change) {
        tale.asks(new Administration.Apply(change, published().model(), List.of(), Asker.manager(0)));
        tale.happens();
    }

    /// Deletes it, and waits until it has stopped.
    public void delete(InstanceFmri fmri) {
        apply(Plain.deleting(fmri));
        if (!tale.kernel.living(fmri).isEmpty()) {
            tale.dies(fmri);
        }
    }

    /// Its start method, which is under way, leaves a daemon and succeeds.
    public void comesUp(InstanceFmri fmri) {
        tale.comesUp(fmri);
    }

    /// It is quiet for so long that the manager makes the backup of its imports.
    public void quiet() {
        tale.world.passes(Duration.ofSeconds(10));
        tale.turnOfRepository();
        tale.happens();
    }

    /// Who runs, in which contract, as which processes.
    public Map<InstanceFmri, String> running() {
        Map<InstanceFmri, String> running = new TreeMap<>(Comparator.comparing(InstanceFmri::toString));
        tale.kernel.groups.values().forEach(group -> group.contracts.values().stream().filter(Contract::populated)
                .forEach(contract -> running.merge(group.fmri, contract.toString(), (a, b) -> a + b)));
        return running;
    }

    /// The signals that the manager sent.
    public List<String> signals() {
        return List.copyOf(tale.signals);
    }

    /// The instances for which the manager made a contract.
    public List<InstanceFmri> started() {
        return List.copyOf(tale.started);
    }
}
