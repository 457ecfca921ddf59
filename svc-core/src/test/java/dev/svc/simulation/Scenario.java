package dev.svc.simulation;

import dev.svc.contract.Contracts;
import dev.svc.engine.Administration;
import dev.svc.engine.Administration.Permanence;
import dev.svc.engine.Adoption;
import dev.svc.engine.Answer;
import dev.svc.engine.Asker;
import dev.svc.engine.Invoker;
import dev.svc.engine.Standing;
import dev.svc.engine.WorkMark;
import dev.svc.fmri.InstanceFmri;
import dev.svc.graph.EnabledSetting;
import dev.svc.model.Change;
import dev.svc.model.Model;
import dev.svc.model.ServiceModel;
import dev.svc.repository.Place;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Event;
import dev.svc.restarter.Label;
import dev.svc.restarter.Phase;
import dev.svc.restarter.Request;
import dev.svc.restarter.Then;
import dev.svc.simulation.SimulatedKernel.Contract;
import dev.svc.simulation.SimulatedKernel.Kind;
import dev.svc.simulation.SimulatedKernel.Launching;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// One random life of a machine under managers that die, from a seed.
///
/// In each round first everything happens: requests, deaths, failures, faults. Then the trouble stops, and everything must come to rest
/// where the administrator last wanted it ([Rest] says where that is). Each move has dice of its own, so that a move that is left out
/// leaves the others as they are: that is how a failing scenario is made short.
///
/// Asserted throughout: a method joins a contract that the label names (I2); a start method does so only when every older contract of its
/// instance is revoked (I3); nothing is signalled, and no one-shot runs again, unless something happened since its start that may be the
/// cause (I8); what is populated is named.
final class Scenario implements SimulatedKernel.Listener, SimulatedContracts.Deeds {
    private static final int MOVES_TO_REST = 60_000;
    private static final Path STATE = Path.of("/state");

    final Site site;
    final Map<InstanceFmri, Expected> expected = new LinkedHashMap<>();
    final SimulatedKernel kernel = new SimulatedKernel(this);
    final SimulatedMachine.World world = new SimulatedMachine.World();
    private final SimulatedDisk.Platter platter = new SimulatedDisk.Platter();
    private final SplittableRandom first;
    private final long seed;
    private final IntPredicate included;
    private final Trace trace;
    private final Temper temper;
    private final List<Outstanding> outstanding = new ArrayList<>();
    /// Answers in the order in which they came.
    private final List<Outstanding> answered = new ArrayList<>();
    private final List<Promise> promises = new ArrayList<>();
    /// When something last happened that may explain what a manager does to an instance.
    private final Map<InstanceFmri, Long> causes = new HashMap<>();
    private final Map<ContractId, Born> born = new HashMap<>();
    private final Map<InstanceFmri, Signalled> toJustify = new LinkedHashMap<>();
    private final Map<InstanceFmri, Long> trying = new HashMap<>();
    private final Map<InstanceFmri, Long> succeeded = new HashMap<>();
    /// Those whose label was lost since it was last found to be what memory is.
    final Set<InstanceFmri> lost = new HashSet<>();
    private final Map<InstanceFmri, String> shown = new HashMap<>();
    private SplittableRandom dice;
    private Optional<Incarnation> manager = Optional.empty();
    private Adoption.Restarted next = Adoption.Restarted.BY_ADMINISTRATOR;
    private boolean imported;
    private boolean trouble = true;
    private boolean damaged;
    private int moves;
    private long now;
    private int kills;

    /// What troubles a scenario: each has some of it, so that what is common does not hide what is rare.
    private record Temper(int commands, int deaths, boolean loses, boolean flips, boolean diskFaults, boolean refusals, boolean boots,
            int rounds, int movesEach) {
        static Temper of(SplittableRandom dice, int instances) {
            return new Temper(1 + dice.nextInt(8), dice.nextInt(12), dice.nextInt(8) == 0, dice.nextInt(10) == 0, dice.nextInt(8) == 0,
                    dice.nextInt(8) == 0, dice.nextInt(6) == 0, 1 + dice.nextInt(5) / 3,
                    6 + dice.nextInt(dice.nextInt(5) == 0 ? 60 : 20) + 2 * instances);
        }
    }

    /// A manager.
    private record Incarnation(Doom doom, SimulatedContracts contracts, SimulatedMachine machine, Invoker invoker) {}

    private Optional<SimulatedDisk> disk = Optional.empty();

    /// Something asked and not yet answered.
    private record Outstanding(String what, List<InstanceFmri> of, CompletableFuture<Answer> answer, Runnable surely, Runnable perhaps) {}

    /// Something acknowledged that must have come true at rest.
    record Promise(String what, InstanceFmri fmri, java.util.function.BooleanSupplier kept) {}

    private record Born(long when, String method) {}

