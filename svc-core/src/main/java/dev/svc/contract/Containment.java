package dev.svc.contract;

import dev.svc.protocol.SvcRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The opening of a root's contracts: which kind, once a boot; the locks that make us its only manager; and what a new boot discards.
public final class Containment {
    private static final System.Logger LOGGER = System.getLogger(Containment.class.getName());

    /// A file of the root group that nobody opens otherwise: closing any descriptor of it would drop the lock.
    private static final String LOCKED = "cgroup.max.depth";

    private final SvcRoot root;
    private final RunDirectory run;
    private final List<ManagerLock> locks = new ArrayList<>();

    private Containment(SvcRoot root) {
        this.root = root;
        this.run = new RunDirectory(root.run());
    }

    /// Opens the contracts of `root`, which nobody else can until they are closed or we die.
    ///
    /// @param home the install tree
    /// @throws RootHeldException if another manager has them
    public static Contracts open(SvcRoot root, Path home) throws IOException {
        return open(root, home, CgroupPlaces.here());
    }

    /// @param places where a root group may be, if nothing was decided this boot
    static Contracts open(SvcRoot root, Path home, CgroupPlaces places) throws IOException {
        Containment containment = new Containment(root);
        try {
            return containment.open(home, places);
        } catch (IOException | RuntimeException e) {
            containment.locks.forEach(ManagerLock::close);
            throw e;
        }
    }

    private Contracts open(Path home, CgroupPlaces places) throws IOException {
        Files.createDirectories(run.path());
        BootIdentity identity = BootIdentity.current();
        Optional<BootRecord> record = BootRecord.read(run.path());
        Optional<Path> group = group(record.filter(known -> known.boot().equals(identity)), places);
        if (group.isPresent()) {
            locks.add(ManagerLock.take(group.get().resolve(LOCKED), root));
        }
        locks.add(ManagerLock.take(run.lock(), root));
        Optional<Cgroup> top = group.map(Cgroup::new);
        Boot boot = boot(identity, record, top);
        new BootRecord(identity, group).write(run.path());
        run.create();
        Launcher launcher = new Launcher(root, run.exits(), home, new InstanceLog(root, ZoneId.systemDefault()));
        return top.isPresent()
                ? new CgroupContracts(top.get(), run, launcher, boot, locks)
                : new FallbackContracts(root, run, launcher, boot, locks);
    }

    /// Our root group, empty for the fallback: as was decided this boot, or decided now.
    private Optional<Path> group(Optional<BootRecord> decided, CgroupPlaces places) throws IOException {
        if (decided.isPresent()) {
            Optional<Path> group = decided.get().group();
            if (group.isPresent()) {
                Files.createDirectories(group.get());
            }
            return group;
        }
        return places.find(root.groupName());
    }

    private Boot boot(BootIdentity identity, Optional<BootRecord> record, Optional<Cgroup> top) throws IOException {
        refuseNewer(top);
        boolean same = record.map(BootRecord::boot).or(() -> remembered(top)).filter(identity::equals).isPresent();
        if (same) {
            return new Boot(identity, false);
        }
        if (top.isPresent() && top.get().isPopulated() || FallbackContracts.isAnyPopulated(root, run)) {
            LOGGER.log(System.Logger.Level.WARNING,
                    "{0}: boot identity is {1}, yet processes of another boot are alive: everything is kept", root, identity);
            return new Boot(identity, false);
        }
        if (top.isPresent()) {
            for (Cgroup child : top.get().children()) {
                child.remove();
            }
            top.get().removeAttribute(CgroupContracts.ROOT);
        }
        run.discard();
        return new Boot(identity, true);
    }

    // Whatever the boot: discarding what one does not understand is no way of refusing it.
    private void refuseNewer(Optional<Cgroup> top) throws IOException {
        if (top.isPresent()) {
            top.get().attribute(CgroupContracts.ROOT).flatMap(RootFormat::of);
        }
        run.root();
    }

    // The boot record may be lost while the record of the root is not.
    private Optional<BootIdentity> remembered(Optional<Cgroup> top) {
        try {
            Optional<byte[]> attribute = top.isPresent() ? top.get().attribute(CgroupContracts.ROOT) : Optional.empty();
            return attribute.flatMap(RootFormat::of).or(this::copied).map(RootFormat::boot);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private Optional<RootFormat> copied() {
        try {
            return run.root();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
