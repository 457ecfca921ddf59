package dev.svc.simulation;

import dev.svc.engine.Administration;
import dev.svc.engine.Administration.Permanence;
import dev.svc.engine.Answer;
import dev.svc.engine.Asker;
import dev.svc.engine.Standing;
import dev.svc.fmri.InstanceFmri;
import dev.svc.graph.EnabledSetting;
import dev.svc.model.Model;
import dev.svc.restarter.ContractId;
import dev.svc.restarter.Label;
import dev.svc.restarter.Phase;
import dev.svc.restarter.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/// The moves of the administrator, and what may be expected of them: what is acknowledged is certain, what was never answered is possible.
final class Administrator {
    private final Scenario scenario;
    private final List<Outstanding> outstanding = new ArrayList<>();
    /// Answers in the order in which they came.
    private final List<Outstanding> answered = new ArrayList<>();
    private final List<Promise> promises = new ArrayList<>();
    /// What may take effect at the next start.
    private final List<Runnable> late = new ArrayList<>();
    private int edits;

    /// Something asked and not yet answered.
    private record Outstanding(String what, List<InstanceFmri> of, CompletableFuture<Answer> answer, Runnable surely, Runnable perhaps) {}

    /// Something acknowledged that must have come true at rest.
    private record Promise(String what, InstanceFmri fmri, BooleanSupplier kept) {}

    Administrator(Scenario scenario) {
        this.scenario = scenario;
    }

    /// Whether something that was asked is not answered yet.
    boolean waits() {
        return !outstanding.isEmpty();
    }

    void move() {
        InstanceFmri fmri = scenario.site.all().get(scenario.dice().nextInt(scenario.site.all().size()));
        int choice = scenario.dice().nextInt(40);
        Asker by = new Asker(0, "root");
        if (scenario.temper.edits() && choice % 3 == 0) {
            if (choice % 2 == 0) {
                edit(fmri, by);
            } else {
                ask(fmri, new Request.Refresh(), by);
            }
        } else if (choice < 16) {
            enable(fmri, scenario.dice().nextBoolean(), scenario.dice().nextInt(3) == 0 ? Permanence.TEMPORARILY : Permanence.PERMANENTLY,
                    by);
        } else if (choice < 30) {
            Request request = switch (scenario.dice().nextInt(8)) {
                case 0, 1, 2 -> new Request.Restart(scenario.dice().nextInt(5) == 0 ? Request.Dump.CORE : Request.Dump.NO);
                case 3, 4 -> new Request.Refresh();
                case 5 -> new Request.MarkMaintenance(
                        scenario.dice().nextBoolean() ? Request.Haste.ORDERLY : Request.Haste.IMMEDIATE, Optional.empty(), false);
                case 6 -> scenario.dice().nextInt(3) == 0 ? new Request.MarkDegraded(Optional.empty(), false) : new Request.Clear();
                default -> new Request.Clear();
            };
            ask(fmri, request, by);
        } else if (choice < 34) {
            redefine(fmri, by);
        } else if (choice < 36) {
            delete(fmri, by);
        } else if (choice < 38) {
            milestone(by);
        } else if (choice == 38) {
            shutdown(scenario.dice().nextInt(3) == 0 ? Administration.Services.STOPPED : Administration.Services.LEFT_RUNNING, by);
        } else {
            several(by);
        }
        if (scenario.dice().nextInt(12) == 0) {
            scenario.doomIn(scenario.dice().nextInt(12));
        }
    }

    /// The same for what decides about the instances it is of.
    private void decide(String what, List<InstanceFmri> of, Administration request, Runnable surely, Runnable perhaps) {
        of.forEach(this::movesSides);
        submit(what, of, request, () -> {
            surely.run();
            of.forEach(this::movesSides);
        }, () -> {
            perhaps.run();
            of.forEach(this::movesSides);
        });
    }

    private void submit(String what, List<InstanceFmri> of, Administration request, Runnable surely, Runnable perhaps) {
        scenario.tell("asked: %s", what);
        Outstanding one = new Outstanding(what, of, scenario.engine().submit(request), surely, perhaps);
        outstanding.add(one);
        one.answer().thenRun(() -> answered.add(one));
    }