    /// @param born when what is signalled was started
    private record Signalled(String signal, long born) {}

    Scenario(long seed, IntPredicate included, Trace trace) {
        this.seed = seed;
        this.included = included;
        this.trace = trace;
        first = new SplittableRandom(seed);
        dice = first;
        site = new Site(first);
        for (InstanceFmri fmri : site.all()) {
            expected.put(fmri, new Expected(first.nextInt(4) > 0, site.service(fmri).version()));
        }
        temper = Temper.of(first, site.all().size());
    }

    /// Moves made so far, those to rest included.
    long steps() {
        return now;
    }

    /// How many moves there are to be, left out or not.
    int moves() {
        return temper.rounds() * temper.movesEach();
    }

    int kills() {
        return kills;
    }

    private void tell(String format, Object... what) {
        if (trace.isKept()) {
            trace.tell(now + " " + String.format(format, what));
        }
    }

    // the course of things

    void play() {
        try {
            live();
        } finally {
            disk.ifPresent(SimulatedDisk::close);
        }
    }

    private void live() {
        tell("%s instances, %s", site.all().size(), temper);
        if (trace.isKept()) {
            site.all().forEach(f -> tell("%s %s", site.service(f), expected.get(f)));
        }
        for (int round = 0; round < temper.rounds(); round++) {
            trouble = true;
            for (int i = 0; i < temper.movesEach(); i++) {
                int number = moves++;
                if (included.test(number)) {
                    dice = new SplittableRandom(seed * 1_000_003 + number);
                    step(this::move);
                }
            }
            rest();
            new Rest(this, published()).check();
            tell("at rest");
            settled();
        }
    }

    private void step(Runnable what) {
        now++;
        try {
            what.run();
        } catch (Killed e) {
            died();
        }
        collectAnswers();
        noteChanges();
        checkSignalled();
        checkAlways();
    }

    private dev.svc.engine.Published published() {
        return manager.orElseThrow().invoker().engine().published();
    }

    private void rest() {
        trouble = false;
        platter.mend();
        kernel.refusedAttributes = 0;
        kernel.refusedFiles = 0;
        manager.ifPresent(m -> m.doom().never());
        tell("-- trouble ends");
        dice = new SplittableRandom(seed * 1_000_003 - 1 - moves);
        boolean[] busy = {true};
        for (int i = 0; busy[0]; i++) {
            if (i >= MOVES_TO_REST) {
                throw new AssertionError("it does not come to rest: " + published().standings().values().stream()
                        .map(s -> s.label().fmri() + " " + s.label().phase() + s.label().pending()).toList() + kernel.launchers);
            }
            step(() -> busy[0] = settle());
        }
    }

    /// One move towards rest; yields whether there was any.
    private boolean settle() {
        if (manager.isEmpty()) {
            takeOver();
            return true;
        }
        if (managerWorks() || worldMoves()) {
            return true;
        }
        Incarnation it = manager.get();
        it.contracts().round();
        if (it.contracts().hasNews()) {
            return true;
        }
        Duration due = it.invoker().untilDue();
        if (due.compareTo(Duration.ofHours(20)) < 0) {
            pass(due);
            turn();
            return true;
        }
        return false;
    }

    // moves

    private void move() {
        int what = dice.nextInt(100);
        if (manager.isEmpty()) {
            if (what < 40) {
                takeOver();
            } else if (what < 50) {
                damage();
            } else if (what < 60) {
                pass(Duration.ofMillis(dice.nextInt(70_000)));
            } else {
                worldMoves();
            }
        } else if (what < temper.deaths()) {
            dieSoon();
        } else if (what < 12 + temper.commands() * 2) {
            command();
        } else if (what < 32) {
            damage();
        } else if (what < 36) {
            pass(Duration.ofMillis(dice.nextInt(60_000)));
            manager.get().contracts().round();
            turn();
        } else if (what < 60) {
            worldMoves();
        } else {
            for (int i = 1 + dice.nextInt(6); i > 0 && manager.isPresent() && managerWorks(); i--) {
                // the next
            }
        }
    }

    private void dieSoon() {
        if (dice.nextInt(3) == 0) {
            tell("-- killed at once");
            manager.get().doom().now();
            throw new Killed();
        }
        manager.get().doom().in(dice.nextInt(25));
    }

    /// The manager does one of the things that wait; yields whether there was any.
    private boolean managerWorks() {
        Incarnation it = manager.get();
        List<Runnable> able = new ArrayList<>();
        if (it.contracts().hasNews()) {
            able.add(() -> it.contracts().hear());
        }
        if (it.invoker().hasMessages()) {
            able.add(this::turn);
        }
        if (it.invoker().hasCommits()) {
            able.add(() -> it.invoker().turnOfRepository());
        }
        if (it.machine().hasTasks()) {
            able.add(() -> it.machine().runTask(dice.nextInt(4) > 0));
        }
        if (able.isEmpty()) {
            return false;
        }
        able.get(dice.nextInt(able.size())).run();
        return true;
    }

