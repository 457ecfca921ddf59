package dev.svc.engine;

import dev.svc.model.Change;
import dev.svc.model.Layer;
import dev.svc.model.Model;
import dev.svc.repository.BackupKind;
import dev.svc.repository.BegunBackup;
import dev.svc.repository.Committed;
import dev.svc.repository.Finding;
import dev.svc.repository.OutcomeUnknownException;
import dev.svc.repository.RefusedException;
import dev.svc.repository.Repository;
import dev.svc.repository.Restored;
import dev.svc.repository.Scrubbed;
import dev.svc.restarter.BootTime;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/// What the repository is asked to do: records changes in the order they come, several with one wait for the disk if several wait; makes
/// backups, each day and once it is quiet after imports, and verifies the database each hour and whenever somebody else touched it. It is
/// asked by any thread and does it, turn by turn, in one: the thread "repository". Only the copy that is to be a backup is read back by
/// another, as changes would have to wait for it. Each minute it reminds the engine to look at labels.
final class Commits {
    private static final System.Logger LOG = System.getLogger(Commits.class.getName());
    private static final int LARGEST_GROUP = 256;
    /// Of more findings than this at a time only the first is told, with their number; the report has them all.
    private static final int MOST_NOTICES = 5;
    private static final Duration BETWEEN_SCRUBS = Duration.ofHours(1);
    private static final Duration BETWEEN_LABELS = Duration.ofMinutes(1);
    private static final Duration BETWEEN_DAILY_BACKUPS = Duration.ofDays(1);
    /// How long it must be quiet after an import until a backup is made of it and of those before it, and how long the first may wait.
    private static final Duration QUIET_AFTER_IMPORT = Duration.ofSeconds(5);
    private static final Duration LONGEST_AFTER_IMPORT = Duration.ofMinutes(1);

    /// A change on its way, with what is to happen afterwards.
    ///
    /// @param basis what it was made from: what is recorded, with the changes that are on their way before it
    /// @param failures how many changes its maker knew to have failed
    record Commit(Change change, Intent intent, Model basis, int failures) {}

    /// What became of a commit, in order.
    sealed interface Result {
        Commit commit();

        record Recorded(Commit commit, Committed committed) implements Result {}

        record Failed(Commit commit, Answer answer) implements Result {}
    }

    /// What the thread is given to do.
    private sealed interface Work {
        record Record(Commit commit) implements Work {}

        record Task(Consumer<Repository> task) implements Work {}

        record End() implements Work {}
    }

    private final Repository repository;
    private final Consumer<Result> results;
    private final Consumer<List<String>> mended;
    private final Runnable labelsDue;
    private final LinkedBlockingQueue<Work> queue = new LinkedBlockingQueue<>();
    private final Clock clock;
    private final Executor reading;
    /// Backups that wait until the one that is being made is finished.
    private final Queue<BackupKind> backups = new ArrayDeque<>();
    private boolean backingUp;
    private BootTime nextScrub;
    private BootTime nextDaily;
    private BootTime nextLabels;
    /// The first and the last import since a backup was made of one.
    private Optional<BootTime> firstImport = Optional.empty();
    private Optional<BootTime> lastImport = Optional.empty();
    private int failures;

    /// @param reading where what takes long and needs nothing of ours is done
    /// @param results where the results of commits go, from the repository thread
    /// @param mended where it is told what was damaged and is mended, from the repository thread
    /// @param labelsDue called when some labels are to be looked at, from the repository thread
    Commits(Repository repository, Clock clock, Executor reading, Consumer<Result> results, Consumer<List<String>> mended,
            Runnable labelsDue) {
        this.repository = repository;
        this.clock = clock;
        this.reading = reading;
        this.results = results;
        this.mended = mended;
        this.labelsDue = labelsDue;
        nextScrub = clock.now().plus(BETWEEN_SCRUBS);
        nextDaily = clock.now().plus(BETWEEN_DAILY_BACKUPS);
        nextLabels = clock.now().plus(BETWEEN_LABELS);
    }

    /// Hands a change over.
    void submit(Commit commit) {
        queue.add(new Work.Record(commit));
    }

