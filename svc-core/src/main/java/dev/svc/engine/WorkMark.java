package dev.svc.engine;

import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.InvalidFmriException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// Which instance the engine is at work on, for its successor: a file `run/svc/working` that is mapped into memory, so that writing it
/// costs no system call and what was written survives the death of the writer.
///
/// ```
/// length of the FMRI, 4 bytes, 0 if at work on none    FMRI in UTF-8
/// ```
public final class WorkMark {
    private static final int SIZE = 1024;

    private final ByteBuffer bytes;

    private WorkMark(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /// One that nobody will read.
    public static WorkMark nowhere() {
        return new WorkMark(ByteBuffer.allocate(SIZE));
    }

    /// A new one in place of the predecessor's.
    public static WorkMark in(Path file) {
        try {
            // A page of a full tmpfs cannot be had, and touching it would be a fault: so it is written before it is mapped.
            Files.deleteIfExists(file);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
                    StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.allocate(SIZE));
                return new WorkMark(channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE));
            }
        } catch (IOException _) {
            return nowhere();
        }
    }

    /// What the predecessor was at work on when it ended.
    public static Optional<InstanceFmri> left(Path file) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            byte[] fmri = new byte[Math.clamp(bytes.getInt(), 0, SIZE)];
            bytes.get(fmri);
            return fmri.length == 0 ? Optional.empty() : Optional.of(InstanceFmri.parse(new String(fmri, StandardCharsets.UTF_8)));
        } catch (IOException | java.nio.BufferUnderflowException | InvalidFmriException _) {
            return Optional.empty();
        }
    }

    void on(InstanceFmri fmri) {
        byte[] name = fmri.toString().getBytes(StandardCharsets.UTF_8);
        if (name.length <= SIZE - Integer.BYTES) {
            bytes.putInt(0, 0);
            bytes.put(Integer.BYTES, name);
            bytes.putInt(0, name.length);
        }
    }

    void onNone() {
        bytes.putInt(0, 0);
    }
}