    private void turn() {
        Incarnation it = manager.get();
        if (!it.invoker().turn()) {
            boolean stopped = it.invoker().engine().hasStoppedAll();
            collectAnswers();
            it.invoker().end();
            if (stopped) {
                // Killed on the way, it may have got that far.
                expected.values().forEach(e -> e.perhaps(Scenario::withoutOverride));
                it.contracts().endBoot();
                // Unless something is left of one in maintenance.
                if (!kernel.bootRecorded) {
                    forgetBoot();
                }
            }
            tell("-- the manager ends, %s", stopped ? "everything is stopped" : "services go on");
            next = Adoption.Restarted.BY_ADMINISTRATOR;
            gone();
        }
    }

    private void pass(Duration span) {
        world.passes(span);
        // Whatever is due may have consequences.
        manager.ifPresent(_ -> site.all().forEach(fmri -> standing(fmri).flatMap(s -> s.label().phase().due())
                .filter(world.now()::reached).ifPresent(_ -> causeFrom(fmri, "due"))));
        if (manager.isEmpty()) {
            kernel.known().forEach(fmri -> kernel.label(fmri).flatMap(l -> l.phase().due())
                    .filter(world.now()::reached).ifPresent(_ -> causeFrom(fmri, "due")));
        }
        if (trouble && dice.nextInt(8) == 0) {
            world.jumps(Duration.ofSeconds(dice.nextLong(-100_000, 100_000)));
        }
    }

    // the manager

    private void takeOver() {
        Doom doom = new Doom();
        if (trouble && dice.nextInt(3) == 0) {
            doom.in(dice.nextInt(80));
        }
        tell("-- a manager takes over");
        SimulatedMachine machine = new SimulatedMachine(world);
        boolean byAdministrator = next == Adoption.Restarted.BY_ADMINISTRATOR;
        try {
            SimulatedContracts contracts = new SimulatedContracts(kernel, doom, this, trace);
            boolean ended = contracts.root().ending() && byAdministrator;
            tell("root: %s", contracts.root());
            disk = Optional.of(new SimulatedDisk(platter, doom, trace));
            Invoker invoker = new Invoker(setting(contracts, disk.get()), machine);
            manager = Optional.of(new Incarnation(doom, contracts, machine, invoker));
            if (ended || contracts.coldBoot()) {
                expected.values().forEach(e -> e.perhaps(Scenario::withoutOverride));
                all("the temporary settings end");
            }
            imported = true;
            invoker.begin();
            if (ended || contracts.coldBoot()) {
                expected.values().forEach(e -> e.surely(Scenario::withoutOverride));
            }
            next = Adoption.Restarted.BY_KEEPER;
        } catch (IOException e) {
            tell("-- it cannot begin: %s", e);
            gone();
        }
    }

    private Adoption.Setting setting(Contracts contracts, SimulatedDisk disk) {
        return new Adoption.Setting(contracts, Place.below(STATE, disk), (_, _, text) -> tell("log: %s", text), this::imports, Map.of(), 0,
                next,
                Optional.empty(), WorkMark.nowhere());
    }

    private List<Change> imports(Model model) {
        List<Change> all = new ArrayList<>();
        Model current = model;
        for (InstanceFmri fmri : site.all()) {
            // Those that could not be recorded are imported again; those that may have been deleted are not.
            if (!current.exists(fmri) && !expected.get(fmri).allows(0)) {
                boolean enabled = expected.get(fmri).mayBeEnabledForGood();
                Change change = Site.imported(site.service(fmri), enabled, current);
                all.add(change);
                current = current.with(change);
            }
        }
        return all;
    }

    private void died() {
        kills++;
        tell("-- killed");
        toJustify.clear();
        // A child is online once its launcher is spawned. If that has not joined yet, the successor may be faster: a known limit.
        kernel.launchers.stream().filter(l -> !l.inside && l.launch.method().equals("start") && model(l) == ServiceModel.CHILD)
                .forEach(l -> causeFrom(l.launch.fmri(), "not begun"));
        next = Adoption.Restarted.BY_KEEPER;
        gone();
    }

    private void gone() {
        collectAnswers();
        disk.ifPresent(SimulatedDisk::close);
        manager = Optional.empty();
        kernel.manager = Optional.empty();
        outstanding.forEach(o -> {
            tell("never answered: %s", o.what());
            promises.removeIf(p -> o.of().contains(p.fmri()));
            o.perhaps().run();
        });
        outstanding.clear();
        answered.clear();
    }

