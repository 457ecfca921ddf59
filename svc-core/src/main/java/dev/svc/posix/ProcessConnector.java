package dev.svc.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import jnr.constants.platform.Errno;

/// The kernel's process connector: a netlink socket on which it tells of processes that die by a signal (netlink(7), the kernel's
/// `cn_proc.h`).
///
/// The kernel tells of every fork, exec and exit in the system; a filter on the socket drops there what is no death by a signal, so that
/// we are woken for nothing else. A message, in the byte order of the machine:
///
/// ```
///  0 nlmsghdr   length, type, flags, sequence, port
/// 16 cn_msg     index 1, value 1, sequence, 28: acknowledgement, length, flags
/// 36 what       0 answer, 0x40000000 core dump, 0x80000000 exit
/// 40 cpu
/// 44 time       nanoseconds, 8 bytes
/// 52 answer     error
///    core dump  thread, process, parent's thread, parent
///    exit       thread, process, status as of wait(2), signal to the parent, parent's thread, parent
/// ```
final class ProcessConnector implements AutoCloseable {
    private static final int NETLINK = 16;
    private static final int DATAGRAMS = 2;
    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int CONNECTOR = 11;
    private static final int SOCKET_LEVEL = 1;
    private static final int RECEIVE_BUFFER = 8;
    private static final int ATTACH_FILTER = 26;
    private static final int RECEIVE_BUFFER_BEYOND_LIMIT = 33;
    private static final int NOT_BLOCKING = 0x40;

    /// Room for the deaths of some thousand processes at once.
    private static final int BUFFER_BYTES = 4 << 20;

    private static final int LARGEST_MESSAGE = 4096;
    private static final int SHORTEST_MESSAGE = 76;
    private static final int REQUEST_BYTES = 40;
    private static final int LISTEN = 1;
    private static final int IGNORE = 2;

    private static final int ACKNOWLEDGEMENT_AT = 28;
    private static final int WHAT_AT = 36;
    private static final int TIME_AT = 44;
    private static final int DATA_AT = 52;
    private static final int ANSWER = 0;
    private static final int CORE_DUMP = 0x4000_0000;
    private static final int EXIT = 0x8000_0000;
    private static final int SIGNAL_BITS = 0x7f;

    private final int socket;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment message = arena.allocate(LARGEST_MESSAGE);
    private final MemorySegment sender = arena.allocate(12, Integer.BYTES);
    private final MemorySegment senderLength = arena.allocate(Integer.BYTES, Integer.BYTES);

    private ProcessConnector(int socket) {
        this.socket = socket;
    }

    /// More died than there was room to tell of.
    static final class OverflowException extends Exception {
        private static final long serialVersionUID = 1;
    }

    /// Begins to be told; yields nothing where the kernel does not tell us: in a user, PID or network namespace of our own, or because
    /// we are not privileged.
    static Optional<ProcessConnector> open() {
        return open(BUFFER_BYTES);
    }

    /// The same, with room for that many bytes of what was told and not taken yet, as the kernel counts them.
    static Optional<ProcessConnector> open(int bufferBytes) {
        try {
            ProcessConnector connector = new ProcessConnector(Libc.socket(NETLINK, DATAGRAMS | CLOSE_ON_EXEC, CONNECTOR));
            if (connector.isBegun(bufferBytes)) {
                return Optional.of(connector);
            }
            connector.close();
            return Optional.empty();
        } catch (Libc.Failure _) {
            return Optional.empty();
        }
    }

    private boolean isBegun(int bufferBytes) {
        try (Arena local = Arena.ofConfined()) {
            attachFilter(local);
            setBuffer(local, bufferBytes);
            MemorySegment group = local.allocate(12, Integer.BYTES);
            group.set(JAVA_SHORT, 0, (short) NETLINK);
            group.set(JAVA_INT_UNALIGNED, 8, 1);
            Libc.bind(socket, group);
            int mark = ThreadLocalRandom.current().nextInt();
            request(LISTEN, mark);
            return isAnswered(mark);
        } catch (Libc.Failure | OverflowException _) {
            return false;
        }
    }

    private void request(int what, int mark) throws Libc.Failure {
        try (Arena local = Arena.ofConfined()) {
            MemorySegment request = local.allocate(REQUEST_BYTES, Integer.BYTES);
            request.set(JAVA_INT_UNALIGNED, 0, REQUEST_BYTES);
            request.set(JAVA_SHORT, 4, (short) 3);
            request.set(JAVA_INT_UNALIGNED, 16, 1);
            request.set(JAVA_INT_UNALIGNED, 20, 1);
            request.set(JAVA_INT_UNALIGNED, ACKNOWLEDGEMENT_AT, mark);
            request.set(JAVA_SHORT, 32, (short) Integer.BYTES);
            request.set(JAVA_INT_UNALIGNED, WHAT_AT, what);
            Libc.send(socket, request, 0);
        }
    }

    // The kernel has answered when send(2) returns, if it takes us seriously at all: where it does not it says nothing, and tells us
    // nothing but what it tells to others.
    private boolean isAnswered(int mark) throws Libc.Failure, OverflowException {
        while (isReceived()) {
            if (message.get(JAVA_INT_UNALIGNED, WHAT_AT) == ANSWER && message.get(JAVA_INT_UNALIGNED, ACKNOWLEDGEMENT_AT) == mark + 1) {
                return message.get(JAVA_INT_UNALIGNED, DATA_AT) == 0;
            }
        }
        return false;
    }

