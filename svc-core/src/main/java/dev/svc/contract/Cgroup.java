package dev.svc.contract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// A group of the cgroup v2 file system (cgroups(7)), which may be gone at any moment.
record Cgroup(Path path) {
    /// The file that changes, and is reported by inotify, when a group gets its first process or loses its last.
    static final String EVENTS = "cgroup.events";

    /// The file, there where the memory controller is, that changes when the group runs out of memory; about the group alone.
    static final String MEMORY_EVENTS = "memory.events.local";

    private static final String PROCESSES = "cgroup.procs";

    /// Room for the attributes we write, in bytes; a longer one is read in a second attempt.
    private static final int USUAL_VALUE = 4096;

    Cgroup child(String name) {
        return new Cgroup(path.resolve(name));
    }

    String name() {
        return path.getFileName().toString();
    }

    boolean exists() {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /// Makes the group, and those above it that are missing.
    void create() throws IOException {
        Files.createDirectories(path);
    }

    /// Whether a process, other than a zombie, is in the group or below; a group that is gone has none.
    boolean isPopulated() throws IOException {
        try {
            return Files.readString(path.resolve(EVENTS)).contains("populated 1");
        } catch (IOException e) {
            // A file that was open when its group was removed is no file that is missing: reading it fails with ENODEV.
            return unlessGone(e, false);
        }
    }

    List<Cgroup> children() throws IOException {
        List<Cgroup> children = new ArrayList<>();
        try {
            // A directory has a link for itself, one for its name, and one for each directory in it; most groups have none.
            int expected = (Integer) Files.getAttribute(path, "unix:nlink") - 2;
            if (expected > 0) {
                collectChildren(expected, children);
            }
        } catch (NoSuchFileException _) {
            return List.of();
        }
        return children;
    }

    private void collectChildren(int expected, List<Cgroup> children) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, Cgroup::mayBeGroup)) {
            Iterator<Path> remaining = entries.iterator();
            while (children.size() < expected && remaining.hasNext()) {
                Cgroup child = new Cgroup(remaining.next());
                if (child.exists()) {
                    children.add(child);
                }
            }
        }
    }

    // Most of what is in a group are the kernel's own files.
    private static boolean mayBeGroup(Path entry) {
        return !entry.getFileName().toString().startsWith("cgroup.");
    }

    /// The pids in the group and below; 0 stands for a process of a foreign PID namespace.
    List<Long> pids() throws IOException {
        List<Long> pids = new ArrayList<>();
        collectPids(pids);
        return pids;
    }

    private void collectPids(List<Long> pids) throws IOException {
        pids.addAll(ownPids());
        for (Cgroup child : children()) {
            child.collectPids(pids);
        }
    }

    private List<Long> ownPids() throws IOException {
        try {
            return Files.readAllLines(path.resolve(PROCESSES), StandardCharsets.US_ASCII).stream().map(Long::valueOf).toList();
        } catch (IOException e) {
            // The processes of a threaded group are those of its parent: reading them here fails.
            return isThreaded() ? List.of() : unlessGone(e, List.of());
        }
    }

    private boolean isThreaded() {
        try {
            return Files.readString(path.resolve("cgroup.type")).startsWith("threaded");
        } catch (IOException _) {
            return false;
        }
    }

    private <T> T unlessGone(IOException e, T ifGone) throws IOException {
        if (exists()) {
            throw e;
        }
        return ifGone;
    }

    /// SIGKILL to every process in the group and below, at once; none escapes by forking.
    void kill() throws IOException {
        try {
            Files.write(path.resolve("cgroup.kill"), new byte[]{'1'}, StandardOpenOption.WRITE);
        } catch (IOException e) {
            unlessGone(e, Optional.empty());
        }
    }

    /// Removes the group and those below, after which nothing can enter; yields false if there is a process inside. A group that is gone
    /// is removed.
    boolean remove() throws IOException {
        try {
            // Populated says it for the whole tree, without trying to remove parts of it.
            if (isPopulated()) {
                return false;
            }
            for (Cgroup child : children()) {
                if (!child.remove()) {
                    return false;
                }
            }
            Files.deleteIfExists(path);
            return true;
        } catch (FileSystemException e) {
            if (!exists()) {
                return true;
            }
            if (isBusy(e)) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isBusy(FileSystemException e) {
        String reason = Optional.ofNullable(e.getReason()).orElse("");
        return e instanceof DirectoryNotEmptyException || reason.contains("busy");
    }

    /// The value of an extended attribute of the `user` namespace; nothing if there is none.
    Optional<byte[]> attribute(String name) throws IOException {
        try {
            return Optional.of(read(name, USUAL_VALUE));
        } catch (IOException e) {
            if (!exists() || !attributes().list().contains(name)) {
                return Optional.empty();
            }
            return Optional.of(read(name, attributes().size(name)));
        }
    }

    private byte[] read(String name, int size) throws IOException {
        ByteBuffer value = ByteBuffer.allocate(size);
        attributes().read(name, value);
        return Arrays.copyOf(value.array(), value.position());
    }

    void setAttribute(String name, byte[] value) throws IOException {
        attributes().write(name, ByteBuffer.wrap(value));
    }

    /// Removes an extended attribute, if there is one.
    void removeAttribute(String name) throws IOException {
        if (exists() && attributes().list().contains(name)) {
            attributes().delete(name);
        }
    }

    private UserDefinedFileAttributeView attributes() {
        return Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
    }
}