    /// Somebody may have touched the files: look, and mend if need be.
    void look() {
        queue.add(new Work.Task(r -> {
            if (r.disturbed()) {
                scrub(r);
            }
        }));
    }

    /// Verifies everything, backups too; what is wrong with the live files is mended before the answer.
    CompletableFuture<List<Finding>> verify() {
        return inspect(r -> {
            List<Finding> findings = r.verify();
            if (findings.stream().anyMatch(f -> f.gravity() != Finding.Gravity.NOTE)) {
                scrub(r);
            }
            return findings;
        });
    }

    /// Reports what was found damaged, and mended, elsewhere than in the repository.
    void report(List<Finding> findings) {
        queue.add(new Work.Task(r -> {
            List<String> lines = findings.stream().map(Finding::toString).toList();
            List<String> notices = new ArrayList<>(lines.size() <= MOST_NOTICES
                    ? lines
                    : List.of(lines.getFirst(), "and " + (lines.size() - 1) + " others like it"));
            r.report("Labels were damaged while the manager ran", lines).ifPresent(path -> notices.add("report: " + path));
            mended.accept(notices);
        }));
    }

    void backup(BackupKind kind) {
        queue.add(new Work.Task(r -> backup(r, kind)));
    }

    /// Makes a backup the configuration.
    void restore(String backup, int by, Intent intent) {
        queue.add(new Work.Task(r -> {
            Commit commit = new Commit(Change.of("restore " + backup, by, List.of()), intent, r.model(), failures);
            try {
                Restored restored = r.restore(backup, by);
                results.accept(new Result.Recorded(new Commit(restored.restoration().change(), intent, commit.basis(), failures),
                        restored.committed()));
            } catch (RefusedException e) {
                failed(commit, new Answer.Refused(e.getMessage()));
            } catch (OutcomeUnknownException e) {
                failed(commit, new Answer.OutcomeUnknown(e.getMessage()));
            }
        }));
    }

