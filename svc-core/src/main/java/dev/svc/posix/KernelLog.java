package dev.svc.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jnr.constants.platform.Errno;
import jnr.constants.platform.OpenFlags;

/// The kernel's log (`/dev/kmsg`), of which we want to know one thing: which processes it killed because memory ran out.
///
/// Nobody else says whose death that was: counters are of groups, or of the whole system. Used by one thread.
public final class KernelLog implements AutoCloseable {
    /// The same since Linux 4.19, for the system and for a group that is out of memory.
    private static final Pattern VICTIM = Pattern.compile("[Oo]ut of memory.*: Killed process ([0-9]+) ");

    private static final int FROM_END = 2;
    private static final int LONGEST_RECORD = 8192;
    private static final int MOST_VICTIMS = 1000;

    private final OptionalInt descriptor;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment record = arena.allocate(LONGEST_RECORD);
    private final Set<Long> victims = new LinkedHashSet<>();

    private KernelLog(OptionalInt descriptor) {
        this.descriptor = descriptor;
    }

    /// The log from now on; one without any record if we may not read it.
    public static KernelLog open() {
        int flags = OpenFlags.O_RDONLY.intValue() | OpenFlags.O_NONBLOCK.intValue() | OpenFlags.O_CLOEXEC.intValue();
        try {
            int descriptor = Libc.open(Path.of("/dev/kmsg"), flags);
            Libc.lseek(descriptor, 0, FROM_END);
            return new KernelLog(OptionalInt.of(descriptor));
        } catch (Libc.Failure _) {
            return new KernelLog(OptionalInt.empty());
        }
    }

    /// Whether the kernel killed the process of that pid, which has just died, because memory ran out.
    public boolean isVictim(long pid) {
        descriptor.ifPresent(this::readOn);
        return victims.remove(pid);
    }

    private void readOn(int kmsg) {
        while (true) {
            try {
                long length = Libc.read(kmsg, record);
                note(new String(record.asSlice(0, length).toArray(JAVA_BYTE), StandardCharsets.UTF_8));
            } catch (Libc.Failure e) {
                // EPIPE: records were overwritten before we came, and we go on with the oldest that is left.
                if (!e.is(Errno.EPIPE)) {
                    return;
                }
            }
        }
    }

    private void note(String text) {
        victim(text).ifPresent(pid -> {
            victims.add(pid);
            if (victims.size() > MOST_VICTIMS) {
                victims.remove(victims.iterator().next());
            }
        });
    }

    /// The pid of the process that, as this record tells, was killed.
    static OptionalLong victim(String text) {
        Matcher matcher = VICTIM.matcher(text);
        return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    @Override public void close() {
        descriptor.ifPresent(Libc::close);
        arena.close();
    }
}
