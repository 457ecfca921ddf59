package dev.svc.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.fmri.InstanceFmri;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What quick deaths make of the next manager, and how it knows what the last one was at work on.
class CautionTest {
    private static final InstanceFmri WEB = InstanceFmri.parse("svc:/site/web:default");

    @ParameterizedTest
    @CsvSource({"0,false", "1,false", "2,false", "3,true", "4,true"}) void threeInARowAreNoAccident(int deaths, boolean cautious) {
        assertEquals(cautious, Caution.after(deaths, Optional.empty()).isPresent());
    }

    @Test void theInstanceIsNamed() {
        String notice = Caution.after(3, Optional.of(WEB)).orElseThrow().notice();
        assertTrue(notice.startsWith("the manager died 3 times in a row soon after its start, last while it was at work on " + WEB),
                notice);
    }

    @Test void theSuccessorReadsWhatTheMarkSays(@TempDir Path run) {
        Path file = run.resolve("working");
        assertEquals(Optional.empty(), WorkMark.left(file));
        WorkMark mark = WorkMark.in(file);
        assertEquals(Optional.empty(), WorkMark.left(file));
        mark.on(InstanceFmri.parse("svc:/site/a-rather-long-name:default"));
        mark.on(WEB);
        assertEquals(Optional.of(WEB), WorkMark.left(file));
        mark.onNone();
        assertEquals(Optional.empty(), WorkMark.left(file));
    }

    @Test void aMarkThatCannotBeReadNamesNothing(@TempDir Path run) throws Exception {
        Path file = run.resolve("working");
        for (byte[] bytes : new byte[][]{{}, {0, 0}, {0, 0, 9, 9, 'x'}, {-1, -1, -1, -1, 'x'}, {0, 0, 0, 3, 'a', 'b', 'c'}}) {
            Files.write(file, bytes);
            assertEquals(Optional.empty(), WorkMark.left(file));
        }
    }

    @Test void withoutAPlaceForItTheManagerRunsAllTheSame() {
        WorkMark.in(Path.of("/nonexistent/working")).on(WEB);
    }
}
