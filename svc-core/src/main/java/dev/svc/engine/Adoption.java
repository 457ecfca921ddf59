package dev.svc.engine;

import dev.svc.contract.Contracts;
import dev.svc.contract.InstanceLog;
import dev.svc.contract.RootRecord;
import dev.svc.fmri.InstanceFmri;
import dev.svc.graph.DependencyGraph;
import dev.svc.graph.Entry;
import dev.svc.graph.Milestone;
import dev.svc.model.Change;
import dev.svc.model.Definition;
import dev.svc.model.Model;
import dev.svc.model.Reason;
import dev.svc.model.Sequence;
import dev.svc.model.ServiceModel;
import dev.svc.repository.BackupKind;
import dev.svc.repository.Finding;
import dev.svc.repository.Known;
import dev.svc.repository.Opened;
import dev.svc.repository.OutcomeUnknownException;
import dev.svc.repository.Place;
import dev.svc.repository.RefusedException;
import dev.svc.repository.Repository;
import dev.svc.restarter.Event;
import dev.svc.restarter.Found;
import dev.svc.restarter.Label;
import dev.svc.restarter.Phase;
import dev.svc.takeover.Freshness;
import dev.svc.takeover.Takeover;
import dev.svc.takeover.TakenOver;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/// How a manager begins: contracts are watched and read, the repository is verified, both are reconciled, and the engine goes on
/// from there. There is no other start-up path: a cold boot is the takeover of an empty machine.
public final class Adoption {
    private static final System.Logger LOG = System.getLogger(Adoption.class.getName());

    /// What a manager is started with.
    ///
    /// @param imports the bundles to be imported unasked, made into changes of the model that was opened
    /// @param environment what every method gets beside SMF's own variables
    /// @param milestone the one to be entered instead of the one in force or by default
    /// @param restarted whether the keeper brought it back, so that an interrupted ending is carried on
    public record Setting(Contracts contracts, Place place, InstanceLog log, Function<Model, List<Change>> imports,
            Map<String, String> environment, int uid, Restarted restarted, Optional<Milestone> milestone) {}

    /// Whether an administrator or the keeper started this manager.
    public enum Restarted {
        BY_ADMINISTRATOR, BY_KEEPER
    }

    private final Setting setting;
    private final Clock clock = new Clock();
    private final LinkedBlockingQueue<Message> queue = new LinkedBlockingQueue<>();
    private final List<String> notices = new ArrayList<>();
    private BackupKind backup = BackupKind.BOOT;

    private Adoption(Setting setting) {
        this.setting = setting;
    }

    /// Takes everything over; the engine runs when this returns, and its first turn is done when its first snapshot has version 1.
    ///
    /// @throws IOException if contracts cannot be read or watched
    public static Engine begin(Setting setting) throws IOException {
        return new Adoption(setting).begin();
    }

    private Engine begin() throws IOException {
        Contracts contracts = setting.contracts();
        // Watch first, read second; what happens from here on waits in the queue.
        List<Found> found = contracts.surveyAndWatch(h -> queue.add(new Message.Happened(new Told(h.fmri(), h.event()))));
        RootRecord rootRecord = contracts.root();
        List<Sequence> known = found.stream().flatMap(f -> f.label().stream()).map(Label::sequence).toList();
        Opened opened = Repository.open(setting.place(), Known.of(rootRecord.sequence(), known), clock::wall);
        opened.findings().forEach(f -> LOG.log(f.gravity() == Finding.Gravity.NOTE ? Level.INFO : Level.WARNING, f.toString()));
        Model model = imported(opened);
        return reconciled(found, rootRecord, opened, model);
    }

    private Model imported(Opened opened) {
        List<Change> changes = setting.imports().apply(opened.model());
        if (changes.isEmpty()) {
            return opened.model();
        }
        backup = BackupKind.MANIFEST_IMPORT;
        try {
            return opened.repository().commit(changes).model();
        } catch (RefusedException | OutcomeUnknownException e) {
            LOG.log(Level.ERROR, "manifests are in force but could not be recorded: " + e.getMessage());
            notices.add("manifests could not be recorded: " + e.getMessage());
            return opened.model().with(changes);
        }
    }

    private Engine reconciled(List<Found> found, RootRecord rootRecord, Opened opened, Model model) throws IOException {
        Map<InstanceFmri, Definition> definitions = new HashMap<>();
        Map<InstanceFmri, Boolean> enabled = new HashMap<>();
        Map<InstanceFmri, Definition> others = new HashMap<>();
        for (InstanceFmri fmri : model.instances()) {
            Definition definition = Definition.of(fmri, model);
            if (Instances.isOurs(definition)) {
                definitions.put(fmri, definition);
                model.enabled(fmri).ifPresent(e -> enabled.put(fmri, e));
            } else {
                others.put(fmri, definition);
            }
        }
        List<Found> ours = found.stream().filter(f -> !others.containsKey(f.fmri())
                && !f.fmri().equals(InstanceFmri.MASTER_RESTARTER)).toList();
        Map<InstanceFmri, Label> labels = new HashMap<>();
        found.forEach(f -> f.label().ifPresent(l -> labels.put(f.fmri(), l)));
        RootMemory root = new RootMemory(setting.contracts(), rootRecord, Engine.above(labels, found));
        TakenOver taken = Takeover.reconcile(definitions, enabled, ours, freshness(opened), clock.moment(root.nextContract()));
        taken.findings().forEach(f -> notices.add(f.fmri() + ": " + f.sentence()));
        taken.findings().forEach(f -> LOG.log(Level.WARNING, f.fmri() + ": " + f.sentence()));
        Engine engine = engine(opened, model, root, taken, definitions, others, labels);
        LOG.log(Level.INFO, "adopted " + taken.labels().size() + " instances, " + populated(ours) + " with processes");
        return engine;
    }

