package dev.svc.contract;

import dev.svc.posix.ProcessStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Which boot this is: the kernel's `boot_id` and the start time of PID 1, so that a container started anew on a kernel that went on is
/// a boot too. Written `<boot_id>/<start time in ticks>`.
record BootIdentity(String kernel, long initStartTicks) {
    static BootIdentity current() throws IOException {
        String kernel = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        // Hidden from us by hidepid: then a kernel's boot is all we can tell.
        return new BootIdentity(kernel, ProcessStat.of(1).map(ProcessStat::startTicks).orElse(0L));
    }

    /// @throws IllegalArgumentException if the text is no identity
    static BootIdentity of(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("\"" + text + "\" is not a boot identity");
        }
        return new BootIdentity(text.substring(0, slash), Long.parseLong(text.substring(slash + 1)));
    }

    @Override public String toString() {
        return kernel + "/" + initStartTicks;
    }
}
