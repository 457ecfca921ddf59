package dev.svc.contract;

import dev.svc.fmri.InstanceFmri;
import dev.svc.protocol.SvcRoot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/// The logs of instances: the manager's own lines between the output of methods, in SMF's form, `[ Mar  4 14:02:10 Enabled. ]`.
///
/// Files are 0640 and opened anew for each line, so a log that was moved away or deleted is simply begun again. A line that cannot be
/// written is dropped: supervision does not depend on a disk. The first failure in a row is reported in the manager's log. From any
/// thread; a line is written at once or not at all.
public final class InstanceLog {
    private static final System.Logger LOGGER = System.getLogger(InstanceLog.class.getName());

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT);

    private static final Set<OpenOption> APPEND = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);

    private static final FileAttribute<?> MODE = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));

    private static final FileAttribute<?> DIRECTORY_MODE = PosixFilePermissions.asFileAttribute(
            PosixFilePermissions.fromString("rwxr-xr-x"));

    private final SvcRoot root;
    private final ZoneId zone;
    private final AtomicBoolean failing = new AtomicBoolean();

    public InstanceLog(SvcRoot root, ZoneId zone) {
        this.root = root;
        this.zone = zone;
    }

    /// Appends a line to the log of `fmri`; `text` without the brackets. Control characters in it become blanks.
    public void append(InstanceFmri fmri, Instant now, String text) {
        Path log = root.log(fmri);
        try {
            write(log, line(now.atZone(zone), text));
            failing.set(false);
        } catch (IOException e) {
            if (failing.compareAndSet(false, true)) {
                LOGGER.log(System.Logger.Level.WARNING, "{0}: log cannot be written: {1}; further failures are not reported", fmri, e);
            }
        }
    }

    static String line(ZonedDateTime now, String text) {
        return "[ " + TIME.format(now) + " " + text.replaceAll("\\p{Cntrl}", " ") + " ]\n";
    }

    private void write(Path log, String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        try (SeekableByteChannel channel = open(log)) {
            // One write: lines of ours and of the method do not mix.
            channel.write(bytes);
        }
    }

    private SeekableByteChannel open(Path log) throws IOException {
        try {
            return Files.newByteChannel(log, APPEND, MODE);
        } catch (NoSuchFileException _) {
            Files.createDirectories(root.logs(), DIRECTORY_MODE);
            return Files.newByteChannel(log, APPEND, MODE);
        }
    }
}
