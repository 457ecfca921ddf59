package dev.svc.simulation;

import dev.svc.contract.Contracts;
import dev.svc.contract.Ending;
import dev.svc.contract.RootRecord;
import dev.svc.engine.Adoption;
import dev.svc.engine.Engine;
import dev.svc.engine.Imports;
import dev.svc.engine.Invoker;
import dev.svc.engine.Published;
import dev.svc.engine.Standing;
import dev.svc.engine.WorkMark;
import dev.svc.fmri.InstanceFmri;
import dev.svc.graph.EnabledSetting;
import dev.svc.model.Change;
import dev.svc.model.Model;
import dev.svc.model.ServiceModel;
import dev.svc.posix.ProcessIdentity;
import dev.svc.repository.Opened;
import dev.svc.repository.Place;
import dev.svc.restarter.Label;
import dev.svc.simulation.SimulatedKernel.Launching;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/// One random life of a machine under managers that die, from a seed.
///
/// In each round first everything happens: requests ([Administrator]), deaths, failures ([Happenings]), faults ([Damage]). Then the trouble
/// stops, and everything must come to rest where the administrator last wanted it ([Rest] says where that is). Each move has dice of its
/// own, so that a move that is left out leaves the others as they are: that is how a failing scenario is made short.
///
/// What must hold throughout is asserted by [Always].
final class Scenario {
    private static final int MOVES_TO_REST = 60_000;
    private static final Path STATE = Path.of("/state");
    /// How long a manager takes to begin; none begins in the millisecond in which the last one did.
    private static final Duration BEGINNING = Duration.ofMillis(500);

    final Site site;
    final Temper temper;
    final Map<InstanceFmri, Expected> expected = new LinkedHashMap<>();
    final Causes causes = new Causes(this);
    final Always always = new Always(this, causes);
    final SimulatedKernel kernel = new SimulatedKernel(always);
    final SimulatedMachine.World world = new SimulatedMachine.World();
    final SimulatedDisk.Platter platter = new SimulatedDisk.Platter();
    final ExpectedMilestone milestone = new ExpectedMilestone(this);
    final Administrator administrator = new Administrator(this);
    final Damage damage = new Damage(this);
    private final Happenings happenings = new Happenings(this);
    private final long seed;
    private final IntPredicate included;
    private final Trace trace;
    private SplittableRandom dice;
    private Optional<Incarnation> manager = Optional.empty();
    private Optional<SimulatedDisk> disk = Optional.empty();
    private Adoption.Restarted next = Adoption.Restarted.BY_ADMINISTRATOR;
    private ProcessIdentity keeper = new ProcessIdentity(1, 0);
    private boolean imported;
    private boolean trouble = true;
    private int moves;
    private long now;
    private int kills;

    /// A manager.
    private record Incarnation(Doom doom, SimulatedContracts contracts, SimulatedMachine machine, Invoker invoker) {}

