package dev.svc.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Turns ticks since boot into time of day, by the `btime` line of `/proc/stat`.
///
/// @param bootSeconds when the kernel started, in seconds since the epoch
public record BootClock(long bootSeconds) {
    public static BootClock read() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/stat"))) {
            if (line.startsWith("btime ")) {
                return new BootClock(Long.parseLong(line.substring("btime ".length()).strip()));
            }
        }
        throw new IOException("/proc/stat has no btime line");
    }

    /// When something that started `ticks` after boot started, in seconds since the epoch.
    public double seconds(long ticks) {
        return bootSeconds + ticks / (double) ProcessStat.TICKS_PER_SECOND;
    }
}
