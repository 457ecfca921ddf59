package dev.svc.contract;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;

/// What lives as long as the boot on tmpfs, `/run/svc`: the lock, the boot record, copies of labels, exit records, early logs.
record RunDirectory(Path path) {
    static final String LOCK = "lock";
    private static final String ROOT = "root";
    private static final String CONTRACTS_GIVEN = "contracts-given";
    private static final String ENDED = "ended";

    /// Makes the directories that launchers write to, which cannot.
    void create() throws IOException {
        Files.createDirectories(exits().directory());
        Files.createDirectories(labels().directory());
        Files.createDirectories(path.resolve("log"));
    }

    LabelCopies labels() {
        return new LabelCopies(path.resolve("label"));
    }

    ExitRecords exits() {
        return new ExitRecords(path.resolve("exit"));
    }

    /// The contracts where there are no cgroups.
    LockDirectory contracts() {
        return new LockDirectory(path.resolve("contract"));
    }

    Path lock() {
        return path.resolve(LOCK);
    }

    /// The copy of the root's record.
    Optional<RootFormat> root() throws IOException {
        return LabelCopies.read(path.resolve(ROOT)).flatMap(RootFormat::of);
    }

    /// Where that copy is kept.
    Copies.Place<Boot> rootPlace() {
        Path file = path.resolve(ROOT);
        return new Copies.Place<>("run/svc/root", _ -> LabelCopies.read(file), (_, line) -> LabelCopies.replace(file, line),
                _ -> Files.deleteIfExists(file));
    }

    /// What a root says that never said anything: which contract ids were given before everything was stopped, if it was.
    RootRecord saidNothing() throws IOException {
        return LabelCopies.read(path.resolve(CONTRACTS_GIVEN)).flatMap(RootFormat::of)
                .map(kept -> RootRecord.nothing(kept.record().nextContract())).orElse(RootRecord.NONE);
    }

    /// Remembers that everything was stopped, before all else of this boot is discarded. Contract ids go on: a launcher may still be on
    /// its way to one of them.
    ///
    /// @param last what the root said in the end
    void ends(RootFormat last, Ending ending) throws IOException {
        LabelCopies.write(path.resolve(ENDED), EndingFormat.bytes(last.boot(), ending));
        LabelCopies.write(path.resolve(CONTRACTS_GIVEN), last.bytes());
    }

    /// How this boot was ended last; nothing if it was not, or nobody knows any more.
    Optional<Ending> ended(BootIdentity boot) throws IOException {
        return LabelCopies.read(path.resolve(ENDED)).flatMap(line -> EndingFormat.of(line, boot));
    }

    /// Discards all that is of a former boot: everything but the lock, the count of contracts and how it ended; the root's record and the
    /// boot record last.
    void discard() throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                if (!Set.of(LOCK, CONTRACTS_GIVEN, ENDED, ROOT, BootRecord.FILE).contains(entry.getFileName().toString())) {
                    delete(entry);
                }
            }
        }
        // Labels without it would look as if it had been lost.
        Files.deleteIfExists(path.resolve(ROOT));
        Files.deleteIfExists(path.resolve(BootRecord.FILE));
    }

    private static void delete(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
