package dev.svc.takeover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Definition;
import dev.svc.model.ErrorClass;
import dev.svc.model.Sequence;
import dev.svc.model.ServiceModel;
import dev.svc.model.State;
import dev.svc.model.WaitStatus;
import dev.svc.restarter.BootTime;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Effect;
import dev.svc.restarter.Event;
import dev.svc.restarter.Label;
import dev.svc.restarter.Phase;
import dev.svc.restarter.Request;
import dev.svc.restarter.Services;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/// One random life of a few instances under managers that die, from a seed.
///
/// First everything happens: requests, deaths, failures. Then the trouble stops, and everything must come to rest where the administrator
/// last wanted it. Asserted throughout: a start method joins a contract only when no other contract of the instance can have a process
/// (I3) and its label names it (I2); a one-shot that succeeded is not run again unless somebody asked; whatever was acknowledged is done
/// (I7); a populated contract is always named.
final class Scenario implements FakeManager.Repository {
    private static final int MOVES = 60;
    private static final int MOVES_TO_REST = 3000;

    private final SplittableRandom dice;
    private final FakeKernel kernel = new FakeKernel();
    private final Map<InstanceFmri, Definition> definitions = new HashMap<>();
    private final Map<InstanceFmri, ServiceModel> models = new HashMap<>();
    private final Map<InstanceFmri, Boolean> enabled = new HashMap<>();
    private final Map<InstanceFmri, Sequence> changed = new HashMap<>();
    private final Map<InstanceFmri, Counts> counts = new HashMap<>();
    private final List<Promise> promises = new ArrayList<>();
    private final boolean labelsGetLost;
    /// Of twenty moves; where much is asked, one request hides that another was lost.
    private final int askedOften;
    private final List<Object> story = new ArrayList<>();
    private Sequence sequence = new Sequence(1, "a", 1);
    private FakeManager manager;
    private Duration elapsed = Duration.ofSeconds(100);
    private boolean trouble = true;
    private int effectsToLive;
    private int kills;

    /// What happened to an instance so far.
    private static final class Counts {
        /// The contract which the last start method joined.
        long start;
        /// The contract which the last refresh method joined.
        long refresh;
        int signals;
        /// Successful runs since somebody last asked for something that stops the instance.
        int successes;
        /// Something was asked that may be pending.
        boolean asked;
    }

    private record Happening(ContractId of, boolean launching, boolean launcher, boolean running, boolean others) {}

    private record Asked(InstanceFmri of, int choice) {}

    /// Something acknowledged that must have come true in the end.
    private record Promise(String what, InstanceFmri fmri, java.util.function.BooleanSupplier kept) {}

    Scenario(long seed) {
        dice = new SplittableRandom(seed);
        askedOften = 1 + dice.nextInt(5);
        labelsGetLost = dice.nextInt(10) == 0;
        int instances = 1 + dice.nextInt(3);
        for (int i = 0; i < instances; i++) {
            InstanceFmri fmri = InstanceFmri.parse("svc:/site/s" + i + ":default");
            Definition definition = definition(fmri);
            definitions.put(fmri, definition);
            models.put(fmri, definition.model());
            enabled.put(fmri, dice.nextInt(4) > 0);
            changed.put(fmri, sequence);
            counts.put(fmri, new Counts());
        }
    }

    private Definition definition(InstanceFmri fmri) {
        String stop = switch (dice.nextInt(4)) {
            case 0 -> ":kill";
            case 1 -> ":true";
            default -> "/bin/stop";
        };
        String refresh = switch (dice.nextInt(3)) {
            case 0 -> ":kill -HUP";
            case 1 -> ":true";
            default -> "/bin/reload";
        };
        ServiceModel model = ServiceModel.values()[dice.nextInt(3)];
        return Services.service(fmri, model, "start=/bin/start", "stop=" + (model == ServiceModel.TRANSIENT ? "/bin/undo" : stop),
                "refresh=" + refresh);
    }

    @Override public Map<InstanceFmri, Definition> definitions() {
        return definitions;
    }

    @Override public Map<InstanceFmri, Boolean> enabled() {
        return enabled;
    }

    @Override public Freshness freshness() {
        return new Freshness(true, sequence, changed);
    }

    int kills() {
        return kills;
    }

    String story() {
        return story.stream().filter(e -> !(e instanceof Effect.Log)).map(Object::toString).collect(Collectors.joining("\n"));
    }