    private void enable(InstanceFmri fmri, boolean on, Permanence permanence, Asker by) {
        promisesNothing(fmri);
        scenario.causes.from(fmri, "set");
        UnaryOperator<EnabledSetting> set = permanence == Permanence.PERMANENTLY
                ? s -> new EnabledSetting(on, Optional.empty())
                : s -> new EnabledSetting(s.permanent(), Optional.of(on));
        decide((on ? "enable " : "disable ") + permanence + " " + fmri, List.of(fmri),
                new Administration.SetEnabled(List.of(new Administration.Enabling(fmri, on)), permanence, Optional.empty(), by),
                () -> scenario.expected.get(fmri).surely(set), () -> scenario.expected.get(fmri).perhaps(set));
    }

    private void several(Asker by) {
        List<Administration.Enabling> all = new ArrayList<>();
        for (InstanceFmri fmri : scenario.site.all()) {
            if (scenario.dice().nextBoolean() && scenario.published().standings().containsKey(fmri)) {
                all.add(new Administration.Enabling(fmri, scenario.dice().nextInt(3) > 0));
                scenario.causes.from(fmri, "set");
                promisesNothing(fmri);
            }
        }
        if (all.isEmpty()) {
            return;
        }
        decide("set " + all, all.stream().map(Administration.Enabling::fmri).toList(),
                new Administration.SetEnabled(all, Permanence.PERMANENTLY, Optional.empty(), by),
                () -> all.forEach(e -> scenario.expected.get(e.fmri()).surely(_ -> new EnabledSetting(e.enabled(), Optional.empty()))),
                () -> all.forEach(e -> scenario.expected.get(e.fmri()).perhaps(_ -> new EnabledSetting(e.enabled(), Optional.empty()))));
    }

    private void ask(InstanceFmri fmri, Request request, Asker by) {
        scenario.causes.from(fmri, "asked");
        Optional<Label> before = scenario.standing(fmri).map(Standing::label);
        Runnable surely = () -> {};
        if (request instanceof Request.Restart && before.filter(l -> l.state().isRunning() && l.phase().isAtRest()).isPresent()
                && before.get().phase().primary().isPresent()) {
            long highest = scenario.kernel.contracts.keySet().stream().mapToLong(ContractId::value).max().orElse(0);
            surely = () -> promises.add(new Promise("restart", fmri, () -> startedAbove(fmri, highest)));
        } else if (request instanceof Request.MarkMaintenance) {
            promisesNothing(fmri);
            surely = before.filter(Label::isBeingForgotten).isPresent()
                    ? surely
                    : () -> {
                        // A disable that waits for dependents is told when they are gone, and ends it.
                        boolean enabled = scenario.standing(fmri).filter(s -> s.label().effectivelyEnabled()).isPresent();
                        // If it was so already nothing is written, and what is stored may be damaged.
                        if (enabled && isStored(fmri) && outstanding.stream().noneMatch(o -> o.of().contains(fmri))) {
                            promises.add(new Promise("mark maintenance", fmri, () -> inMaintenance(fmri)));
                        }
                    };
        } else if (request instanceof Request.Clear) {
            promisesNothing(fmri);
        }
        if (request instanceof Request.Refresh) {
            submit(request + " " + fmri, List.of(fmri), new Administration.Ask(fmri, request, by),
                    () -> scenario.expected.get(fmri).surelyRefreshed(), () -> scenario.expected.get(fmri).perhapsRefreshed());
        } else {
            submit(request + " " + fmri, List.of(fmri), new Administration.Ask(fmri, request, by), surely, () -> {});
        }
    }

    private void edit(InstanceFmri fmri, Asker by) {
        Model model = scenario.published().model();
        if (!model.exists(fmri)) {
            return;
        }
        int value = ++edits;
        submit("setprop " + fmri + " " + value, List.of(fmri),
                new Administration.Apply(Site.edited(fmri, value), model, List.of(), by),
                () -> scenario.expected.get(fmri).surelyEdited(value), () -> scenario.expected.get(fmri).perhapsEdited(value));
    }

