package dev.svc.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jnr.constants.platform.Errno;

/// A process that is held on to while somebody finds out whether it is the one meant: a signal goes to it or to nobody, whoever has
/// its pid by then.
///
/// It is held by a descriptor (pidfd_open(2)). If a signal could be sent through that, the process had not been reaped, so that its pid
/// was nobody else's: whatever was found out about the pid since [#of] was true of this process. A kernel without such descriptors
/// (before 5.3, or kept from us by a filter of system calls) leaves comparing the start time right before kill(2).
public final class HeldProcess implements AutoCloseable {
    /// `struct pidfd_info` as it first was: what is given, and at the end how it ended.
    private static final int INFO_BYTES = 64;
    private static final int INFO_STATUS_AT = 60;
    private static final long INFO_EXIT = 8;

    private static final Pattern RELEASE = Pattern.compile("(\\d{1,9})\\.(\\d{1,9})");

    private final ProcessIdentity identity;
    private final OptionalInt descriptor;

    private HeldProcess(ProcessIdentity identity, OptionalInt descriptor) {
        this.identity = identity;
        this.descriptor = descriptor;
    }

    /// The process that has that pid; nothing if there is none, or only a zombie.
    public static Optional<HeldProcess> of(long pid) throws IOException {
        OptionalInt descriptor;
        try {
            descriptor = Support.PIDFD ? OptionalInt.of(Libc.pidfdOpen(pid)) : OptionalInt.empty();
        } catch (Libc.Failure e) {
            if (e.is(Errno.ESRCH)) {
                return Optional.empty();
            }
            throw e;
        }
        Optional<ProcessIdentity> identity = ProcessStat.of(pid).filter(stat -> !stat.isZombie()).map(ProcessStat::identity);
        if (identity.isEmpty()) {
            descriptor.ifPresent(Libc::close);
        }
        return identity.map(known -> new HeldProcess(known, descriptor));
    }

    /// Does what is slow when it is done for the first time.
    public static void prepare() {
        try {
            of(ProcessHandle.current().pid()).ifPresent(HeldProcess::close);
        } catch (IOException _) {
            // Told to whoever needs it.
        }
    }

    /// Whether how a process ended can be known of whatever process is held, as from Linux 6.15; else of those only whose parent takes no
    /// notice at once.
    public static boolean isEndTold() { return Support.PIDFD && Support.END; }

    static boolean isEndToldBy(String release) {
        Matcher numbers = RELEASE.matcher(release);
        if (!numbers.lookingAt()) {
            return false;
        }
        int major = Integer.parseInt(numbers.group(1));
        return major > 6 || major == 6 && Integer.parseInt(numbers.group(2)) >= 15;
    }

    public ProcessIdentity identity() {
        return identity;
    }

    /// Readable when it has ended; nothing if the kernel has no such descriptors.
    OptionalInt descriptor() {
        return descriptor;
    }

    /// How it ended, as of wait(2); nothing if it lives, or nobody can say: its parent has taken notice, and the kernel is older than 6.15.
    OptionalInt waitStatus() {
        OptionalInt status = ProcessStat.waitStatusOfZombie(identity);
        return status.isEmpty() && descriptor.isPresent() ? waitStatusOfGone(descriptor.getAsInt()) : status;
    }

    private static OptionalInt waitStatusOfGone(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(INFO_BYTES, Long.BYTES);
            info.set(JAVA_LONG, 0, INFO_EXIT);
            Libc.pidfdGetInfo(descriptor, info);
            return (info.get(JAVA_LONG, 0) & INFO_EXIT) == 0 ? OptionalInt.empty() : OptionalInt.of(info.get(JAVA_INT, INFO_STATUS_AT));
        } catch (Libc.Failure _) {
            // A kernel that does not tell.
            return OptionalInt.empty();
        }
    }

    /// Sends `signal`; yields false if the process is gone.
    ///
    /// @throws IOException if it exists and we may not
    public boolean send(Signal signal) throws IOException {
        try {
            if (descriptor.isPresent()) {
                Libc.pidfdSendSignal(descriptor.getAsInt(), signal.number());
                return true;
            }
            boolean alive = identity.isAlive();
            if (alive) {
                Libc.kill(identity.pid(), signal.number());
            }
            return alive;
        } catch (Libc.Failure e) {
            if (e.is(Errno.ESRCH)) {
                return false;
            }
            throw new IOException("signal " + signal.name() + " to process " + identity.pid() + ": " + e.reason());
        }
    }

    @Override public void close() {
        descriptor.ifPresent(Libc::close);
    }

    private static final class Support {
        private static final boolean PIDFD = isThere();

        // The kernel tells this of a process that is gone only, and we have none to try it with: so by its release.
        private static final boolean END = isEndToldBy(System.getProperty("os.version"));

        private static boolean isThere() {
            try {
                Libc.close(Libc.pidfdOpen(ProcessHandle.current().pid()));
                return true;
            } catch (Libc.Failure e) {
                // EPERM is what some filters of system calls say to one they do not know.
                return !e.is(Errno.ENOSYS) && !e.is(Errno.EPERM);
            }
        }
    }
}