    void play() {
        takeOver();
        for (int move = 0; move < MOVES; move++) {
            survive(this::move);
            check();
        }
        trouble = false;
        for (int move = 0; !atRest(); move++) {
            assertTrue(move < MOVES_TO_REST, () -> "it comes to rest: " + manager.labels.values() + kernel.contracts);
            survive(this::settle);
            check();
        }
        checkEnd();
    }

    // the manager and its death

    private void takeOver() {
        while (true) {
            effectsToLive = trouble && dice.nextInt(3) > 0 ? 1 + dice.nextInt(40) : Integer.MAX_VALUE;
            manager = new FakeManager(kernel, this, () -> new BootTime(elapsed.toNanos()), this::doom, story);
            try {
                story.add("-- a manager takes over");
                manager.takeOver();
                noteEffects();
                return;
            } catch (FakeManager.Killed e) {
                noteEffects();
                died();
            }
        }
    }

    private void doom() {
        effectsToLive--;
        if (effectsToLive <= 0) {
            throw new FakeManager.Killed();
        }
    }

    private void died() {
        kills++;
        story.add("-- the manager is killed");
        kernel.heardBy((_, _) -> {});
        if (labelsGetLost && dice.nextInt(3) == 0) {
            loseLabel();
        }
        // Nobody looks for a while, and the world goes on.
        for (int i = dice.nextInt(4); i > 0; i--) {
            worldMove();
            check();
        }
    }

    // Both copies: what was acknowledged goes with them, and nothing else.
    private void loseLabel() {
        InstanceFmri fmri = anyInstance();
        if (kernel.labels.containsKey(fmri)) {
            story.add("-- label lost: " + fmri);
            kernel.unreadable.add(fmri);
            promises.removeIf(p -> p.fmri().equals(fmri));
        }
    }

    private InstanceFmri anyInstance() {
        List<InstanceFmri> all = counts.keySet().stream().sorted(Comparator.comparing(InstanceFmri::toString)).toList();
        return all.get(dice.nextInt(all.size()));
    }

    private void survive(Runnable move) {
        try {
            move.run();
            noteEffects();
        } catch (FakeManager.Killed e) {
            noteEffects();
            died();
            takeOver();
        }
    }

    private void noteEffects() {
        for (Effect effect : manager.done) {
            switch (effect) {
                case Effect.Signal(var fmri, _, var signal) when signal.equals("HUP") -> counts.get(fmri).signals++;
                case Effect.WriteLabel(var label) -> noteLabel(counts.get(label.fmri()), label);
                default -> {}
            }
        }
        manager.done.clear();
    }

    private static void noteLabel(Counts count, Label label) {
        if (label.phase() instanceof Phase.Online && label.pending().isEmpty()) {
            count.asked = false;
        } else if (count.asked && !(label.phase() instanceof Phase.Starting) && !label.state().isRunning()
                || label.phase() instanceof Phase.Stopping && count.asked) {
            count.successes = 0;
        }
    }

    // moves

    private void move() {
        if (dice.nextInt(20) < askedOften) {
            ask();
            // Just after it was acknowledged is when most could be lost.
            if (dice.nextInt(4) == 0) {
                throw new FakeManager.Killed();
            }
            return;
        }
        switch (dice.nextInt(9)) {
            case 2 -> pass(Duration.ofSeconds(1 + dice.nextInt(90)));
            case 3, 4, 5 -> worldMove();
            default -> manager.workOnce();
        }
    }

    private void settle() {
        if (!manager.isIdle()) {
            manager.workOnce();
        } else if (!worldMove()) {
            pass(Duration.ofSeconds(10));
        }
    }

    private void pass(Duration span) {
        elapsed = elapsed.plus(span);
        for (Label label : manager.labels.values()) {
            if (label.phase().due().isPresent()) {
                counts.get(label.fmri()).successes = 0;
            }
        }
        manager.deadlines();
    }

