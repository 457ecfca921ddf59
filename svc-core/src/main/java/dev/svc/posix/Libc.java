package dev.svc.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import jnr.constants.platform.Errno;

/// Functions of the C library by the JDK's foreign function interface: those that jnr-posix does not have, and those that must not wait
/// for it to be loaded.
///
/// Each yields what the function does, or throws a [Failure] where that is -1.
final class Libc {
    /// The same on every architecture since Linux 5.3, unlike older system calls.
    private static final long PIDFD_SEND_SIGNAL = 424;
    private static final long PIDFD_OPEN = 434;

    /// `_IOWR(0xff, 11, struct pidfd_info)` with the structure as it first was.
    private static final long PIDFD_GET_INFO = 0xc040ff0bL;

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

    private static final MethodHandle SYSCALL = function(
            "syscall", JAVA_LONG, Linker.Option.firstVariadicArg(1), JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle OPEN = function(
            "open", JAVA_INT, Linker.Option.firstVariadicArg(2), ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle FLOCK = function("flock", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle POLL = function("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle EVENTFD = function("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle READ = function("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle LSEEK = function("lseek", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle WRITE = function("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle SOCKET = function("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle SETSOCKOPT = function(
            "setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle BIND = function("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SEND = function("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle RECVFROM = function(
            "recvfrom", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle KILL = function("kill", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle IOCTL = function(
            "ioctl", JAVA_INT, Linker.Option.firstVariadicArg(2), JAVA_INT, JAVA_LONG, ADDRESS);
    private static final MethodHandle CLOSE = function("close", JAVA_INT, JAVA_INT);

    private Libc() {}

    /// A call that failed, and why.
    static final class Failure extends IOException {
        private static final long serialVersionUID = 1;

        private final int errno;

        Failure(String function, int errno) {
            super(function + ": " + Errno.valueOf(errno).description());
            this.errno = errno;
        }

        boolean is(Errno error) {
            return error.intValue() == errno;
        }

        /// What went wrong, without what was tried.
        String reason() {
            return Errno.valueOf(errno).description();
        }
    }

    static int pidfdOpen(long pid) throws Failure {
        return (int) call("pidfd_open", state -> (long) SYSCALL.invokeExact(state, PIDFD_OPEN, pid, 0L, 0L, 0L));
    }

    static void pidfdSendSignal(int descriptor, int signal) throws Failure {
        call("pidfd_send_signal", state -> (long) SYSCALL.invokeExact(state, PIDFD_SEND_SIGNAL, (long) descriptor, (long) signal, 0L, 0L));
    }

    /// @param info `struct pidfd_info`, of which the first 8 bytes say what is wanted, and then what was given
    static void pidfdGetInfo(int descriptor, MemorySegment info) throws Failure {
        call("ioctl", state -> (int) IOCTL.invokeExact(state, descriptor, PIDFD_GET_INFO, info));
    }

    static int open(Path file, int flags) throws Failure {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(file.toString());
            return (int) call("open", state -> (int) OPEN.invokeExact(state, name, flags, 0));
        }
    }

    static void flock(int descriptor, int operation) throws Failure {
        call("flock", state -> (int) FLOCK.invokeExact(state, descriptor, operation));
    }

    /// Waits until something can be read from one of `descriptors`, an array of `struct pollfd`; yields of how many.
    ///
    /// @param timeoutMilliseconds -1: for ever
    static int poll(MemorySegment descriptors, long count, int timeoutMilliseconds) throws Failure {
        return (int) call("poll", state -> (int) POLL.invokeExact(state, descriptors, count, timeoutMilliseconds));
    }

    static int eventfd(int flags) throws Failure {
        return (int) call("eventfd", state -> (int) EVENTFD.invokeExact(state, 0, flags));
    }

    static long read(int descriptor, MemorySegment into) throws Failure {
        return call("read", state -> (long) READ.invokeExact(state, descriptor, into, into.byteSize()));
    }

    static void lseek(int descriptor, long offset, int whence) throws Failure {
        call("lseek", state -> (long) LSEEK.invokeExact(state, descriptor, offset, whence));
    }

    static void write(int descriptor, MemorySegment from) throws Failure {
        call("write", state -> (long) WRITE.invokeExact(state, descriptor, from, from.byteSize()));
    }

    static int socket(int domain, int type, int protocol) throws Failure {
        return (int) call("socket", state -> (int) SOCKET.invokeExact(state, domain, type, protocol));
    }

    static void setsockopt(int socket, int level, int name, MemorySegment value) throws Failure {
        int length = (int) value.byteSize();
        call("setsockopt", state -> (int) SETSOCKOPT.invokeExact(state, socket, level, name, value, length));
    }

    static void bind(int socket, MemorySegment address) throws Failure {
        int length = (int) address.byteSize();
        call("bind", state -> (int) BIND.invokeExact(state, socket, address, length));
    }

    static void send(int socket, MemorySegment message, int flags) throws Failure {
        call("send", state -> (long) SEND.invokeExact(state, socket, message, message.byteSize(), flags));
    }

    /// Receives a message; yields its length.
    ///
    /// @param sender filled with the address of the sender
    /// @param length of `sender`, an `int`
    static long recvfrom(int socket, MemorySegment into, int flags, MemorySegment sender, MemorySegment length) throws Failure {
        return call("recvfrom", state -> (long) RECVFROM.invokeExact(state, socket, into, into.byteSize(), flags, sender, length));
    }

    static void kill(long pid, int signal) throws Failure {
        call("kill", state -> (int) KILL.invokeExact(state, (int) pid, signal));
    }

    static void close(int descriptor) {
        try {
            call("close", state -> (int) CLOSE.invokeExact(state, descriptor));
        } catch (Failure _) {
            // Closed all the same (close(2)).
        }
    }

    private interface Call {
        long result(MemorySegment state) throws Throwable;
    }

    private static long call(String name, Call call) throws Failure {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long result = result(call, state);
            if (result == -1) {
                throw new Failure(name, (int) ERRNO.get(state, 0L));
            }
            return result;
        }
    }

    private static long result(Call call, MemorySegment state) {
        try {
            return call.result(state);
        } catch (Throwable e) {
            throw new IllegalStateException("the call of a function of the C library failed", e);
        }
    }

    private static MethodHandle function(String name, MemoryLayout result, MemoryLayout... parameters) {
        return linked(name, FunctionDescriptor.of(result, parameters), Linker.Option.captureCallState("errno"));
    }

    private static MethodHandle function(String name, MemoryLayout result, Linker.Option option, MemoryLayout... parameters) {
        return linked(name, FunctionDescriptor.of(result, parameters), Linker.Option.captureCallState("errno"), option);
    }

    // Restricted: the JVM must be told to allow it (--enable-native-access), which the start script and the build do.
    @SuppressWarnings("restricted") private static MethodHandle linked(String name, FunctionDescriptor type, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), type, options);
    }
}
