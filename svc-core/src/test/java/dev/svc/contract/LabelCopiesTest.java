package dev.svc.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Sequence;
import dev.svc.model.ServiceModel;
import dev.svc.restarter.Found.Reading;
import dev.svc.restarter.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two copies of one label: which is believed, and that none speaks which is older than it seems.
class LabelCopiesTest {
    private static final InstanceFmri WEB = InstanceFmri.parse("svc:/site/web:default");
    private static final InstanceFmri DB = InstanceFmri.parse("svc:/site/db:default");

    @TempDir private Path directory;

    private static Label label(InstanceFmri fmri, long revision) {
        return Label.fresh(fmri, ServiceModel.CONTRACT, true, Sequence.NONE, Instant.EPOCH).withRevision(revision);
    }

    private static byte[] copy(InstanceFmri fmri, long revision) {
        return LabelFormat.bytes(label(fmri, revision));
    }

    @Test void theNewerCopyIsBelievedWhereverItLies() {
        Optional<Label> newer = Optional.of(label(WEB, 8));
        assertEquals(newer, LabelReading.of(WEB, List.of(copy(WEB, 7), copy(WEB, 8))).label());
        assertEquals(newer, LabelReading.of(WEB, List.of(copy(WEB, 8), copy(WEB, 7))).label());
    }

    @Test void theLabelOfAnotherInstanceIsNone() {
        assertEquals(new LabelReading(Optional.empty(), Reading.UNREADABLE), LabelReading.of(WEB, List.of(copy(DB, 9))));
        assertEquals(Optional.of(label(WEB, 7)), LabelReading.of(WEB, List.of(copy(DB, 9), copy(WEB, 7))).label());
    }

    /// If the other copy could not be written either, it is the newest (simulation, seed 97089).
    @Test void aCopyThatCannotBeReplacedIsWithdrawnOnlyIfTheOtherIsWritten() throws IOException {
        LabelCopies copies = new LabelCopies(directory);
        copies.write(WEB, copy(WEB, 7));
        Files.createDirectories(directory.resolve("site%web:default.new/full"));
        assertThrows(IOException.class, () -> copies.write(WEB, copy(WEB, 8)));
        assertArrayEquals(copy(WEB, 7), copies.read(WEB).orElseThrow());
        Copies.Place<InstanceFmri> other = new Copies.Place<>("cgroup", _ -> Optional.empty(), (_, _) -> {
            throw new IOException("No space left on device");
        }, _ -> {});
        assertThrows(IOException.class, () -> new Copies<>(List.of(other, copies.place())).write(WEB, copy(WEB, 8)));
        assertArrayEquals(copy(WEB, 7), copies.read(WEB).orElseThrow());
        Copies.Place<InstanceFmri> taking = new Copies.Place<>("cgroup", _ -> Optional.empty(), (_, _) -> {}, _ -> {});
        new Copies<>(List.of(taking, copies.place())).write(WEB, copy(WEB, 8));
        assertEquals(Optional.empty(), copies.read(WEB));
    }
}