    /// Answers a question about the repository.
    <T> CompletableFuture<T> inspect(Function<Repository, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        queue.add(new Work.Task(r -> {
            try {
                answer.complete(question.apply(r));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        }));
        return answer;
    }

    /// What labels knew better was committed: the repository is complete again.
    void reconciled() {
        queue.add(new Work.Task(Repository::reconciled));
    }

    /// Ends it after what was submitted.
    void end() {
        queue.add(new Work.End());
    }

    /// Does what waits, having waited for it `longest` at most. Yields false when that was the end: the repository is closed.
    boolean turn(Duration longest) throws InterruptedException {
        Work work = queue.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
        List<Commit> group = new ArrayList<>();
        while (work instanceof Work.Record(var commit) && group.size() < LARGEST_GROUP) {
            group.add(commit);
            work = queue.poll();
        }
        record(group);
        switch (work) {
            case Work.Record(var commit) -> record(List.of(commit));
            case Work.Task(var task) -> task.accept(repository);
            case Work.End _ -> {
                repository.close();
                return false;
            }
            case null -> {
                // It became time for something.
            }
        }
        whatIsDue();
        return true;
    }

    /// Whether something waits to be done.
    boolean hasWork() {
        return !queue.isEmpty();
    }

    /// How long until something is due without being asked for.
    Duration untilDue() {
        BootTime due = Stream.concat(Stream.of(nextScrub, nextDaily, nextLabels), importBackup().stream()).min(Comparator.naturalOrder())
                .orElseThrow();
        Duration left = due.since(clock.now());
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Optional<BootTime> importBackup() {
        return lastImport.map(t -> t.plus(QUIET_AFTER_IMPORT))
                .flatMap(quiet -> firstImport.map(t -> t.plus(LONGEST_AFTER_IMPORT)).filter(longest -> longest.compareTo(quiet) < 0)
                        .or(() -> Optional.of(quiet)));
    }

    private void whatIsDue() {
        BootTime now = clock.now();
        if (now.reached(nextScrub)) {
            nextScrub = now.plus(BETWEEN_SCRUBS);
            scrub(repository);
        }
        if (now.reached(nextDaily)) {
            nextDaily = now.plus(BETWEEN_DAILY_BACKUPS);
            backup(repository, BackupKind.DAILY);
        }
        if (now.reached(nextLabels)) {
            nextLabels = now.plus(BETWEEN_LABELS);
            labelsDue.run();
        }
        if (importBackup().filter(now::reached).isPresent()) {
            firstImport = Optional.empty();
            lastImport = Optional.empty();
            backup(repository, BackupKind.MANIFEST_IMPORT);
        }
    }

    /// Those of which no part was made from a change that has failed meanwhile: it would get in with them, as with a snapshot. The others
    /// are refused.
    private List<Commit> possible(List<Commit> group) {
        if (group.stream().allMatch(commit -> commit.failures() == failures)) {
            return group;
        }
        List<Commit> possible = new ArrayList<>();
        Model now = repository.model();
        for (Commit commit : group) {
            Optional<String> conflict = Conflict.of(commit.change(), commit.basis(), now);
            if (conflict.isPresent()) {
                failed(commit, new Answer.Refused(conflict.get() + ": a change before this one could not be recorded; try again"));
            } else {
                now = now.with(commit.change());
                possible.add(commit);
            }
        }
        return possible;
    }

    private void failed(Commit commit, Answer answer) {
        failures++;
        results.accept(new Result.Failed(commit, answer));
    }

    private void record(List<Commit> asked) {
        List<Commit> group = possible(asked);
        if (group.isEmpty()) {
            return;
        }
        Model before = repository.model();
        try {
            Committed committed = repository.commit(group.stream().map(Commit::change).toList());
            if (group.stream().anyMatch(c -> c.change().put().stream().anyMatch(g -> g.layer() == Layer.MANIFEST))) {
                lastImport = Optional.of(clock.now());
                firstImport = firstImport.or(() -> lastImport);
            }
            tell(group, before, committed);
        } catch (RefusedException e) {
            group.forEach(c -> failed(c, new Answer.Refused(e.getMessage())));
        } catch (OutcomeUnknownException e) {
            group.forEach(c -> failed(c, new Answer.OutcomeUnknown(e.getMessage())));
        }
    }

    /// Each is told as if it had been recorded alone: a label that was written for the first of them must not say that it has seen the
    /// second, if the manager dies between the two.
    private void tell(List<Commit> group, Model before, Committed committed) {
        Model model = before;
        long number = committed.sequence().number() - group.size();
        for (Commit commit : group.subList(0, group.size() - 1)) {
            model = model.with(commit.change());
            results.accept(new Result.Recorded(commit, new Committed(committed.sequence().withNumber(++number), model, List.of())));
        }
        results.accept(new Result.Recorded(group.getLast(), committed));
    }

    private void scrub(Repository live) {
        Scrubbed scrubbed = live.scrub();
        List<String> notices = new ArrayList<>();
        scrubbed.findings().stream().filter(f -> f.gravity() != Finding.Gravity.NOTE).forEach(f -> notices.add(f.toString()));
        if (!notices.isEmpty()) {
            scrubbed.report().ifPresent(path -> notices.add("report: " + path));
            mended.accept(notices);
        }
    }

    private void backup(Repository live, BackupKind kind) {
        if (backingUp) {
            backups.add(kind);
            return;
        }
        try {
            BegunBackup begun = live.begin(kind);
            backingUp = true;
            reading.execute(() -> {
                try {
                    begun.check();
                } finally {
                    queue.add(new Work.Task(r -> finish(r, kind, begun)));
                }
            });
        } catch (RefusedException e) {
            LOG.log(Level.WARNING, "no " + kind.word() + " backup: " + e.getMessage());
        }
    }

    private void finish(Repository live, BackupKind kind, BegunBackup begun) {
        backingUp = false;
        try {
            live.finish(begun).ifPresent(path -> LOG.log(Level.INFO, "backup made: " + path));
        } catch (RefusedException e) {
            LOG.log(Level.WARNING, "no " + kind.word() + " backup: " + e.getMessage());
        }
        Optional.ofNullable(backups.poll()).ifPresent(next -> backup(live, next));
    }
}
