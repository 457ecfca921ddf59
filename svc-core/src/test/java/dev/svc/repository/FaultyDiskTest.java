package dev.svc.repository;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.svc.repository.FaultyDisk.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The fake must fail as disks do.
class FaultyDiskTest {
    @TempDir Path directory;
    private final FaultyDisk disk = new FaultyDisk();

    @Test void fullDiskTakesHalf() throws IOException {
        Path file = directory.resolve("f");
        try (Disk.Appender appender = disk.append(file)) {
            disk.begin(Fault.FULL);
            assertThrows(IOException.class, () -> appender.append(new byte[]{1, 2, 3, 4}));
            disk.end();
            appender.append(new byte[]{9});
        }
        assertArrayEquals(new byte[]{1, 2, 9}, Files.readAllBytes(file));
    }

    @Test void faultComesAtTheChosenOperationAndGoes() throws IOException {
        disk.begin(Fault.READ_ONLY, 1, 1);
        disk.makeDirectory(directory.resolve("a"));
        assertThrows(IOException.class, () -> disk.makeDirectory(directory.resolve("b")));
        disk.makeDirectory(directory.resolve("c"));
        assertEquals(3, disk.operations());
    }

    @Test void afterAStopNothingHappens() throws IOException {
        disk.begin(Fault.STOP, 0, 1);
        assertThrows(FaultyDisk.StoppedError.class, () -> disk.delete(directory));
        assertThrows(FaultyDisk.StoppedError.class, () -> disk.delete(directory));
    }

    @Test void databaseOnAFullDiskDoesNotGrow() throws Exception {
        Path file = directory.resolve("d.db");
        disk.begin(Fault.FULL);
        try (var database = disk.connect(file, Disk.Access.WRITE); var statement = database.createStatement()) {
            assertThrows(SQLException.class, () -> statement.execute("CREATE TABLE t(a)"));
        }
    }
}
