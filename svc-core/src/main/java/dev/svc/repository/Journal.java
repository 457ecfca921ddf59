package dev.svc.repository;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// The end of the journal, where changes are recorded.
///
/// A write that is cut short is truncated away before anything else happens. An fsync that fails is never repeated on the same file (its
/// pages may be gone and the second call succeed): the lines go to a new segment. If that fails too nobody knows what will be found
/// after a crash, and nothing more is appended until what is doubtful was cut away.
final class Journal implements AutoCloseable {
    /// A segment that has grown so far is not continued.
    private static final long LONGEST_SEGMENT = 4L << 20;

    private final Disk disk;
    private final Path directory;
    private final List<Doubt> doubts = new ArrayList<>();
    private Optional<Open> open = Optional.empty();
    private String lastCrc;

    /// The segment that is appended to.
    private static final class Open {
        private final Path file;
        private final Disk.Appender appender;
        private final Epoch epoch;
        private final String key;
        private long size;

        Open(Path file, Disk.Appender appender, Epoch epoch, String key, long size) {
            this.file = file;
            this.appender = appender;
            this.epoch = epoch;
            this.key = key;
            this.size = size;
        }
    }

    /// A file that may hold more than its first `size` bytes, of which nobody was told.
    private record Doubt(Path file, long size) {}

    /// @param lastCrc the line that the next one follows; [JournalLine#NO_CRC] to begin a new chain
    Journal(Disk disk, Path directory, String lastCrc) {
        this.disk = disk;
        this.directory = directory;
        this.lastCrc = lastCrc;
    }

    /// What the next line should give as its previous.
    String lastCrc() {
        return lastCrc;
    }

    /// Goes on in a segment, after what is intact of it.
    ///
    /// @throws IOException if it cannot be: the next line will begin a new segment
    void resume(JournalSegment segment) throws IOException {
        long size = segment.soundBytes().orElseThrow();
        Open resumed = opened(segment.file(), segment.name().epoch());
        if (resumed.size > size) {
            resumed.appender.truncate(size);
            resumed.appender.sync();
            resumed.size = size;
        }
        open = Optional.of(resumed);
    }

