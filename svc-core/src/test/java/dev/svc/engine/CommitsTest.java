package dev.svc.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Change;
import dev.svc.model.Layer;
import dev.svc.model.LayerGroup;
import dev.svc.model.Model;
import dev.svc.model.Model;
import dev.svc.property.Property;
import dev.svc.property.PropertyGroup;
import dev.svc.repository.BackupCopy;
import dev.svc.repository.BackupKind;
import dev.svc.repository.Finding;
import dev.svc.repository.Known;
import dev.svc.repository.Place;
import dev.svc.repository.Repository;
import dev.svc.restarter.BootTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the repository thread does unasked, by a clock of the test.
class CommitsTest {
    private static final InstanceFmri WEB = InstanceFmri.parse("svc:/site/web:default");

    @TempDir private Path state;
    private final SetClock clock = new SetClock();
    private final List<Commits.Result> results = new ArrayList<>();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<String> mended = new ArrayList<>();
    private int labelsDue;
    private Commits commits;

    private static final class SetClock implements Clock {
        private BootTime now = new BootTime(Duration.ofHours(5).toNanos());

        @Override public BootTime now() {
            return now;
        }

        @Override public Instant wall() {
            return Instant.EPOCH;
        }

        void passes(Duration span) {
            now = now.plus(span);
        }
    }

    @BeforeEach void open() {
        commits = new Commits(Repository.open(Place.below(state), Known.NONE, clock::wall).repository(), clock, tasks::add, results::add,
                mended::addAll, () -> labelsDue++);
    }

    @AfterEach void close() throws Exception {
        commits.end();
        commits.turn(Duration.ZERO);
    }

    @Test void aBackupIsMadeOnceItIsQuietAfterImports() throws Exception {
        for (int i = 0; i < 3; i++) {
            record(Layer.MANIFEST, i);
            clock.passes(Duration.ofSeconds(4));
        }
        turn();
        assertEquals(List.of(), backups());
        assertEquals(Duration.ofSeconds(1), commits.untilDue());
        clock.passes(Duration.ofSeconds(1));
        turn();
        assertEquals(List.of("manifest_import 3"), backups());
        clock.passes(Duration.ofSeconds(30));
        turn();
        assertEquals(List.of("manifest_import 3"), backups());
    }

    @Test void importsThatDoNotEndDoNotPutItOffForEver() throws Exception {
        for (int i = 0; i < 20; i++) {
            record(Layer.MANIFEST, i);
            clock.passes(Duration.ofSeconds(4));
        }
        assertEquals(List.of("manifest_import 16"), backups());
    }

    @Test void whatAnAdministratorSetsIsNoImport() throws Exception {
        record(Layer.ADMIN, 1);
        clock.passes(Duration.ofMinutes(5));
        turn();
        assertEquals(List.of(), backups());
    }

    @Test void fourOfThemAreKept() throws Exception {
        for (int i = 1; i <= 6; i++) {
            record(Layer.MANIFEST, i);
            clock.passes(Duration.ofSeconds(5));
            turn();
        }
        assertEquals(List.of("manifest_import 6", "manifest_import 5", "manifest_import 4", "manifest_import 3"), backups());
    }

    /// A label that was written for the first said that it had seen both, and the second, which ended a temporary setting, was lost with
    /// the manager (simulation, seed 96438).
    @Test void ofSeveralThatAreRecordedTogetherEachIsToldForItself() throws Exception {
        Commits.Commit first = change(Layer.ADMIN, 1);
        Commits.Commit second = change(Layer.ADMIN, 2);
        commits.submit(first);
        commits.submit(second);
        turn();
        List<Commits.Result.Recorded> recorded = results.stream().map(Commits.Result.Recorded.class::cast).toList();
        assertEquals(List.of(1L, 2L), recorded.stream().map(r -> r.committed().sequence().number()).toList());
        assertEquals(List.of(first, second).stream().map(c -> Model.EMPTY.with(c.change()).own(WEB)).toList(),
                recorded.stream().map(r -> r.committed().model().own(WEB)).toList());
    }

