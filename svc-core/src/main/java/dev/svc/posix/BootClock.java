package dev.svc.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Turns ticks since boot into time of day, by `/proc/uptime`: the kernel's own `btime` is rounded to whole seconds.
///
/// @param bootSeconds when the kernel started, in seconds since the epoch
/// @param uptime how long ago that was, in seconds
public record BootClock(double bootSeconds, double uptime) {
    public static BootClock read() throws IOException {
        String text = Files.readString(Path.of("/proc/uptime"));
        double uptime = Double.parseDouble(text.substring(0, text.indexOf(' ')));
        return new BootClock(System.currentTimeMillis() / 1000.0 - uptime, uptime);
    }

    /// When something that started `ticks` after boot started, in seconds since the epoch.
    public double seconds(long ticks) {
        return bootSeconds + ticks / (double) ProcessStat.TICKS_PER_SECOND;
    }

    /// How long ago something started that started `ticks` after boot, in milliseconds; exact to a tick.
    public long millisecondsSince(long ticks) {
        return Math.round(uptime * 1000 - ticks * 1000.0 / ProcessStat.TICKS_PER_SECOND);
    }
}