    private void collectAnswers() {
        for (Outstanding one : answered) {
            if (outstanding.remove(one)) {
                Answer answer = one.answer().join();
                tell("answer to %s: %s", one.what(), answer);
                one.of().forEach(f -> causeFrom(f, "answered"));
                // Something else than what was promised may have been in force since.
                promises.removeIf(p -> one.of().contains(p.fmri()));
                switch (answer) {
                    case Answer.Done _ -> one.surely().run();
                    case Answer.OutcomeUnknown _ -> one.perhaps().run();
                    case Answer.Refused _,Answer.Conflict _ -> {}
                }
            }
        }
        answered.clear();
    }

    // commands

    private void command() {
        InstanceFmri fmri = site.all().get(dice.nextInt(site.all().size()));
        int choice = dice.nextInt(40);
        if (choice >= 30 && choice < 36 && outstanding.stream().anyMatch(o -> o.of().contains(fmri))) {
            // Imports and deletions are made from what is in force: made while another change is under way, they miss it. A known limit.
            return;
        }
        Asker by = new Asker(0, "root");
        if (choice < 16) {
            enable(fmri, dice.nextBoolean(), dice.nextInt(3) == 0 ? Permanence.TEMPORARILY : Permanence.PERMANENTLY, by);
        } else if (choice < 30) {
            Request request = switch (dice.nextInt(8)) {
                case 0, 1, 2 -> new Request.Restart(dice.nextInt(5) == 0 ? Request.Dump.CORE : Request.Dump.NO);
                case 3, 4 -> new Request.Refresh();
                case 5 -> new Request.MarkMaintenance(
                        dice.nextBoolean() ? Request.Haste.ORDERLY : Request.Haste.IMMEDIATE, Optional.empty(), false);
                case 6 -> dice.nextInt(3) == 0 ? new Request.MarkDegraded(Optional.empty(), false) : new Request.Clear();
                default -> new Request.Clear();
            };
            ask(fmri, request, by);
        } else if (choice < 34) {
            redefine(fmri, by);
        } else if (choice < 36) {
            delete(fmri, by);
        } else if (choice < 38) {
            milestone(dice.nextInt(4) == 0 ? "none" : "all", by);
        } else if (choice == 38) {
            shutdown(dice.nextInt(3) == 0 ? Administration.Services.STOPPED : Administration.Services.LEFT_RUNNING, by);
        } else {
            several(by);
        }
        if (dice.nextInt(12) == 0) {
            manager.get().doom().in(dice.nextInt(12));
        }
    }

    private void submit(String what, List<InstanceFmri> of, Administration request, Runnable surely, Runnable perhaps) {
        tell("asked: %s", what);
        Outstanding one = new Outstanding(what, of, manager.get().invoker().engine().submit(request), surely, perhaps);
        outstanding.add(one);
        one.answer().thenRun(() -> answered.add(one));
    }

    private void enable(InstanceFmri fmri, boolean on, Permanence permanence, Asker by) {
        promises.removeIf(p -> p.fmri().equals(fmri));
        causeFrom(fmri, "set");
        UnaryOperator<EnabledSetting> set = permanence == Permanence.PERMANENTLY
                ? s -> new EnabledSetting(on, Optional.empty())
                : s -> new EnabledSetting(s.permanent(), Optional.of(on));
        submit((on ? "enable " : "disable ") + permanence + " " + fmri, List.of(fmri),
                new Administration.SetEnabled(List.of(new Administration.Enabling(fmri, on)), permanence, Optional.empty(), by),
                () -> expected.get(fmri).surely(set), () -> expected.get(fmri).perhaps(set));
    }

    private void several(Asker by) {
        List<Administration.Enabling> all = new ArrayList<>();
        for (InstanceFmri fmri : site.all()) {
            if (dice.nextBoolean() && published().standings().containsKey(fmri)) {
                all.add(new Administration.Enabling(fmri, dice.nextInt(3) > 0));
                causeFrom(fmri, "set");
                promises.removeIf(p -> p.fmri().equals(fmri));
            }
        }
        if (all.isEmpty()) {
            return;
        }
        submit("set " + all, all.stream().map(Administration.Enabling::fmri).toList(),
                new Administration.SetEnabled(all, Permanence.PERMANENTLY, Optional.empty(), by),
                () -> all.forEach(e -> expected.get(e.fmri()).surely(_ -> new EnabledSetting(e.enabled(), Optional.empty()))),
                () -> all.forEach(e -> expected.get(e.fmri()).perhaps(_ -> new EnabledSetting(e.enabled(), Optional.empty()))));
    }

