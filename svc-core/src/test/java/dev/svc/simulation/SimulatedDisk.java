package dev.svc.simulation;

import dev.svc.repository.Disk;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.sqlite.SQLiteConnection;

/// A disk as one manager has it: what is written is lost by a power failure unless it was synced; it may be full, read-only or fail to
/// sync. Databases are SQLite's own, in memory; their bytes are the file's.
final class SimulatedDisk implements Disk {
    /// What outlives managers.
    static final class Platter {
        /// Names as they are, and as they would be after a power failure.
        final Map<String, Inode> names = new TreeMap<>();
        private final Map<String, Inode> durable = new TreeMap<>();
        private final Map<String, byte[]> remembered = new TreeMap<>();
        private long clock;
        Fault fault = Fault.NONE;
        private int faultyOperations;

        /// For the next operations that change something.
        void begin(Fault begun, int operations) {
            fault = begun;
            faultyOperations = operations;
        }

        void mend() {
            fault = Fault.NONE;
        }

        private Fault next() {
            if (fault != Fault.NONE && --faultyOperations < 0) {
                fault = Fault.NONE;
            }
            return fault;
        }

        /// The power fails: each name and each content is as synced, or as it was, or torn.
        void powerFails(SplittableRandom dice) {
            Map<String, Inode> left = new TreeMap<>();
            List<String> all = new ArrayList<>(names.keySet());
            durable.keySet().stream().filter(n -> !names.containsKey(n)).forEach(all::add);
            for (String name : all) {
                Inode now = names.get(name);
                Inode before = durable.get(name);
                Inode one = now == before || dice.nextBoolean() ? now : before;
                if (one != null) {
                    left.put(name, one);
                }
            }
            left.values().stream().distinct().forEach(inode -> inode.powerFails(dice));
            names.clear();
            names.putAll(left);
            durable.clear();
            durable.putAll(left);
        }

        /// What files are now, to be put back later.
        void remember() {
            remembered.clear();
            names.forEach((name, inode) -> remembered.put(name, inode.data));
        }

        /// Something happens to one of the files that `which` includes. Yields to which, and what.
        Optional<String> damage(Predicate<String> which, SplittableRandom dice) {
            List<String> files = names.keySet().stream().filter(which).filter(n -> names.get(n).data.length > 0).toList();
            if (files.isEmpty()) {
                return Optional.empty();
            }
            String name = files.get(dice.nextInt(files.size()));
            Inode inode = names.get(name);
            byte[] data = inode.data;
            String what = switch (dice.nextInt(5)) {
                case 0 -> {
                    names.remove(name);
                    durable.remove(name);
                    yield "deleted";
                }
                case 1 -> {
                    inode.replaced(Arrays.copyOf(data, dice.nextInt(data.length)));
                    yield "cut";
                }
                case 2 -> {
                    byte[] zeroed = data.clone();
                    int first = dice.nextInt(data.length);
                    Arrays.fill(zeroed, first, Math.min(data.length, first + 1 + dice.nextInt(4096)), (byte) 0);
                    inode.replaced(zeroed);
                    yield "zeroed";
                }
                case 3 -> {
                    inode.replaced(remembered.getOrDefault(name, data));
                    yield "put back";
                }
                default -> {
                    inode.replaced(flipped(data, dice));
                    yield "bit flipped";
                }
            };
            // Whoever did it was noticed, or it decayed.
            if (dice.nextBoolean()) {
                inode.changed = ++clock;
            }
            return Optional.of(name + " " + what);
        }

        private static byte[] flipped(byte[] data, SplittableRandom dice) {
            byte[] other = data.clone();
            other[dice.nextInt(other.length)] ^= (byte) (1 << dice.nextInt(8));
            return other;
        }

        /// One bit of a file flips. Yields which file.
        Optional<String> flip(SplittableRandom dice) {
            List<String> files = names.keySet().stream().filter(n -> names.get(n).data.length > 0).toList();
            if (files.isEmpty()) {
                return Optional.empty();
            }
            String name = files.get(dice.nextInt(files.size()));
            Inode inode = names.get(name);
            inode.replaced(flipped(inode.data, dice));
            return Optional.of(name);
        }
    }

    /// A file whatever its names.
    static final class Inode {
        private static final byte[] NOTHING = {};
        private final long number;
        byte[] data = NOTHING;
        private byte[] synced = NOTHING;
        private long changed;

        Inode(long number) {
            this.number = number;
        }

        private void replaced(byte[] other) {
            data = other;
            synced = other;
        }

        private void powerFails(SplittableRandom dice) {
            if (data != synced) {
                data = switch (dice.nextInt(3)) {
                    case 0 -> data;
                    case 1 -> synced;
                    default -> torn(dice);
                };
                synced = data;
            }
        }