    private void ask() {
        InstanceFmri fmri = anyInstance();
        if (!definitions.containsKey(fmri)) {
            return;
        }
        Counts count = counts.get(fmri);
        count.successes = 0;
        count.asked = true;
        Label before = manager.labels.get(fmri);
        boolean running = before.state().isRunning() || before.phase() instanceof Phase.Starting;
        // What is under way does not make good for what is asked now.
        long next = kernel.nextContract().value();
        int signals = count.signals;
        int choice = dice.nextInt(9);
        if (dice.nextInt(60) == 0) {
            choice = 9;
        }
        story.add(new Asked(fmri, choice));
        switch (choice) {
            case 0, 1 -> set(fmri, true);
            case 2, 3 -> set(fmri, false);
            case 4 -> {
                manager.on(fmri, new Event.Requested(new Request.Restart(Request.Dump.NO)));
                promises.add(new Promise("restart", fmri,
                        () -> !running || count.start >= next || !manager.labels.get(fmri).state().isRunning()));
            }
            case 5 -> {
                manager.on(fmri, new Event.Requested(new Request.Refresh()));
                boolean runs = definitions.get(fmri).method("refresh").filter(m -> !m.isTrue()).isPresent()
                        && before.phase().primary().isPresent() && before.model() == ServiceModel.CONTRACT;
                promises.add(new Promise("refresh", fmri, () -> !running || !runs || count.refresh >= next || count.signals > signals
                        || count.start >= next || !manager.labels.get(fmri).state().isRunning()));
            }
            case 6 -> manager.on(fmri, new Event.Requested(new Request.Clear()));
            case 9 -> delete(fmri);
            case 7 -> manager.on(fmri, new Event.Stop(dice.nextBoolean() ? ErrorClass.RESTART : ErrorClass.FAULT));
            default -> manager.on(fmri, new Event.Requested(new Request.MarkMaintenance(
                    dice.nextBoolean() ? Request.Haste.ORDERLY : Request.Haste.IMMEDIATE, Optional.empty(), false)));
        }
    }

    private void delete(InstanceFmri fmri) {
        sequence = sequence.next();
        definitions.remove(fmri);
        enabled.remove(fmri);
        changed.put(fmri, sequence);
        promises.removeIf(p -> p.fmri().equals(fmri));
        doom();
        manager.on(fmri, new Event.Requested(new Request.Forget()));
    }

    // Committed first, then told; killed between the two, takeover tells.
    private void set(InstanceFmri fmri, boolean on) {
        sequence = sequence.next();
        enabled.put(fmri, on);
        changed.put(fmri, sequence);
        doom();
        manager.set(fmri, on, sequence);
        manager.on(fmri, on ? new Event.Enable() : new Event.Disable(Event.By.ADMINISTRATOR));
    }

    /// Something happens to a contract. Yields whether anything could.
    private boolean worldMove() {
        List<FakeKernel.Contract> able = kernel.contracts.values().stream().filter(c -> c.launching || c.running || c.launcher
                || trouble && c.others).toList();
        // In peace a child runs on.
        List<FakeKernel.Contract> choice = trouble ? able : able.stream().filter(c -> !isContentChild(c)).toList();
        if (choice.isEmpty()) {
            return false;
        }
        happen(choice.get(dice.nextInt(choice.size())));
        return true;
    }

    private boolean isContentChild(FakeKernel.Contract contract) {
        return contract.running && contract.launcher && contract.method.equals("start")
                && models.get(contract.fmri) == ServiceModel.CHILD;
    }

    private void happen(FakeKernel.Contract contract) {
        story.add(new Happening(contract.id, contract.launching, contract.launcher, contract.running, contract.others));
        if (contract.launching) {
            if (trouble && dice.nextInt(12) == 0) {
                kernel.launcherDiesOutside(contract);
            } else {
                joins(contract);
            }
        } else if (contract.running && contract.launcher) {
            if (trouble && dice.nextInt(15) == 0) {
                kernel.launcherDiesInside(contract);
            } else if (!trouble || dice.nextInt(4) > 0) {
                exits(contract);
            }
        } else if (contract.launcher) {
            kernel.leave(contract);
        } else if (contract.others && dice.nextInt(3) == 0) {
            kernel.othersDie(contract);
        }
    }

    private void joins(FakeKernel.Contract contract) {
        boolean start = contract.method.equals("start");
        if (contract.exists && start) {
            for (FakeKernel.Contract other : kernel.contracts.values()) {
                boolean older = other != contract && other.fmri.equals(contract.fmri);
                assertTrue(!older || !other.exists, () -> "I3: " + contract + " is entered beside " + other);
            }
        }
        if (!kernel.join(contract)) {
            return;
        }
        Counts count = counts.get(contract.fmri);
        Label label = kernel.labels.get(contract.fmri);
        assertTrue(kernel.unreadable.contains(contract.fmri) || label.phase().contracts().contains(contract.id),
                () -> "I2: " + contract + " is entered and the label is " + label);
        if (start) {
            count.start = contract.id.value();
            boolean oneShot = models.get(contract.fmri) == ServiceModel.TRANSIENT;
            assertTrue(!oneShot || count.successes == 0, () -> "a one-shot that succeeded is run again: " + contract);
        } else if (contract.method.equals("refresh")) {
            count.refresh = contract.id.value();
        }
    }