    int descriptor() {
        return socket;
    }

    /// The next death, if one was told.
    Optional<Death> next() throws Libc.Failure, OverflowException {
        while (isReceived()) {
            switch (message.get(JAVA_INT_UNALIGNED, WHAT_AT)) {
                case CORE_DUMP -> {
                    return Optional.of(new Death(Death.Stage.DUMPING, number(1), 0, number(3), time()));
                }
                case EXIT -> {
                    return Optional.of(new Death(Death.Stage.ENDED, number(1), number(2) & SIGNAL_BITS, number(5), time()));
                }
                default -> {
                    // An answer to somebody.
                }
            }
        }
        return Optional.empty();
    }

    private int number(int index) {
        return message.get(JAVA_INT_UNALIGNED, DATA_AT + (long) index * Integer.BYTES);
    }

    private long time() {
        return message.get(JAVA_LONG_UNALIGNED, TIME_AT);
    }

    private boolean isReceived() throws Libc.Failure, OverflowException {
        try {
            long length;
            do {
                senderLength.set(JAVA_INT_UNALIGNED, 0, (int) sender.byteSize());
                length = Libc.recvfrom(socket, message, NOT_BLOCKING, sender, senderLength);
                // Port 0 is the kernel's own.
            } while (length < SHORTEST_MESSAGE || sender.get(JAVA_INT_UNALIGNED, 4) != 0);
            return true;
        } catch (Libc.Failure e) {
            if (e.is(Errno.EAGAIN)) {
                return false;
            }
            if (e.is(Errno.ENOBUFS)) {
                throw new OverflowException();
            }
            throw e;
        }
    }

    private void setBuffer(Arena local, int size) throws Libc.Failure {
        MemorySegment bytes = local.allocate(Integer.BYTES, Integer.BYTES);
        bytes.set(JAVA_INT_UNALIGNED, 0, size);
        try {
            Libc.setsockopt(socket, SOCKET_LEVEL, RECEIVE_BUFFER_BEYOND_LIMIT, bytes);
        } catch (Libc.Failure _) {
            Libc.setsockopt(socket, SOCKET_LEVEL, RECEIVE_BUFFER, bytes);
        }
    }

    /// Passes answers, core dumps, and the exits by a signal of processes (not of their other threads).
    ///
    /// What is not seen so: the death, without a core dump, of a process whose first thread had left before.
    private void attachFilter(Arena local) throws Libc.Failure {
        Filter filter = new Filter(local);
        filter.add(Filter.LOAD, 0, 0, WHAT_AT);
        filter.add(Filter.IF_EQUAL, 2, 0, asLoaded(EXIT));
        filter.add(Filter.IF_EQUAL, 7, 0, asLoaded(CORE_DUMP));
        filter.add(Filter.IF_EQUAL, 6, 7, ANSWER);
        filter.add(Filter.LOAD, 0, 0, DATA_AT + 2 * Integer.BYTES);
        filter.add(Filter.IF_ANY_BIT, 0, 5, asLoaded(SIGNAL_BITS));
        filter.add(Filter.LOAD, 0, 0, DATA_AT);
        filter.add(Filter.TO_X, 0, 0, 0);
        filter.add(Filter.LOAD, 0, 0, DATA_AT + Integer.BYTES);
        filter.add(Filter.IF_EQUAL_TO_X, 0, 1, 0);
        filter.add(Filter.PASS, 0, 0, LARGEST_MESSAGE);
        filter.add(Filter.PASS, 0, 0, 0);
        Libc.setsockopt(socket, SOCKET_LEVEL, ATTACH_FILTER, filter.program(local));
    }

    // A filter loads numbers in the order of the network.
    private static int asLoaded(int number) {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? Integer.reverseBytes(number) : number;
    }

    @Override public void close() {
        try {
            // Kernels before 6.6 go on making messages for us otherwise.
            request(IGNORE, 0);
        } catch (Libc.Failure _) {
            // Then so be it.
        }
        Libc.close(socket);
        arena.close();
    }

    /// A program of the classic packet filter: an array of `struct sock_filter`.
    private static final class Filter {
        static final short LOAD = 0x20;
        static final short IF_EQUAL = 0x15;
        static final short IF_EQUAL_TO_X = 0x1d;
        static final short IF_ANY_BIT = 0x45;
        static final short TO_X = 0x07;
        static final short PASS = 0x06;

        private static final int INSTRUCTION_BYTES = 8;
        private static final int MOST = 16;

        private final MemorySegment instructions;
        private int count;

        Filter(Arena arena) {
            instructions = arena.allocate((long) MOST * INSTRUCTION_BYTES, Integer.BYTES);
        }

        /// @param then how many instructions are skipped if the condition holds, and `otherwise` if not
        void add(short code, int then, int otherwise, int operand) {
            long at = (long) count++ * INSTRUCTION_BYTES;
            instructions.set(JAVA_SHORT, at, code);
            instructions.set(JAVA_BYTE, at + 2, (byte) then);
            instructions.set(JAVA_BYTE, at + 3, (byte) otherwise);
            instructions.set(JAVA_INT_UNALIGNED, at + 4, operand);
        }

        /// `struct sock_fprog`.
        MemorySegment program(Arena arena) {
            MemorySegment program = arena.allocate(2 * ADDRESS.byteSize(), ADDRESS.byteAlignment());
            program.set(JAVA_SHORT, 0, (short) count);
            program.set(ADDRESS, ADDRESS.byteSize(), instructions);
            return program;
        }
    }
}
