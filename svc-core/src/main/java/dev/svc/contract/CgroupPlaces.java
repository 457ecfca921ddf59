package dev.svc.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Where our root group may be.
///
/// | is our own group delegated to us (systemd's `Delegate=`)? | may we write at the top? | may we write in our own? | root group |
/// |---|---|---|---|
/// | yes | any | yes | below our own group |
/// | no | yes | any | at the top of the mount |
/// | no | no | yes | below our own group |
/// | any | no | no | none: the fallback |
///
/// Whether we may is tried, not deduced: a group is made and a process put into it ([#find]).
final class CgroupPlaces {
    private final List<Path> candidates;

    private CgroupPlaces(List<Path> candidates) {
        this.candidates = candidates;
    }

    static CgroupPlaces here() throws IOException {
        return of(Files.readString(Path.of("/proc/self/mountinfo")), Files.readString(Path.of("/proc/self/cgroup")));
    }

    /// @param mountinfo text of `/proc/self/mountinfo`
    /// @param cgroup text of `/proc/self/cgroup`
    static CgroupPlaces of(String mountinfo, String cgroup) {
        List<Path> candidates = new ArrayList<>();
        for (CgroupMount mount : CgroupMount.in(mountinfo)) {
            Optional<Path> own = mount.own(cgroup);
            own.filter(CgroupPlaces::isDelegated).ifPresent(candidates::add);
            candidates.add(mount.point());
            own.ifPresent(candidates::add);
        }
        return new CgroupPlaces(candidates.stream().distinct().toList());
    }

    /// The groups below which our root group may be, the best first.
    List<Path> candidates() {
        return candidates;
    }

    /// The root group of that name, made if need be, where we can make groups, put processes into them, kill them and write labels;
    /// nothing if there is no such place.
    Optional<Path> find(String name) {
        return candidates.stream().map(parent -> parent.resolve(name)).filter(CgroupPlaces::isUsable).findFirst();
    }

    // systemd tells with an attribute that it leaves a group to its unit.
    private static boolean isDelegated(Path group) {
        try {
            Optional<byte[]> mark = new Cgroup(group).attribute("delegate");
            return mark.isPresent() && Arrays.equals(mark.get(), new byte[]{'1'});
        } catch (IOException _) {
            return false;
        }
    }

    private static boolean isUsable(Path root) {
        boolean existed = Files.isDirectory(root);
        Cgroup trial = new Cgroup(root.resolve("trial-" + ProcessHandle.current().pid()));
        try {
            Files.createDirectories(root);
            trial.create();
            trial.setAttribute("svc.trial", new byte[]{'1'});
            boolean usable = Files.isWritable(trial.path().resolve("cgroup.kill")) && canBeEntered(trial);
            trial.remove();
            if (!usable && !existed) {
                Files.deleteIfExists(root);
            }
            return usable;
        } catch (IOException _) {
            return false;
        }
    }

    private static boolean canBeEntered(Cgroup group) throws IOException {
        Process process = new ProcessBuilder("/bin/sh", "-c", "echo 0 >\"$0/cgroup.procs\"", group.path().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return process.waitFor() == 0;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