    private void exits(FakeKernel.Contract contract) {
        boolean well = !trouble || dice.nextInt(5) > 0;
        WaitStatus status = well
                ? WaitStatus.exited(0)
                : switch (dice.nextInt(4)) {
                    case 0 -> WaitStatus.exited(96);
                    case 1 -> WaitStatus.killedBy(11);
                    default -> WaitStatus.exited(1);
                };
        ServiceModel model = models.get(contract.fmri);
        if (contract.method.equals("start")) {
            contract.others = model == ServiceModel.CONTRACT ? well || dice.nextBoolean() : trouble && dice.nextInt(4) == 0;
            // One that was given up, and is about to be killed, succeeds too late.
            boolean waitedFor = kernel.labels.get(contract.fmri).phase() instanceof Phase.Starting(_, _, var ending) && ending.isEmpty();
            if (well && waitedFor) {
                counts.get(contract.fmri).successes++;
            }
        } else if (contract.method.equals("stop") && well) {
            stopped(contract);
        } else {
            contract.others = trouble && dice.nextInt(6) == 0;
        }
        kernel.exit(contract, status);
    }

    // A stop method that does its work ends the service's processes, or most times.
    private void stopped(FakeKernel.Contract method) {
        for (FakeKernel.Contract other : List.copyOf(kernel.contracts.values())) {
            if (other != method && other.fmri.equals(method.fmri) && other.others && (!trouble || dice.nextInt(4) > 0)) {
                kernel.othersDie(other);
            }
        }
    }

    // what must hold

    private void check() {
        for (FakeKernel.Contract contract : kernel.contracts.values()) {
            if (contract.populated()) {
                assertTrue(contract.exists, contract::toString);
                Label label = kernel.labels.get(contract.fmri);
                assertTrue(kernel.unreadable.contains(contract.fmri) || label != null && label.phase().contracts().contains(contract.id),
                        () -> "a populated contract is named: " + contract + " by " + label);
            }
        }
    }

    private boolean atRest() {
        boolean quiet = manager.isIdle()
                && kernel.contracts.values().stream().allMatch(c -> !c.launching && (!c.launcher || isContentChild(c)));
        return quiet && manager.labels.values().stream().allMatch(l -> l.phase().isAtRest() && l.phase().due().isEmpty());
    }

    private void checkEnd() {
        for (InstanceFmri fmri : counts.keySet()) {
            boolean gone = !kernel.labels.containsKey(fmri)
                    && kernel.contracts.values().stream().noneMatch(c -> c.exists && c.fmri.equals(fmri));
            assertTrue(definitions.containsKey(fmri) || gone,
                    () -> "what was deleted is gone: " + fmri + manager.labels + kernel.contracts);
        }
        for (Label label : manager.labels.values()) {
            assertEquals(label, kernel.labels.get(label.fmri()), "memory is what is stored");
            assertEquals(enabled.get(label.fmri()), label.effectivelyEnabled(), "the label knows the setting");
            assertTrue(label.pending().isEmpty(), () -> "nothing is left pending: " + label);
            boolean placed = label.state() == State.MAINTENANCE
                    || (label.effectivelyEnabled() ? label.state().isRunning() : label.state() == State.DISABLED);
            assertTrue(placed, () -> "it is where the administrator wants it: " + label);
            boolean named = kernel.contracts.values().stream()
                    .filter(c -> c.fmri.equals(label.fmri()) && c.exists)
                    .allMatch(c -> label.phase().contracts().contains(c.id));
            assertTrue(named, () -> "no contract is left behind: " + label + kernel.contracts);
            if (label.phase() instanceof Phase.Online(var contract) && label.model() != ServiceModel.TRANSIENT) {
                assertTrue(kernel.contracts.get(contract.orElseThrow()).populated(), () -> "what is online has processes: " + label);
            }
        }
        for (Promise promise : promises) {
            assertTrue(promise.kept().getAsBoolean(), () -> promise.what() + " of " + promise.fmri() + " was acknowledged and not done");
        }
        kernel.exits.keySet().forEach(id -> assertTrue(
                manager.labels.values().stream().anyMatch(l -> l.phase().contracts().contains(id)),
                () -> "exit record " + id + " is left behind"));
    }
}
