package dev.svc.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// With which rights a process runs, and which signals it ignores: from `/proc/<pid>/status`.
///
/// @param ignored bit n-1 for signal n
public record Credentials(int uid, int gid, Set<Integer> groups, long ignored) {
    private static final long STANDARD_SIGNALS = 0x7fff_ffffL;

    public Credentials {
        groups = Set.copyOf(groups);
    }

    /// Those of this process.
    public static Credentials own() throws IOException {
        Map<String, String> status = new HashMap<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            int colon = line.indexOf(':');
            status.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        Set<Integer> groups = new TreeSet<>();
        String list = status.getOrDefault("Groups", "");
        Arrays.stream(list.split("\\s+")).filter(g -> !g.isEmpty()).forEach(g -> groups.add(Integer.parseUnsignedInt(g)));
        return new Credentials(
                effective(status, "Uid"), effective(status, "Gid"), groups, Long.parseUnsignedLong(status.get("SigIgn"), 16));
    }

    public boolean isRoot() { return uid == 0; }

    /// Whether any of the standard signals (those below the real-time ones) is ignored, which children inherit.
    public boolean ignoresSignals() {
        return (ignored & STANDARD_SIGNALS) != 0;
    }

    private static int effective(Map<String, String> status, String name) {
        return Integer.parseUnsignedInt(status.get(name).split("\\s+")[1]);
    }
}
