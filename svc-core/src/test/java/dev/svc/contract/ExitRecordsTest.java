package dev.svc.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.svc.contract.ExitRecords.ExitRecord;
import dev.svc.model.WaitStatus;
import dev.svc.restarter.ContractId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExitRecordsTest {
    @TempDir Path directory;

    @Test void nameIsTheContent() {
        ExitRecords records = new ExitRecords(directory);
        assertEquals(Optional.of(new ExitRecord(new ContractId(17), WaitStatus.exited(96), directory.resolve("17.96"))),
                records.named("17.96"));
        assertEquals(WaitStatus.killedBy(9), records.named("17.137").orElseThrow().status());
        for (String other : new String[]{"17", "17.", ".0", "017.0", "17.0.new", "a.0", "17.-1", "0.0"}) {
            assertEquals(Optional.empty(), records.named(other), other);
        }
    }

    @Test void recordsAreFilesOrDirectories() throws Exception {
        Files.createFile(directory.resolve("1.0"));
        Files.createDirectory(directory.resolve("2.3"));
        Files.createDirectory(directory.resolve("3"));
        ExitRecords records = new ExitRecords(directory);
        assertEquals(Map.of(new ContractId(1), records.named("1.0").orElseThrow(), new ContractId(2), records.named("2.3").orElseThrow()),
                records.all());
        assertEquals(records.named("2.3"), records.of(new ContractId(2)));
        assertEquals(Optional.empty(), records.of(new ContractId(3)));
        assertEquals(Map.of(), new ExitRecords(directory.resolve("none")).all());
    }
}
