package dev.svc.contract;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A mount of the cgroup v2 file system, wherever it is (on hybrid systems it is not /sys/fs/cgroup).
///
/// @param root which group is seen at the mount point, as a path in the hierarchy
record CgroupMount(Path point, Path root) {
    private static final int ROOT = 3;
    private static final int POINT = 4;

    /// The mounts in the text of `/proc/self/mountinfo` (proc_pid_mountinfo(5)), in its order.
    static List<CgroupMount> in(String mountinfo) {
        List<CgroupMount> mounts = new ArrayList<>();
        mountinfo.lines().forEach(line -> {
            int separator = line.indexOf(" - ");
            if (separator >= 0 && line.startsWith("cgroup2 ", separator + " - ".length())) {
                String[] fields = line.substring(0, separator).split(" ");
                mounts.add(new CgroupMount(Path.of(unescaped(fields[POINT])), Path.of(unescaped(fields[ROOT]))));
            }
        });
        return mounts;
    }

    /// Where the group that the text of `/proc/self/cgroup` names (its line `0::`) is seen below this mount; nothing if it is outside.
    Optional<Path> own(String cgroup) {
        return cgroup.lines()
                .filter(line -> line.startsWith("0::/"))
                .map(line -> Path.of(line.substring("0::".length())).normalize())
                .filter(path -> path.startsWith(root))
                .map(path -> point.resolve(root.relativize(path)).normalize())
                .findFirst();
    }

    // Blanks and the like are written \040.
    private static String unescaped(String field) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            if (field.charAt(i) == '\\' && i + 3 < field.length()) {
                text.append((char) Integer.parseInt(field.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                text.append(field.charAt(i));
            }
        }
        return text.toString();
    }
}
