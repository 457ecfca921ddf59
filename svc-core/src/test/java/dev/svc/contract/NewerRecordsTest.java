package dev.svc.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.svc.protocol.NewerVersionException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Records of the root and of the boot that a newer version wrote are refused; damaged ones are not believed to be newer.
class NewerRecordsTest {
    private static final BootIdentity BOOT = new BootIdentity("11111111-2222-3333-4444-555555555555", 7);

    private static byte[] newer(byte[] line) {
        String text = new String(line, StandardCharsets.UTF_8).replaceAll(",\"crc\".*", "}");
        return Checked.seal(text.replace("\"version\":1", "\"version\":3"));
    }

    @Test void rootRecord() {
        byte[] line = newer(new RootFormat(BOOT, 1, RootRecord.NONE).bytes());
        String refusal = assertThrows(NewerVersionException.class, () -> RootFormat.of(line)).getMessage();
        assertTrue(refusal.startsWith("the root record is of format 3, written by a newer svc.startd"), refusal);
        line[25] ^= 4;
        assertEquals(Optional.empty(), RootFormat.of(line));
    }

    @Test void bootRecord(@TempDir Path run) throws Exception {
        new BootRecord(BOOT, Optional.empty()).write(run);
        Path file = run.resolve(BootRecord.FILE);
        byte[] line = newer(Files.readAllBytes(file));
        Files.write(file, line);
        String refusal = assertThrows(NewerVersionException.class, () -> BootRecord.read(run)).getMessage();
        assertTrue(refusal.startsWith("the boot record " + file + " is of format 3"), refusal);
        line[25] ^= 4;
        Files.write(file, line);
        assertEquals(Optional.empty(), BootRecord.read(run));
    }
}
