package dev.svc.posix;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import jnr.constants.platform.Errno;

/// A process that is held on to while somebody finds out whether it is the one meant: a signal goes to it or to nobody, whoever has
/// its pid by then.
///
/// It is held by a descriptor (pidfd_open(2)). If a signal could be sent through that, the process had not been reaped, so that its pid
/// was nobody else's: whatever was found out about the pid since [#of] was true of this process. A kernel without such descriptors
/// (before 5.3, or kept from us by a filter of system calls) leaves comparing the start time right before kill(2).
public final class HeldProcess implements AutoCloseable {
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

    public ProcessIdentity identity() {
        return identity;
    }

    /// Readable when it has ended; nothing if the kernel has no such descriptors.
    OptionalInt descriptor() {
        return descriptor;
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
