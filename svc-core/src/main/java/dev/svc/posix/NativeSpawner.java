package dev.svc.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import jnr.constants.platform.Errno;

/// Starts programs by posix_spawn(3) of the C library, which does at once what otherwise takes two programs more: a new session, default
/// signals, and the closing of descriptors (glibc 2.34 or later).
///
/// Called by the JDK's foreign function interface: jnr-posix does not have the two flags and the action that make the difference.
final class NativeSpawner implements Spawner {
    private static final short SET_DEFAULT_SIGNALS = 0x04;
    private static final short SET_SIGNAL_MASK = 0x08;
    private static final short SET_SESSION = 0x80;

    /// Room for `posix_spawn_file_actions_t`, `posix_spawnattr_t` (336 bytes on 64-bit machines) and `sigset_t`, in bytes.
    private static final int ROOM = 1024;

    private static final int READ_ONLY = 0;
    private static final int WRITE_ONLY = 1;
    private static final int FIRST_CLOSED = 3;
    private static final int WAIT_NO_HANG = 1;
    private static final int SIGNAL_BITS = 0x7f;

    private static final String CLOSE_FROM = "posix_spawn_file_actions_addclosefrom_np";

    private final MethodHandle spawn = function("posix_spawn", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    private final MethodHandle wait = function("waitpid", JAVA_INT, ADDRESS, JAVA_INT);
    private final MemorySegment actions;
    private final MemorySegment attributes;

    NativeSpawner() {
        // For as long as we live.
        Arena arena = Arena.global();
        actions = arena.allocate(ROOM, ADDRESS.byteAlignment());
        attributes = arena.allocate(ROOM, ADDRESS.byteAlignment());
        try {
            setActions(arena.allocateFrom("/dev/null"), arena.allocateFrom("/"));
            setAttributes(arena.allocate(ROOM).fill((byte) 0xff));
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    private void setActions(MemorySegment nothing, MemorySegment directory) throws Throwable {
        check((int) function("posix_spawn_file_actions_init", ADDRESS).invokeExact(actions));
        MethodHandle open = function("posix_spawn_file_actions_addopen", ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
        check((int) open.invokeExact(actions, 0, nothing, READ_ONLY, 0));
        check((int) open.invokeExact(actions, 1, nothing, WRITE_ONLY, 0));
        check((int) open.invokeExact(actions, 2, nothing, WRITE_ONLY, 0));
        check((int) function("posix_spawn_file_actions_addchdir_np", ADDRESS, ADDRESS).invokeExact(actions, directory));
        check((int) function(CLOSE_FROM, ADDRESS, JAVA_INT).invokeExact(actions, FIRST_CLOSED));
    }

    private void setAttributes(MemorySegment allSignals) throws Throwable {
        check((int) function("posix_spawnattr_init", ADDRESS).invokeExact(attributes));
        // The mask is that of fresh attributes: no signal is blocked.
        check((int) function("posix_spawnattr_setflags", ADDRESS, JAVA_SHORT)
                .invokeExact(attributes, (short) (SET_DEFAULT_SIGNALS | SET_SIGNAL_MASK | SET_SESSION)));
        check((int) function("posix_spawnattr_setsigdefault", ADDRESS, ADDRESS).invokeExact(attributes, allSignals));
    }

    /// Whether the C library has what is needed.
    static boolean isSupported() {
        return ADDRESS.byteSize() == Long.BYTES && Linker.nativeLinker().defaultLookup().find(CLOSE_FROM).isPresent();
    }

    @Override public Spawned spawn(List<String> words, Map<String, String> environment) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pid = arena.allocate(JAVA_INT);
            MemorySegment program = arena.allocateFrom(words.getFirst());
            Stream<String> variables = environment.entrySet().stream().map(variable -> variable.getKey() + "=" + variable.getValue());
            int error = spawn(pid, program, strings(arena, words), strings(arena, variables.toList()));
            if (error != 0) {
                throw new IOException(words.getFirst() + ": " + Errno.valueOf(error).description());
            }
            return spawned(pid.get(JAVA_INT, 0));
        }
    }

    private int spawn(MemorySegment pid, MemorySegment program, MemorySegment words, MemorySegment environment) {
        try {
            return (int) spawn.invokeExact(pid, program, actions, attributes, words, environment);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    private Spawned spawned(long pid) {
        // The JDK waits for a child that is not its own without taking its status away: that is left for us.
        CompletableFuture<ProcessHandle> end = ProcessHandle.of(pid).orElseThrow().onExit();
        return new Spawned(pid, end.thenApply(_ -> status((int) pid)));
    }

    private int status(int pid) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment raw = arena.allocate(JAVA_INT);
            if (waited(pid, raw) != pid) {
                throw new IllegalStateException("process " + pid + " ended and is not there to be waited for");
            }
            int status = raw.get(JAVA_INT, 0);
            int signal = status & SIGNAL_BITS;
            return signal == 0 ? status >> Byte.SIZE & 0xff : 0x80 + signal;
        }
    }

    private int waited(int pid, MemorySegment status) {
        try {
            return (int) wait.invokeExact(pid, status, WAIT_NO_HANG);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    private static MemorySegment strings(Arena arena, List<String> strings) {
        MemorySegment array = arena.allocate(ADDRESS, strings.size() + 1L);
        for (int i = 0; i < strings.size(); i++) {
            array.setAtIndex(ADDRESS, i, arena.allocateFrom(strings.get(i)));
        }
        array.setAtIndex(ADDRESS, strings.size(), MemorySegment.NULL);
        return array;
    }

    // Restricted: the JVM must be told to allow it (--enable-native-access), which the start script and the build do.
    @SuppressWarnings("restricted") private static MethodHandle function(String name, MemoryLayout... parameters) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().find(name).orElseThrow(), FunctionDescriptor.of(JAVA_INT, parameters));
    }

    private static void check(int error) {
        if (error != 0) {
            throw new IllegalStateException("posix_spawn cannot be prepared: error " + error);
        }
    }

    private static IllegalStateException broken(Throwable cause) {
        return new IllegalStateException("the call of a function of the C library failed", cause);
    }
}
