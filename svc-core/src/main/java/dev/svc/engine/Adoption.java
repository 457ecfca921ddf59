package dev.svc.engine;

import dev.svc.contract.Contracts;
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
import dev.svc.restarter.ContractId;
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
import java.util.LinkedHashMap;
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
    /// @param imports the bundles to be imported unasked, made into changes of what was opened
    /// @param environment what every method gets beside SMF's own variables
    /// @param milestone the one to be entered instead of the one in force or by default
    /// @param restarted whether the keeper brought it back, so that an interrupted ending is carried on
    /// @param mark where the successor finds what we were at work on
    public record Setting(Contracts contracts, Place place, ServiceLog log, Function<Opened, Imports> imports,
            Map<String, String> environment, int uid, Restarted restarted, Optional<Milestone> milestone, WorkMark mark) {}

    /// Whether an administrator or the keeper started this manager.
    public enum Restarted {
        BY_ADMINISTRATOR, BY_KEEPER
    }

    private final Setting setting;
    private final Surroundings surroundings;
    private final Clock clock;
    private final LinkedBlockingQueue<Message> queue = new LinkedBlockingQueue<>();
    private final List<String> notices = new ArrayList<>();
    private BackupKind backup = BackupKind.BOOT;
    /// Imports that are in force and could not be recorded.
    private Optional<Change> unrecorded = Optional.empty();

    private Adoption(Setting setting, Surroundings surroundings) {
        this.setting = setting;
        this.surroundings = surroundings;
        this.clock = surroundings.clock();
    }

    /// Takes everything over; the engine runs when this returns, and its first turn is done when its first snapshot has version 1.
    ///
    /// @throws IOException if contracts cannot be read or watched
    public static Engine begin(Setting setting) throws IOException {
        Adopted adopted = adopt(setting, new Machine());
        Running.start(adopted);
        return adopted.engine();
    }

    /// Takes nothing over, but answers and records until told to go on.
    ///
    /// @throws IOException if contracts cannot be read
    public static Serving lookOn(Setting setting, Caution caution) throws IOException {
        return new Adoption(setting, new Machine()).lookOn(caution);
    }

    private Serving lookOn(Caution caution) throws IOException {
        Contracts contracts = setting.contracts();
        List<Found> found = contracts.surveyAndWatch(_ -> {});
        RootRecord root = contracts.root();
        Map<InstanceFmri, Label> labels = new HashMap<>();
        found.forEach(f -> f.label().ifPresent(l -> labels.put(f.fmri(), l)));
        Opened opened = Repository.open(setting.place(), Known.of(root.sequence(), labels.values().stream().map(Label::sequence).toList()),
                clock::wall);
        LOG.log(Level.WARNING, caution.notice());
        return new Onlooker(contracts, root, opened.repository(), opened.model(), labels, clock, caution);
    }

    /// Takes everything over, in any surroundings; turns are the caller's to make.
    static Adopted adopt(Setting setting, Surroundings surroundings) throws IOException {
        return new Adoption(setting, surroundings).adopt();
    }

    private Adopted adopt() throws IOException {
        Contracts contracts = setting.contracts();
        // Watch first, read second; what happens from here on waits in the queue.
        List<Found> found = contracts.surveyAndWatch(h -> queue.add(new Message.Happened(new Told(h.fmri(), h.event()))));
        RootRecord rootRecord = contracts.root();
        List<Sequence> known = found.stream().flatMap(f -> f.label().stream()).map(Label::sequence).toList();
        Opened opened = Repository.open(setting.place(), Known.of(rootRecord.sequence(), known), clock::wall,
                surroundings.random());
        opened.findings().forEach(f -> LOG.log(f.gravity() == Finding.Gravity.NOTE ? Level.INFO : Level.WARNING, f.toString()));
        Model model = imported(opened);
        return reconciled(found, rootRecord, opened, model);
    }

    private Model imported(Opened opened) {
        Imports imports = setting.imports().apply(opened);
        imports.refused().forEach(why -> LOG.log(Level.WARNING, why));
        notices.addAll(imports.refused());
        List<Change> changes = imports.changes();
        if (changes.isEmpty()) {
            return opened.model();
        }
        backup = BackupKind.MANIFEST_IMPORT;
        try {
            return opened.repository().commit(changes).model();
        } catch (RefusedException | OutcomeUnknownException e) {
            LOG.log(Level.ERROR, "manifests are in force but could not be recorded: " + e.getMessage());
            notices.add("manifests could not be recorded: " + e.getMessage());
            unrecorded = Optional.of(Change.all(changes));
            return opened.model().with(changes);
        }
    }

    private Adopted reconciled(List<Found> found, RootRecord rootRecord, Opened opened, Model model) throws IOException {
        Map<InstanceFmri, Definition> definitions = new LinkedHashMap<>();
        Map<InstanceFmri, Boolean> enabled = new LinkedHashMap<>();
        Map<InstanceFmri, Definition> others = new LinkedHashMap<>();
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
        boolean rootLost = !setting.contracts().coldBoot() && rootRecord.saysNothing() && !labels.isEmpty();
        RootMemory root = new RootMemory(setting.contracts(), rootRecord, above(labels, found, rootLost));
        if (rootLost) {
            String lost = "the root group's record of this boot was lost: milestone \"all\" is taken as the one in force, temporary settings stay";
            LOG.log(Level.WARNING, lost);
            notices.add(lost);
            root.forgot();
        }
        TakenOver taken = Takeover.reconcile(definitions, enabled, ours, freshness(opened), clock.moment(root.nextContract()));
        taken.findings().forEach(f -> notices.add(f.fmri() + ": " + f.sentence()));
        taken.findings().forEach(f -> LOG.log(Level.WARNING, f.fmri() + ": " + f.sentence()));
        Adopted adopted = adopted(opened, model, root, taken, definitions, others, labels);
        LOG.log(Level.INFO, "adopted " + taken.labels().size() + " instances, " + populated(ours) + " with processes");
        return adopted;
    }

    private Adopted adopted(Opened opened, Model model, RootMemory root, TakenOver taken, Map<InstanceFmri, Definition> definitions,
            Map<InstanceFmri, Definition> others, Map<InstanceFmri, Label> labels) throws IOException {
        MethodLaunch launch = new MethodLaunch(setting.contracts(), setting.log(), surroundings, setting.environment(),
                told -> queue.add(new Message.Happened(told)));
        Effects effects = new Effects(setting.contracts(), setting.log(), clock, root, launch);
        Milestone milestone = milestone(root, model);
        Entry entry = entry(root);
        Instances instances = new Instances(new DependencyGraph(), effects, root, clock, setting.mark());
        instances.endBy(root.record().endBy());
        reportTo(opened, taken);
        Commits commits = new Commits(opened.repository(), clock, surroundings.reading(), r -> queue.add(new Message.CommitEnded(r)),
                f -> queue.add(new Message.Mended(f)), () -> queue.add(new Message.LabelsDue()));
        OwnInstance own = new OwnInstance(instances, clock, unacknowledged(labels));
        Answers answers = new Answers();
        Milestones milestones = new Milestones(root, instances, clock);
        Changes changes = new Changes(commits, instances, launch, root, milestones, own, answers, model, unrecorded);
        Requests requests = new Requests(instances, changes, milestones, own, answers);
        DependencyFiles files = new DependencyFiles(instances, surroundings,
                surroundings.watchFiles(() -> queue.add(new Message.FilesMayHaveChanged())));
        Engine engine = new Engine(
                new Engine.Parts(queue, setting.contracts(), clock, root, instances, milestones, changes, requests, own, files, answers,
                        new LabelScrub(setting.contracts(), instances, root)));
        Surroundings.Watch databaseWatch = surroundings.watchDirectory(setting.place().database().getParent(), commits::look);
        return new Adopted(engine, commits, databaseWatch, () -> {
            launch.use(model, instances.all());
            takeIn(instances, taken, definitions);
            others.forEach((fmri, definition) -> model.enabled(fmri).ifPresent(e -> adoptOther(instances, definition, e,
                    Optional.ofNullable(labels.get(fmri)), opened.freshness().sequence())));
            adoptOwn(instances, model, labels);
            List<Told> missed = new ArrayList<>();
            taken.resumptions().forEach(r -> r.events().forEach(e -> missed.add(new Told(r.fmri(), e))));
            instances.begin(taken.effects(), missed, milestone, entry);
            writeBack(changes, taken);
            // While something is kept on the evidence of its label alone, absence must go on to prove nothing: to the next manager it
            // would be deleted.
            if (!opened.freshness().complete() && !taken.keepsUndefined()) {
                commits.reconciled();
            }
            commits.backup(backup);
        });
    }

    private static void takeIn(Instances instances, TakenOver taken, Map<InstanceFmri, Definition> definitions) {
        taken.labels().forEach((fmri, label) -> {
            if (definitions.containsKey(fmri)) {
                instances.adopt(definitions.get(fmri), label);
            } else {
                instances.adoptOutside(taken.standIns().get(fmri), label);
            }
        });
    }

    /// What the repository lost and labels remember is recorded again.
    private void writeBack(Changes changes, TakenOver taken) {
        List<Administration.Enabling> lost = taken.writeBacks().stream()
                .map(w -> new Administration.Enabling(w.fmri(), w.enabled())).toList();
        if (!lost.isEmpty()) {
            Administration.SetEnabled again = new Administration.SetEnabled(lost, Administration.Permanence.PERMANENTLY,
                    Optional.empty(), Asker.manager(setting.uid()));
            changes.commit(EnabledChange.of(again, changes.tentative()), Intent.none(new CompletableFuture<>()));
        }
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

    /// What there is to report; where reports are, if only an earlier manager had something.
    private List<String> unacknowledged(Map<InstanceFmri, Label> labels) {
        boolean before = Optional.ofNullable(labels.get(InstanceFmri.MASTER_RESTARTER))
                .filter(label -> label.phase() instanceof Phase.Degraded).isPresent();
        return notices.isEmpty() && before
                ? List.of("what an earlier manager reported was not acknowledged; reports: " + setting.place().reports())
                : notices;
    }

    /// An ending that was interrupted is carried on by a manager that the keeper brought back; whoever starts one by hand wants services,
    /// and after a complete shutdown the milestone `none` has left its temporary settings: the default one is entered.
    private Milestone milestone(RootMemory root, Model model) throws IOException {
        if (setting.milestone().isPresent()) {
            root.entering(setting.milestone().get().toString());
            return setting.milestone().get();
        }
        // Nothing is remembered: the first manager of the boot was killed before it could.
        boolean first = setting.contracts().coldBoot() || root.record().saysNothing();
        if (!first && !wasEnded(root)) {
            return Milestone.named(root.record().milestone()).orElse(new Milestone.All());
        }
        Milestone byDefault = model.own(InstanceFmri.MASTER_RESTARTER, "options").flatMap(g -> g.value("milestone"))
                .flatMap(Milestone::named).orElse(new Milestone.All());
        root.entering(byDefault.toString());
        return byDefault;
    }

    private static Entry entry(RootMemory root) {
        if (root.isForgotten()) {
            return Entry.ASSUMED;
        }
        return root.record().entering() || root.record().ending() ? Entry.REQUESTED : Entry.TAKEN_OVER;
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
            report = opened.repository().report("Takeover", taken.findings().stream()
                    .map(f -> f.fmri() + ": " + f.sentence() + " (" + Finding.Level.V5 + ")").toList());
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

    /// The lowest contract id that was never given, as far as labels, contracts and exit records tell. If nothing else does, a launcher
    /// may be on its way to a higher one; but no machine starts a method each millisecond of its life.
    private ContractId above(Map<InstanceFmri, Label> labels, List<Found> found, boolean rootLost) {
        long highest = rootLost ? clock.now().nanos() / 1_000_000 : 0;
        for (Label label : labels.values()) {
            for (ContractId contract : label.phase().contracts()) {
                highest = Math.max(highest, contract.value());
            }
        }
        for (Found one : found) {
            for (var contract : one.contracts()) {
                highest = Math.max(highest, contract.id().value());
            }
        }
        return new ContractId(highest + 1);
    }
}
