package dev.svc.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.svc.fmri.InstanceFmri;
import dev.svc.model.Change;
import dev.svc.repository.Finding;
import dev.svc.restarter.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Copies of labels and of the root's record are lost or damaged while the manager lives, which remembers what they said.
class LabelScrubTest {
    private static final int MANY = 100;

    private final Tale tale = new Tale();

    @AfterEach void close() {
        tale.close();
    }

    private static InstanceFmri site(int number) {
        return InstanceFmri.parse("svc:/site/s%02d:default".formatted(number));
    }

    private void begin(int instances) throws IOException {
        tale.takeOver(IntStream.range(0, instances).mapToObj(i -> Plain.daemon(site(i))).toArray(Change[]::new));
        tale.happens();
    }

    private byte[] label(int number) {
        return tale.kernel.groups.get(site(number).toString()).label;
    }

    @Test void nothingIsSaidOfWhatIsWell() throws IOException {
        begin(3);
        tale.timeToLook();
        assertEquals(List.of(), tale.looks());
    }

    @Test void bothCopiesAreWrittenAgainFromMemory() throws IOException {
        begin(3);
        byte[] before = label(1);
        tale.kernel.groups.get(site(1).toString()).label = null;
        tale.kernel.copies.put(site(1).toString(), "rubbish".getBytes(StandardCharsets.UTF_8));
        List<Finding> found = tale.looks();
        assertEquals(List.of(site(1).toString(), site(1).toString()), found.stream().map(f -> f.entity().orElseThrow()).toList());
        assertArrayEquals(before, label(1));
        assertArrayEquals(before, tale.kernel.copies.get(site(1).toString()));
        assertEquals(List.of(), tale.looks());
    }

    @Test void theRootsRecordToo() throws IOException {
        begin(1);
        byte[] before = tale.kernel.rootCopy;
        tale.kernel.rootCopy = null;
        assertEquals(1, tale.looks().size());
        assertArrayEquals(before, tale.kernel.rootCopy);
    }

    /// A round takes some of them each time; one that is damaged is a reason to look at all.
    @Test void allAreLookedAtInRounds() throws IOException {
        begin(MANY);
        for (int i = 0; i < MANY; i++) {
            tale.kernel.copies.remove(site(i).toString());
            tale.timeToLook();
            tale.timeToLook();
            assertNotNull(tale.kernel.copies.get(site(i).toString()), "instance " + i);
        }
        // More than one round takes.
        tale.kernel.copies.clear();
        tale.timeToLook();
        for (int i = 0; i < MANY; i++) {
            assertNotNull(tale.kernel.copies.get(site(i).toString()), "instance " + i);
        }
    }

    /// What waits to be written is newer than what is stored: a copy that is older is no damage.
    @Test void whatCouldNotBeWrittenYetIsNotLookedAt() throws IOException {
        begin(1);
        tale.kernel.copies.remove(site(0).toString());
        tale.kernel.refusedAttributes = 1;
        tale.kernel.refusedFiles = 1;
        tale.asks(site(0), new Request.MarkMaintenance(Request.Haste.IMMEDIATE, Optional.empty(), false));
        tale.turn();
        tale.timeToLook();
        assertNull(tale.kernel.copies.get(site(0).toString()));
    }
}