    private boolean startedAbove(InstanceFmri fmri, long highest) {
        return scenario.standing(fmri).filter(s -> s.label().state().isRunning()).isEmpty()
                || scenario.always.startedAbove(fmri, highest)
                || scenario.standing(fmri).get().label().phase().primary().isEmpty();
    }

    private boolean isStored(InstanceFmri fmri) {
        return scenario.kernel.label(fmri).equals(scenario.standing(fmri).map(Standing::label));
    }

    private boolean inMaintenance(InstanceFmri fmri) {
        return scenario.standing(fmri).isEmpty() || scenario.standing(fmri).get().label().phase() instanceof Phase.Maintenance;
    }

    private void redefine(InstanceFmri fmri, Asker by) {
        promisesNothing(fmri);
        scenario.causes.from(fmri, "redefined");
        Model model = scenario.published().model();
        boolean known = model.exists(fmri);
        Site.Service service = scenario.site.redefined(fmri, scenario.dice());
        scenario.causes.from(fmri, "redefined");
        boolean enabled = model.enabled(fmri).orElse(scenario.dice().nextInt(3) > 0);
        // One that was deleted, or perhaps was, comes back with the setting of its manifest; else an administrator's setting stands.
        UnaryOperator<EnabledSetting> set = s -> known ? s : new EnabledSetting(enabled, Optional.empty());
        Administration.Apply apply = new Administration.Apply(Site.imported(service, enabled, model), model,
                scenario.dice().nextBoolean() ? List.of(fmri) : List.of(), by);
        decide("import " + service, List.of(fmri), apply, () -> {
            scenario.expected.get(fmri).surely(service.version());
            if (!known) {
                scenario.expected.get(fmri).surelyEdited(0);
            }
            scenario.expected.get(fmri).surelyRefreshed();
            imports(fmri, known, set);
        }, () -> {
            scenario.expected.get(fmri).perhaps(service.version());
            if (!known) {
                scenario.expected.get(fmri).perhapsEdited(0);
            }
            scenario.expected.get(fmri).perhapsRefreshed();
            imports(fmri, known, set);
        });
    }

    // What was asked meanwhile, and the layer of the administrator, may stand against what the manifest says.
    private void imports(InstanceFmri fmri, boolean known, UnaryOperator<EnabledSetting> set) {
        if (!known) {
            scenario.expected.get(fmri).perhaps(set);
        }
        scenario.expected.get(fmri).perhaps(s -> new EnabledSetting(!s.permanent(), s.temporary()));
        scenario.expected.get(fmri).perhaps(Scenario::withoutOverride);
        scenario.expected.get(fmri).perhaps(Scenario::down);
    }

    private void delete(InstanceFmri fmri, Asker by) {
        promisesNothing(fmri);
        Model model = scenario.published().model();
        if (!model.exists(fmri)) {
            return;
        }
        scenario.causes.from(fmri, "deleted");
        Administration.Apply apply = new Administration.Apply(Site.deleted(fmri, model), model, List.of(), by);
        decide("delete " + fmri, List.of(fmri), apply, () -> {
            scenario.expected.get(fmri).surely(0);
            scenario.expected.get(fmri).perhaps(Scenario::withoutOverride);
        }, () -> {
            scenario.expected.get(fmri).perhaps(0);
            scenario.expected.get(fmri).perhaps(Scenario::withoutOverride);
        });
    }

    private void milestone(Asker by) {
        List<InstanceFmri> milestones = scenario.site.milestones();
        if (milestones.isEmpty() || scenario.dice().nextInt(3) == 0) {
            milestone(scenario.dice().nextInt(4) == 0 ? "none" : "all", Permanence.TEMPORARILY, by);
        } else {
            String at = milestones.get(scenario.dice().nextInt(milestones.size())).toString();
            milestone(scenario.dice().nextInt(5) == 0 ? "all" : at,
                    scenario.dice().nextInt(3) == 0 ? Permanence.PERMANENTLY : Permanence.TEMPORARILY, by);
        }
    }

