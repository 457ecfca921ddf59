package dev.svc.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.svc.protocol.SvcRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceLogTest {
    private static final Instant NOW = Instant.parse("2026-03-04T14:02:10Z");

    @TempDir Path directory;

    @Test void lineHasSmfsForm() {
        ZonedDateTime time = NOW.atZone(ZoneId.of("UTC"));
        assertEquals("[ Mar  4 14:02:10 Enabled. ]\n", InstanceLog.line(time, "Enabled."));
        assertEquals("[ Mar 14 14:02:10 Enabled. ]\n", InstanceLog.line(time.plusDays(10), "Enabled."));
        assertEquals("[ Mar  4 14:02:10 Executing start method (\"a b\"). ]\n",
                InstanceLog.line(time, "Executing start method (\"a\nb\")."));
    }

    @Test void linesAreAppendedAndOthersMayNotReadThem() throws Exception {
        SvcRoot root = new SvcRoot(directory);
        InstanceLog log = new InstanceLog(root, ZoneOffset.UTC);
        log.append(Bench.WEB, NOW, "Enabled.");
        log.append(Bench.WEB, NOW, "Disabled.");
        Path file = directory.resolve("var/svc/log/site-web:default.log");
        assertEquals("[ Mar  4 14:02:10 Enabled. ]\n[ Mar  4 14:02:10 Disabled. ]\n", Files.readString(file));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test void logThatCannotBeWrittenIsNoFailure() throws Exception {
        Files.createFile(directory.resolve("var"));
        new InstanceLog(new SvcRoot(directory), ZoneOffset.UTC).append(Bench.WEB, NOW, "Enabled.");
        assertFalse(Files.isDirectory(directory.resolve("var")));
    }
}