    private void ask(InstanceFmri fmri, Request request, Asker by) {
        causeFrom(fmri, "asked");
        Optional<Label> before = standing(fmri).map(Standing::label);
        Runnable surely = () -> {};
        if (request instanceof Request.Restart && before.filter(l -> l.state().isRunning() && l.phase().isAtRest()).isPresent()
                && before.get().phase().primary().isPresent()) {
            long highest = kernel.contracts.keySet().stream().mapToLong(ContractId::value).max().orElse(0);
            surely = () -> promises.add(new Promise("restart", fmri, () -> startedAbove(fmri, highest)));
        } else if (request instanceof Request.MarkMaintenance) {
            promises.removeIf(p -> p.fmri().equals(fmri));
            surely = before.filter(Scenario::isBeingForgotten).isPresent()
                    ? surely
                    : () -> {
                        // A disable that waits for dependents is told when they are gone, and ends it.
                        boolean enabled = standing(fmri).filter(s -> s.label().effectivelyEnabled()).isPresent();
                        if (enabled && outstanding.stream().noneMatch(o -> o.of().contains(fmri))) {
                            promises.add(new Promise("mark maintenance", fmri, () -> inMaintenance(fmri)));
                        }
                    };
        } else if (request instanceof Request.Clear) {
            promises.removeIf(p -> p.fmri().equals(fmri));
        }
        submit(request + " " + fmri, List.of(fmri), new Administration.Ask(fmri, request, by), surely, () -> {});
    }

    private boolean startedAbove(InstanceFmri fmri, long highest) {
        return standing(fmri).filter(s -> s.label().state().isRunning()).isEmpty()
                || born.entrySet().stream().anyMatch(b -> b.getKey().value() > highest && b.getValue().method().equals("start")
                        && kernel.contracts.containsKey(b.getKey()) && kernel.contracts.get(b.getKey()).fmri.equals(fmri))
                || standing(fmri).get().label().phase().primary().isEmpty();
    }

    private static boolean isBeingForgotten(Label label) {
        return label.pending().stream().anyMatch(Request.Forget.class::isInstance)
                || label.phase() instanceof Phase.Stopping stopping && stopping.then() == Then.FORGOTTEN;
    }

    private boolean inMaintenance(InstanceFmri fmri) {
        return standing(fmri).isEmpty() || standing(fmri).get().label().phase() instanceof Phase.Maintenance;
    }

    private Optional<Standing> standing(InstanceFmri fmri) {
        return Optional.ofNullable(published().standings().get(fmri));
    }

    private void redefine(InstanceFmri fmri, Asker by) {
        promises.removeIf(p -> p.fmri().equals(fmri));
        causeFrom(fmri, "redefined");
        Model model = published().model();
        boolean known = model.exists(fmri);
        Site.Service service = site.redefined(fmri, dice);
        causeFrom(fmri, "redefined");
        boolean enabled = model.enabled(fmri).orElse(dice.nextInt(3) > 0);
        // One that was deleted, or perhaps was, comes back with the setting of its manifest; else an administrator's setting stands.
        UnaryOperator<EnabledSetting> set = s -> known ? s : new EnabledSetting(enabled, Optional.empty());
        Administration.Apply apply = new Administration.Apply(Site.imported(service, enabled, model), model,
                dice.nextBoolean() ? List.of(fmri) : List.of(), by);
        submit("import " + service, List.of(fmri), apply, () -> {
            expected.get(fmri).surely(service.version());
            imports(fmri, known, set);
        }, () -> {
            expected.get(fmri).perhaps(service.version());
            imports(fmri, known, set);
        });
    }

    // What was asked meanwhile, and the layer of the administrator, may stand against what the manifest says.
    private void imports(InstanceFmri fmri, boolean known, UnaryOperator<EnabledSetting> set) {
        if (!known) {
            expected.get(fmri).perhaps(set);
        }
        expected.get(fmri).perhaps(s -> new EnabledSetting(!s.permanent(), s.temporary()));
        expected.get(fmri).perhaps(Scenario::withoutOverride);
        expected.get(fmri).perhaps(s -> s.effective() ? new EnabledSetting(s.permanent(), Optional.of(false)) : s);
    }

    private void delete(InstanceFmri fmri, Asker by) {
        promises.removeIf(p -> p.fmri().equals(fmri));
        Model model = published().model();
        if (!model.exists(fmri)) {
            return;
        }
        causeFrom(fmri, "deleted");
        Administration.Apply apply = new Administration.Apply(Site.deleted(fmri, model), model, List.of(), by);
        submit("delete " + fmri, List.of(fmri), apply, () -> {
            expected.get(fmri).surely(0);
            expected.get(fmri).perhaps(Scenario::withoutOverride);
        }, () -> {
            expected.get(fmri).perhaps(0);
            expected.get(fmri).perhaps(Scenario::withoutOverride);
        });
    }