    private void milestone(String milestone, Permanence permanence, Asker by) {
        promises.clear();
        scenario.causes.all("milestone");
        long asked = scenario.now();
        // Asking for the one in force changes nothing.
        Runnable settings = milestone.equals("all")
                ? () -> scenario.expected.values().forEach(e -> e.perhaps(Scenario::withoutOverride))
                : this::sidesMayChange;
        submit("milestone " + milestone + " " + permanence, scenario.site.all(),
                new Administration.SetMilestone(milestone, permanence, by), () -> {
                    settings.run();
                    switch (permanence) {
                        case TEMPORARILY -> scenario.milestone.surely(milestone, asked);
                        case PERMANENTLY -> scenario.milestone.surelyForGood(milestone, asked);
                    }
                }, () -> {
                    settings.run();
                    switch (permanence) {
                        case TEMPORARILY -> scenario.milestone.perhaps(milestone);
                        case PERMANENTLY -> scenario.milestone.perhapsForGood(milestone);
                    }
                });
    }

    /// Who comes to be inside the milestone is set as for good, who comes to be outside goes down.
    void sidesMayChange() {
        scenario.expected.values().forEach(e -> {
            e.perhaps(Scenario::withoutOverride);
            e.perhaps(Scenario::down);
        });
    }

    /// By what is asked of `fmri` others may come to be on the other side of the milestone.
    private void movesSides(InstanceFmri fmri) {
        scenario.milestone.decides(fmri);
        if (scenario.milestone.mayExclude()) {
            sidesMayChange();
            scenario.causes.all("milestone");
        }
    }

    private void shutdown(Administration.Services services, Asker by) {
        scenario.causes.all("shutdown");
        promises.clear();
        Runnable perhaps = services == Administration.Services.STOPPED ? () -> {
            sidesMayChange();
            scenario.milestone.perhaps("none");
        } : () -> {};
        submit("shutdown " + services, List.of(), new Administration.Shutdown(services, Optional.empty(), by), perhaps, perhaps);
    }

    // answers

    void collectAnswers() {
        for (Outstanding one : answered) {
            if (outstanding.remove(one)) {
                Answer answer = one.answer().join();
                scenario.tell("answer to %s: %s", one.what(), answer);
                one.of().forEach(f -> scenario.causes.from(f, "answered"));
                // Something else than what was promised may have been in force since.
                promises.removeIf(p -> one.of().contains(p.fmri()));
                switch (answer) {
                    case Answer.Done _ -> one.surely().run();
                    case Answer.OutcomeUnknown _ -> {
                        one.perhaps().run();
                        late.add(one.perhaps());
                    }
                    case Answer.Refused _,Answer.Conflict _ -> {}
                }
            }
        }
        answered.clear();
    }

    /// A manager comes: what could not be recorded for certain may take effect now, whatever was asked since.
    void startsAgain() {
        late.forEach(Runnable::run);
    }

    /// It has come, and nothing more takes effect late.
    void hasStarted() {
        late.clear();
    }

    /// The manager ended: what it did not answer may have happened.
    void unanswered() {
        outstanding.forEach(o -> {
            scenario.tell("never answered: %s", o.what());
            promises.removeIf(p -> o.of().contains(p.fmri()));
            o.perhaps().run();
        });
        outstanding.clear();
        answered.clear();
    }

    /// Something happened that may undo what was promised of an instance.
    void promisesNothing(InstanceFmri fmri) {
        promises.removeIf(p -> p.fmri().equals(fmri));
    }

    void promisesNothing() {
        promises.clear();
    }

    /// At rest, what was promised must have come true.
    void settled() {
        for (Promise promise : promises) {
            Scenario.require(promise.kept().getAsBoolean(), () -> promise.what() + " of " + promise.fmri()
                    + " was acknowledged and not done: " + scenario.standing(promise.fmri()));
        }
        promises.clear();
    }
}
