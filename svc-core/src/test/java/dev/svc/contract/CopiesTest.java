package dev.svc.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.svc.contract.Contracts.Damage;
import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Sequence;
import dev.svc.model.ServiceModel;
import dev.svc.restarter.Label;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which copies are damaged, which only could not be written; and that both are written again as soon as may be.
class CopiesTest {
    private static final InstanceFmri WEB = InstanceFmri.parse("svc:/site/web:default");

    private final Shelf group = new Shelf("cgroup");
    private final Shelf file = new Shelf("run/svc/label");
    private final Copies<InstanceFmri> copies = new Copies<>(List.of(group.place(), file.place()));
    private final Label last = label(7);

    /// A place in memory, which may be full.
    private static final class Shelf {
        private final String name;
        private final Map<InstanceFmri, byte[]> lines = new HashMap<>();
        private boolean full;

        Shelf(String name) {
            this.name = name;
        }

        Copies.Place<InstanceFmri> place() {
            return new Copies.Place<>(name, fmri -> Optional.ofNullable(lines.get(fmri)), this::write, lines::remove);
        }

        private void write(InstanceFmri fmri, byte[] line) throws IOException {
            if (full) {
                throw new IOException("No space left on device");
            }
            lines.put(fmri, line);
        }

        /// Full, and empty.
        void isFull() {
            full = true;
            lines.clear();
        }
    }

    private static Label label(long revision) {
        return Label.fresh(WEB, ServiceModel.CONTRACT, true, Sequence.NONE, Instant.EPOCH).withRevision(revision);
    }

    private void write() throws IOException {
        copies.write(WEB, LabelFormat.bytes(last));
    }

    private List<Damage> scrub() {
        return copies.scrub(WEB, LabelFormat.bytes(last), line -> LabelFormat.isSaidBy(line, last));
    }

    private void assertWhole() {
        assertArrayEquals(LabelFormat.bytes(last), group.lines.get(WEB));
        assertArrayEquals(LabelFormat.bytes(last), file.lines.get(WEB));
        assertEquals(List.of(), scrub());
    }

    @Test void whatIsAsItWasWrittenIsNoDamage() throws IOException {
        write();
        assertWhole();
    }

    @Test void copiesThatVanishAreWrittenAgainAndTold() throws IOException {
        write();
        file.lines.clear();
        assertEquals(List.of(new Damage("run/svc/label", "was gone; written again from memory")), scrub());
        assertWhole();
        file.lines.clear();
        group.lines.clear();
        assertEquals(List.of("cgroup", "run/svc/label"), scrub().stream().map(Damage::where).toList());
        assertWhole();
    }

    @Test void aFlippedByteIsTold() throws IOException {
        write();
        byte[] damaged = group.lines.get(WEB).clone();
        damaged[20] ^= 1;
        group.lines.put(WEB, damaged);
        assertEquals(List.of(new Damage("cgroup", "was damaged; written again from memory")), scrub());
        assertWhole();
    }

    @Test void anOlderLabelIsTold() throws IOException {
        write();
        file.lines.put(WEB, LabelFormat.bytes(label(6)));
        assertEquals(List.of(new Damage("run/svc/label", "was another than the last one written; written again from memory")), scrub());
        assertWhole();
    }

    @Test void aPlaceThatRefusedItIsNoDamageAndIsTriedAgain() throws IOException {
        file.isFull();
        write();
        assertEquals(List.of(), scrub());
        file.full = false;
        assertEquals(List.of(), scrub());
        assertWhole();
    }

    @Test void whatCannotBeWrittenAgainIsToldOnce() throws IOException {
        write();
        file.isFull();
        assertEquals(List.of(new Damage("run/svc/label", "was gone; it cannot be written again: No space left on device")), scrub());
        assertEquals(List.of(), scrub());
        file.full = false;
        assertEquals(List.of(), scrub());
        assertWhole();
    }

    @Test void unreadableAndNotToBeReplacedIsToldOnce() {
        group.lines.put(WEB, new byte[]{'{'});
        group.full = true;
        assertEquals(List.of("cgroup"), scrub().stream().map(Damage::where).toList());
        assertEquals(List.of(), scrub());
        group.full = false;
        assertEquals(List.of(), scrub());
        assertWhole();
    }

    /// A predecessor could not write it, or systemd removed the group while there was no manager.
    @Test void whatWasLackingAlreadyWhenWeCameIsWrittenWithoutAWord() {
        file.lines.put(WEB, LabelFormat.bytes(last));
        assertEquals(List.of(), scrub());
        assertWhole();
    }

    @Test void whatWasUnreadableAlreadyWhenWeCameIsTold() {
        group.lines.put(WEB, LabelFormat.bytes(last));
        file.lines.put(WEB, new byte[0]);
        assertEquals(List.of(new Damage("run/svc/label", "was damaged; written again from memory")), scrub());
        assertWhole();
    }

    @Test void onePlaceSufficesAndNoneIsTooFew() throws IOException {
        group.full = true;
        write();
        file.isFull();
        IOException failure = assertThrows(IOException.class, this::write);
        assertEquals(2, failure.getSuppressed().length);
    }

    @Test void whatIsForgottenIsNotMissed() throws IOException {
        write();
        copies.forget(WEB);
        group.lines.clear();
        assertEquals(List.of(), scrub());
    }
}