    Scenario(long seed, IntPredicate included, Trace trace) {
        this.seed = seed;
        this.included = included;
        this.trace = trace;
        dice = new SplittableRandom(seed);
        SplittableRandom more = new SplittableRandom(~seed);
        site = new Site(dice, more.nextInt(5) == 0 ? 1 + more.nextInt(2) : 0, more);
        for (InstanceFmri fmri : site.all()) {
            expected.put(fmri, new Expected(dice.nextInt(4) > 0, site.service(fmri).version()));
        }
        temper = Temper.of(dice, more, site.all().size());
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

    // what those who move may know

    long now() {
        return now;
    }

    /// Those of the present move.
    SplittableRandom dice() {
        return dice;
    }

    /// Whether anything may still go wrong.
    boolean inTrouble() {
        return trouble;
    }

    boolean hasNoManager() {
        return manager.isEmpty();
    }

    /// Whether a manager ever came so far as to import anything.
    boolean hasImported() {
        return imported;
    }

    Engine engine() {
        return manager.orElseThrow().invoker().engine();
    }

    Published published() {
        return engine().published();
    }

    Optional<Standing> standing(InstanceFmri fmri) {
        return Optional.ofNullable(published().standings().get(fmri));
    }

    /// What the instance of a launcher was started as.
    ServiceModel model(Launching one) {
        return kernel.label(one.launch.fmri())
                .or(() -> manager.isEmpty() ? Optional.empty() : standing(one.launch.fmri()).map(Standing::label))
                .map(Label::model).orElse(site.service(one.launch.fmri()).model());
    }

    void tell(String format, Object... what) {
        if (trace.isKept()) {
            trace.tell(now + " " + String.format(format, what));
        }
    }

    static void require(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise.get());
        }
    }

    static EnabledSetting withoutOverride(EnabledSetting setting) {
        return new EnabledSetting(setting.permanent(), Optional.empty());
    }

    /// Taken down by a milestone.
    static EnabledSetting down(EnabledSetting setting) {
        return setting.effective() ? new EnabledSetting(setting.permanent(), Optional.of(false)) : setting;
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
            milestone.check(published());
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
        administrator.collectAnswers();
        always.check();
    }

    private void rest() {
        trouble = false;
        damage.ends();
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
        if (managerWorks() || happenings.move()) {
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

    /// It is at rest: what may have happened has, or has not.
    private void settled() {
        administrator.settled();
        milestone.settled(published());
        expected.forEach((fmri, e) -> {
            Optional<Standing> standing = standing(fmri);
            e.settled(standing.map(s -> new EnabledSetting(s.label().enabled(), s.label().override())).orElse(EnabledSetting.DISABLED),
                    standing.map(_ -> Site.version(fmri, published().model())).orElse(0), Site.edited(fmri, published().model()),
                    Site.refreshed(fmri, published().model()));
            damage.settled(fmri);
        });
    }

    // moves

    private void move() {
        int what = dice.nextInt(100);
        if (manager.isEmpty()) {
            if (what < 40) {
                takeOver();
            } else if (what < 50) {
                damage.move();
            } else if (what < 60) {
                pass(Duration.ofMillis(dice.nextInt(70_000)));
            } else {
                happenings.move();
            }
        } else if (what < temper.deaths()) {
            dieSoon();
        } else if (what < 12 + temper.commands() * 2) {
            administrator.move();
        } else if (what < 32) {
            damage.move();
        } else if (what < 36) {
            pass(Duration.ofMillis(dice.nextInt(60_000)));
            manager.get().contracts().round();
            turn();
        } else if (what < 60) {
            happenings.move();
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
        doomIn(dice.nextInt(25));
    }

    void doomIn(int steps) {
        manager.orElseThrow().doom().in(steps);
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
            administrator.collectAnswers();
            it.invoker().end();
            Optional<RootRecord> last = it.invoker().engine().stoppedAll();
            if (last.isPresent()) {
                end(it.contracts(), last.get(), new Ending(Optional.of(keeper), 0));
            } else {
                tell("-- the manager ends, services go on");
                gone();
                nextByHand();
            }
        }
    }

    private void end(SimulatedContracts contracts, RootRecord last, Ending ending) {
        // Killed on the way, it may have got that far.
        expected.values().forEach(e -> e.perhaps(Scenario::withoutOverride));
        contracts.endBoot(last, ending);
        // Unless something is left of one in maintenance.
        if (!kernel.bootRecorded) {
            forgetBoot();
        }
        tell("-- the manager ends, everything is stopped");
        gone();
        nextByHand();
    }

    /// Whoever starts the next manager does so with a keeper of its own.
    private void nextByHand() {
        next = Adoption.Restarted.BY_ADMINISTRATOR;
        keeper = new ProcessIdentity(keeper.pid() + 1, 0);
    }

    private void pass(Duration span) {
        world.passes(span);
        // Whatever is due may have consequences.
        manager.ifPresent(_ -> site.all().forEach(fmri -> standing(fmri).flatMap(s -> s.label().phase().due())
                .filter(world.now()::reached).ifPresent(_ -> causes.from(fmri, "due"))));
        if (manager.isEmpty()) {
            kernel.known().forEach(fmri -> kernel.label(fmri).flatMap(l -> l.phase().due())
                    .filter(world.now()::reached).ifPresent(_ -> causes.from(fmri, "due")));
        }
        if (trouble && dice.nextInt(8) == 0) {
            world.jumps(Duration.ofSeconds(dice.nextLong(-100_000, 100_000)));
        }
    }

    void filesChanged() {
        manager.ifPresent(m -> m.machine().filesChanged());
    }

    void boot(boolean powerFails) {
        tell("-- the machine is booted%s", powerFails ? ", its power failed" : "");
        gone();
        kernel.boot();
        world.boots();
        if (powerFails) {
            platter.powerFails(dice);
        }
        forgetBoot();
        nextByHand();
    }

    private void forgetBoot() {
        administrator.promisesNothing();
        always.forgetBoot();
        expected.values().forEach(e -> e.surely(Scenario::withoutOverride));
        milestone.surelyAnew();
        causes.all("boot");
    }

    // the manager

    private void takeOver() {
        Doom doom = new Doom();
        if (trouble && dice.nextInt(3) == 0) {
            doom.in(dice.nextInt(80));
        }
        tell("-- a manager takes over");
        pass(BEGINNING);
        SimulatedMachine machine = new SimulatedMachine(world);
        boolean byAdministrator = next == Adoption.Restarted.BY_ADMINISTRATOR;
        try {
            SimulatedContracts contracts = new SimulatedContracts(kernel, doom, always, trace);
            Optional<Ending> ending = kernel.lastEnding;
            if (ending.flatMap(Ending::keeper).equals(Optional.of(keeper))) {
                end(contracts, contracts.root(), ending.get());
                return;
            }
            // The first of a boot may have been killed before it could write anything.
            boolean first = contracts.coldBoot() || contracts.root().saysNothing() && kernel.known().isEmpty();
            boolean anew = first || contracts.root().ending() && byAdministrator;
            tell("root: %s", contracts.root());
            disk = Optional.of(new SimulatedDisk(platter, doom, trace));
            Invoker invoker = new Invoker(setting(contracts, disk.get()), machine);
            manager = Optional.of(new Incarnation(doom, contracts, machine, invoker));
            if (anew) {
                expected.values().forEach(e -> e.perhaps(Scenario::withoutOverride));
                milestone.perhapsAnew();
                // Killed on the way, a successor goes on entering it.
                if (milestone.mayExclude()) {
                    administrator.sidesMayChange();
                }
                causes.all("the temporary settings end");
            }
            imported = true;
            administrator.startsAgain();
            invoker.begin();
            administrator.hasStarted();
            if (milestone.mayExclude() && milestone.isCyclic(published())) {
                administrator.sidesMayChange();
            }
            if (anew) {
                expected.values().forEach(e -> e.surely(Scenario::withoutOverride));
                milestone.surelyAnew();
                administrator.sidesMayChange();
                if (milestone.mayExclude()) {
                    // Outside the one before, and outside this one: it stays as it was.
                    expected.values().forEach(e -> e.perhaps(s -> new EnabledSetting(s.permanent(), Optional.of(false))));
                }
            }
            next = Adoption.Restarted.BY_KEEPER;
        } catch (IOException e) {
            tell("-- it cannot begin: %s", e);
            gone();
        }
    }

    private Adoption.Setting setting(Contracts contracts, SimulatedDisk platters) {
        return new Adoption.Setting(contracts, Place.below(STATE, platters), (_, _, text) -> tell("log: %s", text), this::imports, Map.of(),
                0, next, Optional.empty(), WorkMark.nowhere());
    }

    private Imports imports(Opened opened) {
        List<Change> all = new ArrayList<>();
        Model current = opened.model();
        for (InstanceFmri fmri : site.all()) {
            // Those that could not be recorded are imported again; those that may have been deleted are not.
            if (!current.exists(fmri) && !expected.get(fmri).allows(0)) {
                boolean enabled = expected.get(fmri).mayBeEnabledForGood();
                Change change = Site.imported(site.service(fmri), enabled, current);
                all.add(change);
                current = current.with(change);
            }
        }
        return new Imports(all, List.of());
    }

    private void died() {
        kills++;
        tell("-- killed");
        always.managerDied();
        // A child is online once its launcher is spawned. If that has not joined yet, the successor may be faster: a known limit.
        kernel.launchers.stream().filter(l -> !l.inside && l.launch.method().equals("start") && model(l) == ServiceModel.CHILD)
                .forEach(l -> causes.from(l.launch.fmri(), "not begun"));
        next = Adoption.Restarted.BY_KEEPER;
        gone();
    }

    private void gone() {
        administrator.collectAnswers();
        disk.ifPresent(SimulatedDisk::close);
        manager = Optional.empty();
        kernel.manager = Optional.empty();
        administrator.unanswered();
    }
}