    private Engine engine(Opened opened, Model model, RootMemory root, TakenOver taken, Map<InstanceFmri, Definition> definitions,
            Map<InstanceFmri, Definition> others, Map<InstanceFmri, Label> labels) throws IOException {
        MethodLaunch launch = new MethodLaunch(setting.contracts(), setting.log(), setting.environment(),
                told -> queue.add(new Message.Happened(told)));
        Effects effects = new Effects(setting.contracts(), setting.log(), root, launch);
        // After a complete shutdown the milestone `none` has left its temporary settings: whoever starts the manager wants them gone.
        Entry entry = wasEnded(root) || setting.contracts().coldBoot() ? Entry.REQUESTED : Entry.TAKEN_OVER;
        Milestone milestone = milestone(root, model);
        Instances instances = new Instances(new DependencyGraph(), effects, root, clock);
        FileWatch files = new FileWatch(() -> queue.add(new Message.FilesMayHaveChanged()));
        reportTo(opened, taken);
        Engine engine = new Engine(new Engine.Parts(queue, setting.contracts(), instances, launch, root, clock, model, notices, files,
                opened.repository(), setting.place().database().getParent()));
        engine.start(() -> {
            launch.use(model, instances.all());
            taken.labels().forEach((fmri, label) -> {
                if (definitions.containsKey(fmri)) {
                    instances.adopt(definitions.get(fmri), label);
                } else {
                    instances.adoptOutside(taken.standIns().get(fmri), label);
                }
            });
            others.forEach((fmri, definition) -> model.enabled(fmri).ifPresent(e -> adoptOther(instances, definition, e,
                    Optional.ofNullable(labels.get(fmri)), opened.freshness().sequence())));
            adoptOwn(instances, model, labels);
            List<Told> missed = new ArrayList<>();
            taken.resumptions().forEach(r -> r.events().forEach(e -> missed.add(new Told(r.fmri(), e))));
            instances.begin(taken.effects(), missed, milestone, entry);
            engine.begun(taken, opened, backup, setting.uid());
        });
        return engine;
    }

    private void adoptOther(Instances instances, Definition definition, boolean enabled, Optional<Label> label, Sequence sequence) {
        if (!definition.fmri().equals(InstanceFmri.MASTER_RESTARTER)) {
            instances.adopt(definition, label.orElseGet(
                    () -> Label.fresh(definition.fmri(), definition.model(), enabled, sequence, clock.wall())));
        }
    }

    private void adoptOwn(Instances instances, Model model, Map<InstanceFmri, Label> labels) {
        Definition definition = Definition.of(InstanceFmri.MASTER_RESTARTER, model);
        Label old = labels.getOrDefault(InstanceFmri.MASTER_RESTARTER,
                Label.fresh(InstanceFmri.MASTER_RESTARTER, ServiceModel.TRANSIENT, true, Sequence.NONE, clock.wall()));
        boolean degraded = !notices.isEmpty();
        boolean atRest = old.phase() instanceof Phase.Online || old.phase() instanceof Phase.Degraded;
        Label label = degraded
                ? old.withPhase(new Phase.Degraded(Optional.empty()), clock.wall()).withReason(Reason.SERVICE_REQUEST, Optional.empty())
                : atRest
                        ? old
                        : old.withPhase(new Phase.Online(Optional.empty()), clock.wall()).withReason(Reason.NONE, Optional.empty());
        instances.adoptOutside(definition, old);
        instances.putOwn(new Standing(definition, label.withRevision(old.revision() + 1)));
    }

    /// An ending that was interrupted is carried on by a manager that the keeper brought back; whoever starts one by hand wants services.
    private Milestone milestone(RootMemory root, Model model) throws IOException {
        if (setting.milestone().isPresent()) {
            root.milestone(setting.milestone().get().toString(), false);
            return setting.milestone().get();
        }
        if (!setting.contracts().coldBoot() && !wasEnded(root)) {
            return Milestone.named(root.record().milestone()).orElse(new Milestone.All());
        }
        Milestone byDefault = model.own(InstanceFmri.MASTER_RESTARTER, "options").flatMap(g -> g.value("milestone"))
                .flatMap(Milestone::named).orElse(new Milestone.All());
        root.milestone(byDefault.toString(), false);
        return byDefault;
    }

    private boolean wasEnded(RootMemory root) {
        return root.record().ending() && setting.restarted() == Restarted.BY_ADMINISTRATOR;
    }

    private void reportTo(Opened opened, TakenOver taken) {
        List<Finding> damage = opened.findings().stream().filter(f -> f.gravity() != Finding.Gravity.NOTE).toList();
        if (damage.isEmpty() && taken.findings().isEmpty()) {
            return;
        }
        Optional<Path> report = opened.report();
        if (!taken.findings().isEmpty()) {
            report = opened.repository().report("Takeover", taken.findings().stream().map(f -> f.fmri() + ": " + f.sentence()).toList());
        }
        damage.forEach(f -> notices.addFirst(f.toString()));
        report.ifPresent(path -> notices.add("report: " + path));
    }

    private static Freshness freshness(Opened opened) {
        var fresh = opened.freshness();
        Map<InstanceFmri, Sequence> decided = new HashMap<>();
        fresh.decided().forEach((fmri, number) -> decided.put(fmri, fresh.sequence().withNumber(number)));
        return new Freshness(fresh.complete(), fresh.sequence(), decided);
    }

    private static long populated(List<Found> found) {
        Set<InstanceFmri> all = new HashSet<>();
        found.forEach(f -> f.contracts().stream().filter(Found.FoundContract::populated).forEach(_ -> all.add(f.fmri())));
        return all.size();
    }
}