    /// Makes a new segment for the changes from `first` on, so that a journal that was deleted can be told from one that is empty.
    void begin(Epoch epoch, long first) throws IOException {
        close();
        openNew(epoch, first);
        try {
            open.orElseThrow().appender.sync();
            disk.syncDirectory(directory);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /// As [#begin], and with a chain of its own: nothing before it is vouched for.
    void beginChain(Epoch epoch, long first) throws IOException {
        lastCrc = JournalLine.NO_CRC;
        begin(epoch, first);
    }

    /// The file that is appended to.
    Optional<Path> current() {
        return open.map(o -> o.file);
    }

    /// Whether the segment that is appended to was deleted, replaced, cut or written to by somebody else.
    boolean disturbed() {
        return open.isPresent() && !isOurs(open.get());
    }

    private boolean isOurs(Open segment) {
        try {
            return disk.identity(segment.file).map(i -> i.key().equals(segment.key) && i.size() == segment.size).orElse(false);
        } catch (IOException _) {
            return false;
        }
    }

    /// Puts lines on disk, all or none.
    ///
    /// @param lines in order, each following on the one before, the first on [#lastCrc]
    /// @throws RefusedException if none is there and none will turn up
    /// @throws OutcomeUnknownException if they may turn up at the next start
    void append(List<JournalLine> lines) throws RefusedException, OutcomeUnknownException {
        settleDoubts();
        byte[] bytes = bytes(lines);
        JournalLine first = lines.getFirst();
        Open segment;
        try {
            segment = segmentFor(first);
        } catch (IOException e) {
            throw refused(e);
        }
        write(segment, bytes);
        try {
            segment.appender.sync();
            if (segment.size == 0) {
                disk.syncDirectory(directory);
            }
            segment.size += bytes.length;
        } catch (IOException e) {
            appendElsewhere(segment, first, bytes, e);
        }
        lastCrc = lines.getLast().crc();
    }

    private static byte[] bytes(List<JournalLine> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (JournalLine line : lines) {
            bytes.writeBytes(line.text().getBytes(StandardCharsets.UTF_8));
            bytes.write('\n');
        }
        return bytes.toByteArray();
    }

    private Open segmentFor(JournalLine first) throws IOException {
        Epoch epoch = Epoch.of(first.sequence());
        if (open.isPresent() && (open.get().size > LONGEST_SEGMENT || !open.get().epoch.equals(epoch) || !isOurs(open.get()))) {
            close();
        }
        if (open.isEmpty()) {
            openNew(epoch, first.sequence().number());
        }
        return open.orElseThrow();
    }

    private void write(Open segment, byte[] bytes) throws RefusedException, OutcomeUnknownException {
        try {
            segment.appender.append(bytes);
        } catch (IOException e) {
            try {
                segment.appender.truncate(segment.size);
            } catch (IOException again) {
                again.addSuppressed(e);
                throw doubtful(segment, again);
            }
            throw refused(e);
        }
    }

    private void appendElsewhere(Open failed, JournalLine first, byte[] bytes, IOException cause) throws OutcomeUnknownException {
        close();
        try {
            openNew(Epoch.of(first.sequence()), first.sequence().number());
        } catch (IOException e) {
            e.addSuppressed(cause);
            throw doubtful(failed, e);
        }
        Open segment = open.orElseThrow();
        try {
            segment.appender.append(bytes);
            segment.appender.sync();
            disk.syncDirectory(directory);
            segment.size = bytes.length;
        } catch (IOException e) {
            e.addSuppressed(cause);
            doubts.add(new Doubt(failed.file, failed.size));
            throw doubtful(segment, e);
        }
    }

    private OutcomeUnknownException doubtful(Open segment, IOException cause) {
        doubts.add(new Doubt(segment.file, segment.size));
        close();
        return new OutcomeUnknownException(
                "it is not known whether the change was recorded: " + directory + ": " + reason(cause)
                        + "; it may take effect at the next start, until then changes are refused",
                cause);
    }

    private static RefusedException refused(IOException cause) {
        return new RefusedException("the change cannot be recorded: " + reason(cause), cause);
    }

    static String reason(IOException e) {
        return switch (e) {
            case java.nio.file.AccessDeniedException denied -> denied.getFile() + ": permission denied";
            case java.nio.file.NoSuchFileException gone -> gone.getFile() + ": no such file or directory";
            default -> String.valueOf(e.getMessage());
        };
    }

    /// Cuts away what nobody was told of, so that it cannot turn up later in front of newer changes.
    private void settleDoubts() throws RefusedException {
        while (!doubts.isEmpty()) {
            Doubt doubt = doubts.getLast();
            try {
                if (disk.identity(doubt.file).isPresent()) {
                    try (Disk.Appender appender = disk.append(doubt.file)) {
                        appender.truncate(doubt.size);
                        appender.sync();
                    }
                }
                doubts.removeLast();
            } catch (IOException e) {
                throw new RefusedException(
                        "the change cannot be recorded: the outcome of an earlier one is unknown, and " + doubt.file + " still fails: "
                                + reason(e),
                        e);
            }
        }
    }

    /// Deletes segments all of whose changes a backup of change `oldest` has, never the last one.
    static void drop(Disk disk, Path directory, long oldest) throws IOException {
        TreeMap<JournalSegment.Name, Path> segments = new TreeMap<>(JournalSegment.Name.ORDER);
        for (Path file : disk.list(directory)) {
            JournalSegment.Name.parse(file.getFileName().toString()).ifPresent(name -> segments.put(name, file));
        }
        while (segments.size() > 1 && segments.higherKey(segments.firstKey()).first() <= oldest + 1) {
            disk.delete(segments.pollFirstEntry().getValue());
        }
    }

    private void openNew(Epoch epoch, long first) throws IOException {
        disk.makeDirectory(directory);
        int copy = 0;
        Path file = directory.resolve(new JournalSegment.Name(epoch, first, copy).toString());
        while (disk.identity(file).isPresent()) {
            copy++;
            file = directory.resolve(new JournalSegment.Name(epoch, first, copy).toString());
        }
        open = Optional.of(opened(file, epoch));
    }

    private Open opened(Path file, Epoch epoch) throws IOException {
        Disk.Appender appender = disk.append(file);
        try {
            Disk.Identity identity = disk.identity(file).orElseThrow(() -> new IOException(file + " vanished while it was opened"));
            return new Open(file, appender, epoch, identity.key(), identity.size());
        } catch (IOException e) {
            appender.close();
            throw e;
        }
    }

    /// Closes the present segment; the next line begins a new one.
    @Override public void close() {
        open.ifPresent(segment -> {
            try {
                segment.appender.close();
            } catch (IOException _) {
                // Everything in it that matters was synced.
            }
        });
        open = Optional.empty();
    }
}