    @Test void hourAndDayPassThoughSomethingAlwaysWaits() throws Exception {
        for (int i = 0; i < 25; i++) {
            clock.passes(Duration.ofHours(1));
            commits.submit(change(Layer.ADMIN, i));
            commits.submit(change(Layer.ADMIN, i + 1));
            turn();
        }
        assertEquals(1, backups().size());
        assertEquals("daily 48", backups().getFirst());
    }

    @Test void changesGoOnWhileABackupIsReadBack() throws Exception {
        record(Layer.ADMIN, 1);
        commits.backup(BackupKind.BOOT);
        commits.backup(BackupKind.DAILY);
        commits.turn(Duration.ZERO);
        commits.turn(Duration.ZERO);
        assertEquals(1, tasks.size());
        commits.submit(change(Layer.ADMIN, 2));
        commits.turn(Duration.ZERO);
        assertEquals(2, results.size());
        assertEquals(List.of(), backups());
        tasks.remove().run();
        assertEquals(List.of(), backups());
        commits.turn(Duration.ZERO);
        assertEquals(List.of("boot 1"), backups());
        turn();
        assertEquals(List.of("daily 2", "boot 1"), backups());
    }

    @Test void aCopyThatIsNotWhatItWasCopiedFromGetsNoName() throws Exception {
        record(Layer.ADMIN, 1);
        commits.backup(BackupKind.BOOT);
        commits.turn(Duration.ZERO);
        Path copy = state.resolve("backup/repository-boot-1.db.new");
        Files.write(copy, Arrays.copyOf(Files.readAllBytes(copy), 5000));
        turn();
        assertEquals(List.of("boot 1"), backups());
        assertEquals(List.of(), findings());
    }

    private List<Finding> findings() throws Exception {
        var findings = commits.verify();
        turn();
        return findings.get();
    }

    @Test void eachMinuteLabelsAreToBeLookedAt() throws Exception {
        turn();
        assertEquals(0, labelsDue);
        assertEquals(Duration.ofMinutes(1), commits.untilDue());
        for (int i = 0; i < 3; i++) {
            clock.passes(Duration.ofMinutes(1));
            turn();
            turn();
        }
        assertEquals(3, labelsDue);
    }

    @Test void manyDamagedLabelsAreToldInOneSentenceAndReportedEach() throws Exception {
        commits.report(List.of(damaged(1)));
        turn();
        assertEquals(List.of("cgroup: svc:/site/web:d1: label was gone (V5)"), mended.subList(0, 1));
        mended.clear();
        commits.report(IntStream.rangeClosed(1, 64).mapToObj(CommitsTest::damaged).toList());
        turn();
        assertEquals(List.of("cgroup: svc:/site/web:d1: label was gone (V5)", "and 63 others like it"), mended.subList(0, 2));
        String report = Files.readString(Path.of(mended.getLast().substring("report: ".length())));
        assertTrue(report.contains("  cgroup: svc:/site/web:d64: label was gone (V5)\n"), report);
    }

    private static Finding damaged(int instance) {
        return new Finding(Finding.Level.V5, Finding.Gravity.DAMAGE, "cgroup", "label was gone", Optional.of("svc:/site/web:d" + instance),
                Optional.empty(), OptionalLong.empty());
    }

    private void record(Layer layer, int value) throws InterruptedException {
        commits.submit(change(layer, value));
        turn();
        assertInstanceOf(Commits.Result.Recorded.class, results.getLast());
    }

    private static Commits.Commit change(Layer layer, int value) {
        PropertyGroup group = new PropertyGroup("config", "application", List.of(Property.count("value", value)));
        return new Commits.Commit(Change.of("set " + value, 0, List.of(new LayerGroup(WEB, layer, group))),
                Intent.none(new CompletableFuture<>()), Model.EMPTY, 0);
    }

    private void turn() throws InterruptedException {
        commits.turn(Duration.ZERO);
        while (!tasks.isEmpty()) {
            tasks.remove().run();
            commits.turn(Duration.ZERO);
        }
    }

    private List<String> backups() throws Exception {
        return Repository.copies(Place.below(state)).stream().map(CommitsTest::text).toList();
    }

    private static String text(BackupCopy copy) {
        return copy.kind() + " " + copy.sequence();
    }
}