    private void milestone(String milestone, Asker by) {
        promises.clear();
        all("milestone");
        UnaryOperator<EnabledSetting> set = milestone.equals("all")
                ? Scenario::withoutOverride
                : s -> s.effective() ? new EnabledSetting(s.permanent(), Optional.of(false)) : s;
        // Asking for the one in force changes nothing.
        Runnable perhaps = () -> expected.values().forEach(e -> e.perhaps(set));
        submit("milestone " + milestone, site.all(), new Administration.SetMilestone(milestone, Permanence.TEMPORARILY, by), perhaps,
                perhaps);
    }

    private void shutdown(Administration.Services services, Asker by) {
        all("shutdown");
        promises.clear();
        Runnable perhaps = services == Administration.Services.STOPPED ? () -> expected.values().forEach(e -> {
            e.perhaps(s -> s.effective() ? new EnabledSetting(s.permanent(), Optional.of(false)) : s);
            e.perhaps(Scenario::withoutOverride);
        }) : () -> {};
        submit("shutdown " + services, List.of(), new Administration.Shutdown(services, Optional.empty(), by), perhaps, perhaps);
    }

    private static EnabledSetting withoutOverride(EnabledSetting setting) {
        return new EnabledSetting(setting.permanent(), Optional.empty());
    }

    // the world

    private boolean worldMoves() {
        List<Runnable> able = new ArrayList<>();
        for (Launching one : kernel.launchers) {
            boolean content = !trouble && isContent(one);
            if (!content) {
                able.add(() -> happens(one));
            }
        }
        for (Contract contract : kernel.contracts.values()) {
            if (contract.exists && contract.has(Kind.MEMBER) && (trouble ? dice.nextInt(6) == 0 : isToGo(contract))) {
                able.add(() -> memberDies(contract));
            }
        }
        if (able.isEmpty()) {
            return false;
        }
        able.get(dice.nextInt(able.size())).run();
        return true;
    }

    /// What is to stop, and is given all the time it wants, does so in the end.
    private boolean isToGo(Contract contract) {
        return kernel.label(contract.fmri).filter(l -> l.phase() instanceof Phase.Stopping s && s.deadline().isEmpty()).isPresent();
    }

    /// A child that runs on, as it should.
    private boolean isContent(Launching one) {
        return one.inside && one.status.isEmpty() && one.launch.method().equals("start") && model(one) == ServiceModel.CHILD
                && !isToGo(kernel.contracts.get(one.launch.contract()));
    }

    private ServiceModel model(Launching one) {
        return kernel.label(one.launch.fmri()).map(Label::model).orElse(site.service(one.launch.fmri()).model());
    }

    private void happens(Launching one) {
        if (!one.inside) {
            if (trouble && dice.nextInt(15) == 0) {
                tell("launcher dies outside: %s", one);
                kernel.launcherKilled(one);
            } else {
                tell("joins: %s", one);
                kernel.join(one);
            }
        } else if (one.recorded) {
            tell("launcher leaves: %s", one);
            kernel.end(one, one.status.orElseThrow());
        } else if (trouble && dice.nextInt(25) == 0) {
            tell("launcher killed: %s", one);
            kernel.launcherKilled(one);
        } else if (one.status.isPresent()) {
            tell("recorded: %s", one);
            kernel.record(one);
        } else if (!trouble || dice.nextInt(4) > 0) {
            works(one);
        }
    }

    /// The method ends, having done what it does.
    private void works(Launching one) {
        InstanceFmri fmri = one.launch.fmri();
        Contract contract = kernel.contract(one.launch.contract()).orElseThrow();
        boolean well = !trouble || dice.nextInt(5) > 0;
        int status = well ? trouble && dice.nextInt(20) == 0 ? 97 : 0 : List.of(1, 1, 95, 96, 94, 99, 139, 143).get(dice.nextInt(8));
        boolean child = model(one) == ServiceModel.CHILD;
        switch (one.launch.method()) {
            case "start" -> {
                if (status != 0 || child) {
                    causeFrom(fmri, "method ended");
                }
                if (model(one) == ServiceModel.CONTRACT ? well || dice.nextBoolean() : trouble && dice.nextInt(4) == 0) {
                    for (int i = dice.nextInt(3); i >= 0; i--) {
                        kernel.fork(contract, trouble && dice.nextInt(8) == 0, trouble && dice.nextInt(12) == 0);
                    }
                }
                boolean waitedFor = kernel.label(fmri).filter(l -> l.phase() instanceof Phase.Starting s && s.ending().isEmpty())
                        .isPresent();
                if (status == 0 && waitedFor) {
                    succeeded.put(fmri, born.get(contract.id).when());
                }
            }
            case "stop" -> {
                if (well) {
                    for (Contract other : kernel.living(fmri)) {
                        if (other != contract && (!trouble || dice.nextInt(4) > 0)) {
                            other.processes.removeIf(p -> p.kind == Kind.MEMBER);
                            kernel.changed(other);
                            if (!trouble) {
                                kernel.launcherIn(other.id).filter(l -> l.status.isEmpty()).ifPresent(l -> kernel.methodEnds(l, 143));
                            }
                        }
                    }
                }
                if (trouble && dice.nextInt(6) == 0) {
                    kernel.fork(contract, dice.nextBoolean(), false);
                }
            }
            default -> {
                if (trouble && dice.nextInt(6) == 0) {
                    kernel.fork(contract, dice.nextBoolean(), false);
                }
            }
        }
        tell("method ends with %s: %s", status, contract);
        kernel.methodEnds(one, status);
    }