        // As long as it was to be, half of it never written; or only a part of what was appended.
        private byte[] torn(SplittableRandom dice) {
            int kept = data.length == 0 ? 0 : dice.nextInt(data.length);
            byte[] half = Arrays.copyOf(data, dice.nextBoolean() ? kept : data.length);
            Arrays.fill(half, Math.min(kept, half.length), half.length, (byte) 0);
            return half;
        }
    }

    /// What goes wrong.
    enum Fault {
        NONE, FULL, SYNC, READ_ONLY
    }

    private static final ThreadLocal<Reader> READER = ThreadLocal.withInitial(Reader::new);

    private final Platter platter;
    private final Doom doom;
    private final Trace trace;
    private final List<Connection> writers = new ArrayList<>();

    /// A connection that is kept, for the file that was read last.
    private static final class Reader {
        private SQLiteConnection database;
        private byte[] of;
        private boolean lent;

        private Connection of(byte[] data) throws SQLException {
            if (lent) {
                return memory(data);
            }
            if (of != data) {
                if (database != null) {
                    database.close();
                }
                database = memory(data);
                of = data;
            }
            lent = true;
            return proxy(database, "close", () -> lent = false);
        }
    }

    private interface Instead {
        void run() throws SQLException;
    }

    /// A connection of which one method does something else.
    private static Connection proxy(SQLiteConnection database, String method, Instead instead) {
        return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[]{Connection.class},
                (_, called, args) -> {
                    if (called.getName().equals(method)) {
                        instead.run();
                        return null;
                    }
                    try {
                        return called.invoke(database, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /// What a dead manager held is let go.
    void close() {
        for (Connection writer : writers) {
            try {
                writer.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
        writers.clear();
    }

    SimulatedDisk(Platter platter, Doom doom, Trace trace) {
        this.platter = platter;
        this.doom = doom;
        this.trace = trace;
    }

    private Inode file(Path path) throws IOException {
        Inode inode = platter.names.get(path.toString());
        if (inode == null) {
            throw new NoSuchFileException(path.toString());
        }
        return inode;
    }

    /// A change of names or contents is about to be made.
    private Fault change(Path path) throws IOException {
        doom.step();
        trace.effect("change", path);
        Fault fault = platter.next();
        if (fault == Fault.READ_ONLY) {
            throw new FileSystemException(path.toString(), null, "Read-only file system");
        }
        return fault;
    }

    private void full(Path path, Fault fault) throws IOException {
        if (fault == Fault.FULL) {
            throw new FileSystemException(path.toString(), null, "No space left on device");
        }
    }

    private void synced(Path path) throws IOException {
        doom.step();
        trace.effect("sync", path);
        Fault fault = platter.next();
        if (fault == Fault.SYNC || fault == Fault.READ_ONLY) {
            throw new FileSystemException(path.toString(), null, "Input/output error");
        }
    }

    private void written(Inode inode, byte[] data) {
        inode.data = data;
        inode.changed = ++platter.clock;
        trace.effect("write", inode.number, data);
    }

    private Inode made(Path path) {
        return platter.names.computeIfAbsent(path.toString(), _ -> new Inode(++platter.clock));
    }

    @Override public byte[] read(Path path) throws IOException {
        return file(path).data.clone();
    }

    @Override public byte[] read(Path path, int bytes) throws IOException {
        byte[] data = file(path).data;
        return Arrays.copyOf(data, Math.min(bytes, data.length));
    }

    @Override public void rename(Path from, Path to) throws IOException {
        change(to);
        Inode inode = file(from);
        platter.names.remove(from.toString());
        platter.names.put(to.toString(), inode);
        doom.step();
    }

    @Override public void copy(Path from, Path to) throws IOException {
        full(to, change(to));
        byte[] data = file(from).data;
        Inode copy = made(to);
        written(copy, Arrays.copyOf(data, data.length / 2));
        doom.step();
        written(copy, data.clone());
    }

    @Override public void delete(Path path) throws IOException {
        change(path);
        platter.names.remove(path.toString());
    }

    @Override public List<Path> list(Path directory) throws IOException {
        return platter.names.keySet().stream().map(Path::of).filter(p -> directory.equals(p.getParent())).toList();
    }

    @Override public void makeDirectory(Path directory) throws IOException {
        change(directory);
    }

    @Override public void syncDirectory(Path directory) throws IOException {
        synced(directory);
        String prefix = directory + "/";
        platter.durable.keySet().removeIf(n -> n.startsWith(prefix) && n.indexOf('/', prefix.length()) < 0);
        platter.names.forEach((name, inode) -> {
            if (name.startsWith(prefix) && name.indexOf('/', prefix.length()) < 0) {
                platter.durable.put(name, inode);
            }
        });
    }

    @Override public void sync(Path path) throws IOException {
        synced(path);
        Inode inode = file(path);
        inode.synced = inode.data;
    }

    @Override public Optional<Identity> identity(Path path) throws IOException {
        Inode inode = platter.names.get(path.toString());
        return inode == null
                ? Optional.empty()
                : Optional.of(new Identity(Long.toString(inode.number), inode.data.length, Long.toString(inode.changed)));
    }

    @Override public Instant modified(Path path) throws IOException {
        return Instant.ofEpochSecond(file(path).changed);
    }

    @Override public SeekableByteChannel readAt(Path path) throws IOException {
        return new Bytes(file(path).data);
    }

    @Override public Appender append(Path path) throws IOException {
        Fault fault = change(path);
        if (!platter.names.containsKey(path.toString())) {
            full(path, fault);
        }
        Inode inode = made(path);
        return new Appender() {
            @Override public long size() {
                return inode.data.length;
            }

            @Override public void append(byte[] bytes) throws IOException {
                boolean full = change(path) == Fault.FULL;
                int first = inode.data.length;
                byte[] half = Arrays.copyOf(inode.data, first + bytes.length / 2);
                System.arraycopy(bytes, 0, half, first, bytes.length / 2);
                written(inode, half);
                doom.step();
                if (full) {
                    throw new IOException("No space left on device");
                }
                byte[] whole = Arrays.copyOf(inode.data, first + bytes.length);
                System.arraycopy(bytes, 0, whole, first, bytes.length);
                written(inode, whole);
                doom.step();
            }

            @Override public void truncate(long size) throws IOException {
                change(path);
                written(inode, Arrays.copyOf(inode.data, (int) size));
            }

            @Override public void sync() throws IOException {
                synced(path);
                inode.synced = inode.data;
            }

            @Override public void close() {
                // nothing is held
            }
        };
    }

    @Override public Connection connect(Path path, Access access) throws SQLException {
        Inode inode = platter.names.get(path.toString());
        if (access == Access.READ_UNTOUCHED) {
            if (inode == null) {
                throw new SQLException("unable to open database file");
            }
            return READER.get().of(inode.data);
        }
        try {
            full(path, change(path));
        } catch (IOException e) {
            throw new SQLException(e.getMessage(), e);
        }
        boolean known = inode != null;
        Inode open = made(path);
        SQLiteConnection database = memory(open.data);
        writers.add(database);
        return proxy(database, "commit", () -> commit(path, database, open, known));
    }

    /// All or nothing, and durable if the file was there before: SQLite with a rollback journal. A new file is written without one.
    private void commit(Path path, SQLiteConnection database, Inode open, boolean known) throws SQLException {
        try {
            if (change(path) == Fault.FULL) {
                database.rollback();
                throw new SQLException("[SQLITE_FULL] database or disk is full");
            }
            if (known) {
                synced(path);
            }
        } catch (IOException e) {
            database.rollback();
            throw new SQLException("[SQLITE_IOERR] " + e.getMessage(), e);
        }
        database.commit();
        byte[] data = database.serialize("main");
        if (!known) {
            written(open, Arrays.copyOf(data, data.length / 2));
            doom.step();
        }
        written(open, data);
        if (known) {
            open.synced = data;
        }
        doom.step();
    }

    private static SQLiteConnection memory(byte[] data) throws SQLException {
        SQLiteConnection database = (SQLiteConnection) DriverManager.getConnection("jdbc:sqlite::memory:");
        if (data.length > 0) {
            database.deserialize("main", data);
        }
        return database;
    }

    /// A file's bytes, to be read.
    private static final class Bytes implements SeekableByteChannel {
        private final byte[] data;
        private int position;

        Bytes(byte[] data) {
            this.data = data;
        }

        @Override public int read(ByteBuffer to) {
            if (position >= data.length) {
                return -1;
            }
            int count = Math.min(to.remaining(), data.length - position);
            to.put(data, position, count);
            position += count;
            return count;
        }

        @Override public int write(ByteBuffer from) {
            throw new UnsupportedOperationException();
        }

        @Override public long position() {
            return position;
        }

        @Override public SeekableByteChannel position(long next) {
            position = (int) next;
            return this;
        }

        @Override public long size() {
            return data.length;
        }

        @Override public SeekableByteChannel truncate(long size) {
            throw new UnsupportedOperationException();
        }

        @Override public boolean isOpen() { return true; }

        @Override public void close() {
            // nothing is held
        }
    }
}
