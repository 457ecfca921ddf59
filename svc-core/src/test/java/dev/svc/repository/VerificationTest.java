package dev.svc.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.model.Sequence;
import dev.svc.protocol.Members;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Verification on demand: finds everything, changes nothing.
class VerificationTest {
    @TempDir Path state;
    private Place place;
    private Sequence last;

    @BeforeEach void history() throws Exception {
        place = Place.below(state.resolve("svc"));
        try (Repository repository = Repository.open(place, Known.NONE, () -> Scene.WALL).repository()) {
            repository.commit(Scene.define(1));
            repository.backup(BackupKind.BOOT);
            last = repository.commit(Scene.enable(1, true)).sequence();
        }
    }

    private List<Finding> verified(Sequence known) throws Exception {
        Map<String, byte[]> before = Remains.read(state);
        List<Finding> findings = Verification.of(place, new Known(known, true));
        Map<String, byte[]> after = Remains.read(state);
        assertEquals(before.keySet(), after.keySet());
        before.forEach((name, bytes) -> assertEquals(Arrays.hashCode(bytes), Arrays.hashCode(after.get(name)), name));
        return findings;
    }

    @Test void soundRepositoryHasNoFindings() throws Exception {
        assertEquals(List.of(), verified(last));
        assertEquals(last, Verification.sound(place).orElseThrow().sequence());
    }

    @Test void eachLevelNamesWhatItFound() throws Exception {
        try (var database = place.disk().connect(place.database(), Disk.Access.WRITE); var statement = database.createStatement()) {
            statement.executeUpdate("UPDATE property_group SET content=replace(content, 'true', 'false') WHERE layer='admin'");
        }
        List<Finding> findings = verified(last.withNumber(7));
        assertEquals("V2:DAMAGE V3:DAMAGE", Scene.levels(findings));
        assertEquals("repository.db: svc:/test/s1:default general: the row fails its hash, sequence 2 (V2)",
                findings.getFirst().toString());
    }

    private enum Loss {
        NOTHING {
            @Override void to(Place place) {
                // as it was left
            }
        },
        DATABASE {
            @Override void to(Place place) throws IOException {
                Files.delete(place.database());
            }
        },
        HALF_OF_THE_DATABASE {
            @Override void to(Place place) throws IOException {
                byte[] bytes = Files.readAllBytes(place.database());
                Files.write(place.database(), Arrays.copyOf(bytes, bytes.length / 2));
            }
        },
        DATABASE_AND_JOURNAL {
            @Override void to(Place place) throws IOException {
                Files.delete(place.database());
                for (Path segment : place.disk().list(place.journal())) {
                    Files.delete(segment);
                }
            }
        },
        UNFINISHED_TRANSACTION {
            @Override void to(Place place) throws IOException {
                Files.write(DatabaseWriter.journalOf(place.database()), new byte[]{1, 2, 3});
            }
        };

        abstract void to(Place place) throws IOException;
    }

    @ParameterizedTest
    @EnumSource void whatAStartWouldDoIsSaidBeforeAndThenDone(Loss loss) throws Exception {
        loss.to(place);
        Map<String, byte[]> before = Remains.read(state);
        Rehearsal rehearsal = Rehearsal.of(place, new Known(last, true));
        Map<String, byte[]> after = Remains.read(state);
        assertEquals(before.keySet(), after.keySet());
        before.forEach((name, bytes) -> assertEquals(Arrays.hashCode(bytes), Arrays.hashCode(after.get(name)), name));

        Opened opened = Repository.open(place, new Known(last, true), () -> Scene.WALL);
        opened.repository().close();
        assertEquals(Scene.text(opened.model()), Scene.text(rehearsal.model()));
        assertEquals(opened.freshness(), rehearsal.freshness());
        String used = String.join("\n", rehearsal.used());
        switch (loss) {
            case NOTHING, UNFINISHED_TRANSACTION -> assertEquals(List.of(), rehearsal.freshness().lost());
            case DATABASE, HALF_OF_THE_DATABASE -> {
                assertTrue(used.startsWith("repository-boot-1.db, as of change 1"), used);
                assertTrue(used.contains("\n1 changes replayed from the journal, 2 to 2\n"), used);
                assertTrue(used.contains("uid 1000  enable svc:/test/s1:default"), used);
                assertEquals(List.of("nothing"), rehearsal.lost());
            }
            case DATABASE_AND_JOURNAL -> {
                assertTrue(used.startsWith("repository-boot-1.db, as of change 1"), used);
                assertTrue(rehearsal.lost().getFirst().startsWith("changes 2: "), rehearsal.lost().toString());
                assertTrue(rehearsal.freshness().lost(2));
            }
        }
    }

    @Test void whatOthersRememberAndIsNotHereIsALoss() throws Exception {
        List<Finding> findings = verified(last.withNumber(7));
        assertEquals(List.of("repository.db: changes 3..7 were made and are not known to be here whole, sequence 3 (V4)"),
                findings.stream().map(Finding::toString).toList());
        assertEquals(Finding.Gravity.LOSS, findings.getFirst().gravity());
    }

    @Test void damagedBackupIsFoundThoughNobodyNeedsIt() throws Exception {
        Path backup = place.backups().resolve("repository-boot-1.db");
        byte[] bytes = Files.readAllBytes(backup);
        Files.write(backup, Arrays.copyOf(bytes, bytes.length - 4096));
        assertTrue(verified(last).getFirst().toString().startsWith("repository-boot-1.db: its header promises"));
    }

    @Test void findingsComeBackFromTheirJson() throws Exception {
        Files.writeString(place.database(), "garbage");
        for (Finding finding : verified(last)) {
            assertEquals(finding, FindingFormat.finding(new Members(FindingFormat.object(finding).build())));
        }
    }

    @Test void livingRepositoryVerifiesItself() throws Exception {
        try (Repository repository = Repository.open(place, Known.NONE, () -> Scene.WALL).repository()) {
            assertEquals(List.of(), repository.verify());
            repository.commit(Scene.define(2));
            Files.delete(place.backups().resolve("repository-boot-1.db"));
            assertEquals(List.of(), repository.verify());
        }
    }

    @Test void everyFileIsTheOwnersAlone() throws Exception {
        try (var files = Files.walk(place.database().getParent())) {
            for (Path file : files.toList()) {
                String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                assertEquals("------", permissions.substring(3), file.toString());
            }
        }
    }
}