    private void memberDies(Contract contract) {
        List<SimulatedKernel.Process> members = contract.processes.stream().filter(p -> p.kind == Kind.MEMBER).toList();
        if (members.isEmpty()) {
            return;
        }
        tell("member dies: %s", contract);
        disturbed(contract.fmri, "member died");
        kernel.dies(contract, members.get(dice.nextInt(members.size())));
    }

    // faults

    private void damage() {
        switch (dice.nextInt(8)) {
            case 0 -> {
                if (!kernel.known().isEmpty()) {
                    InstanceFmri fmri = kernel.known().get(dice.nextInt(kernel.known().size()));
                    boolean both = temper.loses() && dice.nextInt(3) == 0;
                    if (site.all().contains(fmri) && (both || manager.isEmpty())) {
                        loseLabel(fmri, both);
                    }
                }
            }
            case 1 -> {
                if (temper.diskFaults()) {
                    SimulatedDisk.Fault fault = SimulatedDisk.Fault.values()[1 + dice.nextInt(3)];
                    tell("disk: %s", fault);
                    platter.begin(fault, dice.nextInt(12));
                }
            }
            case 2 -> {
                if (temper.refusals()) {
                    kernel.refusedAttributes = dice.nextInt(4);
                    kernel.refusedFiles = dice.nextInt(4);
                    tell("writing is refused: %s attributes, %s files", kernel.refusedAttributes, kernel.refusedFiles);
                }
            }
            case 3 -> {
                String file = Site.files().get(dice.nextInt(2));
                if (!world.files.remove(file)) {
                    world.files.add(file);
                }
                all("file");
                manager.ifPresent(m -> m.machine().filesChanged());
            }
            case 4 -> {
                if (temper.flips() && !damaged && manager.isEmpty() && imported) {
                    damaged = true;
                    tell("a bit flips in %s", platter.flip(dice));
                }
            }
            case 5, 6 -> {
                if (temper.boots() && dice.nextInt(4) == 0) {
                    boot(dice.nextBoolean());
                }
            }
            default -> {}
        }
    }

    private void loseLabel(InstanceFmri fmri, boolean both) {
        boolean unreadable = kernel.damageLabel(fmri, both, dice);
        tell("label damaged: %s, %s", fmri, unreadable ? "lost" : "one copy");
        if (unreadable) {
            lost.add(fmri);
            promises.removeIf(p -> p.fmri().equals(fmri));
            causeFrom(fmri, "label lost");
            mayBeForgotten(fmri);
        }
    }

    /// Its label is lost: the next manager knows no more than its permanent setting.
    private void mayBeForgotten(InstanceFmri fmri) {
        expected.get(fmri).perhaps(Scenario::withoutOverride);
        // Under milestone `none` it is taken as never decided about.
        expected.get(fmri).perhaps(s -> s.effective() ? new EnabledSetting(s.permanent(), Optional.of(false)) : s);
    }

    private void boot(boolean powerFails) {
        tell("-- the machine is booted%s", powerFails ? ", its power failed" : "");
        gone();
        kernel.boot();
        world.boots();
        if (powerFails) {
            platter.powerFails(dice);
        }
        forgetBoot();
        next = Adoption.Restarted.BY_ADMINISTRATOR;
    }

    private void forgetBoot() {
        promises.clear();
        born.clear();
        succeeded.clear();
        shown.clear();
        expected.values().forEach(e -> e.surely(Scenario::withoutOverride));
        all("boot");
    }

    // causes

    private void cause(InstanceFmri fmri, String how) {
        tell("cause: %s %s", fmri, how);
        causes.put(fmri, now);
    }

    private void all(String how) {
        site.all().forEach(f -> cause(f, how));
    }

    /// The same for all that may follow it.
    private void causeFrom(InstanceFmri fmri, String how) {
        Set<InstanceFmri> seen = new HashSet<>();
        List<InstanceFmri> open = new ArrayList<>(List.of(fmri));
        while (!open.isEmpty()) {
            InstanceFmri one = open.removeLast();
            if (seen.add(one)) {
                cause(one, how);
                for (InstanceFmri other : site.all()) {
                    Site.Service service = site.service(other);
                    if (service.needs().contains(one) || service.excludes().contains(one)
                            || site.service(one).excludes().contains(other)) {
                        open.add(other);
                    }
                }
            }
        }
    }

    @Override public void disturbed(InstanceFmri fmri, String how) {
        causeFrom(fmri, how);
    }

    /// What changed its state may concern others.
    private void noteChanges() {
        if (manager.isEmpty()) {
            return;
        }
        for (InstanceFmri fmri : site.all()) {
            String state = standing(fmri).map(s -> s.label().state() + "/" + s.label().phase().nextState()).orElse("absent");
            String before = shown.put(fmri, state);
            if (state.equals("OFFLINE/Optional[ONLINE]")) {
                trying.putIfAbsent(fmri, now);
            } else {
                trying.remove(fmri);
            }
            if (before != null && !before.equals(state)) {
                tell("%s: %s", fmri, standing(fmri).map(s -> s.label().phase().toString()).orElse("absent"));
                concernsDependents(fmri);
            }
        }
    }

    private void concernsDependents(InstanceFmri fmri) {
        for (InstanceFmri other : site.all()) {
            Site.Service service = site.service(other);
            if (service.needs().contains(fmri) || service.excludes().contains(fmri) || site.service(fmri).excludes().contains(other)) {
                causes.put(other, now);
            }
        }
    }

    private boolean isCausedSince(InstanceFmri fmri, long when) {
        return causes.getOrDefault(fmri, 0L) >= when;
    }

    // what must hold always

    @Override public void starting(InstanceFmri fmri, ContractId contract) {
        concernsDependents(fmri);
        // What happened since the first try, or was asked before and waits, acts on the last one.
        boolean waits = !outstanding.isEmpty() || kernel.label(fmri).filter(l -> !l.pending().isEmpty()).isPresent();
        long when = trying.computeIfAbsent(fmri, _ -> now);
        born.put(contract, new Born(waits ? Math.min(when, causes.getOrDefault(fmri, now)) : when, ""));
    }

    @Override public void signalling(InstanceFmri fmri, ContractId id, String signal) {
        tell("%s to %s", signal, id);
        Born of = born.get(id);
        if (signal.equals("HUP") || of == null || !of.method().equals("start")) {
            return;
        }
        // What changed in this very turn is not known before its end.
        toJustify.put(fmri, new Signalled(signal, of.when()));
    }

    private void checkSignalled() {
        toJustify.forEach((fmri, s) -> require(isCausedSince(fmri, s.born()),
                () -> "I8: " + fmri + " is sent " + s.signal() + " and nothing has happened since its start"));
        toJustify.clear();
    }

    @Override public void joined(Launching launching, Contract contract) {
        InstanceFmri fmri = contract.fmri;
        String method = launching.launch.method();
        Born of = born.get(contract.id);
        born.put(contract.id, new Born(of.when(), method));
        Optional<Label> label = kernel.label(fmri);
        require(label.isEmpty() || label.get().phase().contracts().contains(contract.id),
                () -> "I2: " + contract + " is entered and the label is " + label.get());
        if (method.equals("start")) {
            for (Contract older : kernel.living(fmri)) {
                require(older.id.compareTo(contract.id) >= 0, () -> "I3: " + contract + " is entered beside " + older);
            }
            if (site.service(fmri).model() == ServiceModel.TRANSIENT && model(launching) == ServiceModel.TRANSIENT) {
                Long success = succeeded.get(fmri);
                require(success == null || isCausedSince(fmri, success), () -> "a one-shot that succeeded runs again: " + contract);
            }
        }
    }

    private void checkAlways() {
        for (Contract contract : kernel.contracts.values()) {
            if (contract.exists && contract.populated()) {
                Optional<Label> label = kernel.label(contract.fmri);
                require(label.isEmpty() || label.get().phase().contracts().contains(contract.id),
                        () -> "a populated contract is named: " + contract + " by " + label.get());
            }
        }
    }

    // at rest

    private void settled() {
        for (Promise promise : promises) {
            require(promise.kept().getAsBoolean(),
                    () -> promise.what() + " of " + promise.fmri() + " was acknowledged and not done: " + standing(promise.fmri()));
        }
        promises.clear();
        expected.forEach((fmri, e) -> {
            Optional<Standing> standing = standing(fmri);
            e.settled(standing.map(s -> new EnabledSetting(s.label().enabled(), s.label().override())).orElse(EnabledSetting.DISABLED),
                    standing.map(_ -> Site.version(fmri, published().model())).orElse(0));
            if (lost.contains(fmri) && kernel.label(fmri).isEmpty()) {
                // Nothing has been written of it since: memory alone knows.
                mayBeForgotten(fmri);
            }
        });
    }

    static void require(boolean holds, java.util.function.Supplier<String> otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise.get());
        }
    }

    String describe() {
        return site.all().stream().map(InstanceFmri::toString).collect(Collectors.joining(" "));
    }
}
