package dev.svc.contract;

import dev.svc.restarter.ContractId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where a process is, or was when it ended, among the contracts of a root.
sealed interface Whereabouts {
    /// In a contract.
    record Inside(ContractId contract) implements Whereabouts {}

    /// In none of ours; or in a group that a service made within its contract, and looks after itself.
    record Outside() implements Whereabouts {}

    /// Nobody can say any more: it was reaped.
    record Unknown() implements Whereabouts {}

    /// The contract it is in.
    default Optional<ContractId> known() {
        return this instanceof Inside(var contract) ? Optional.of(contract) : Optional.empty();
    }

    /// Whereabouts below one root group, by `/proc/<pid>/cgroup`, which a zombie still has.
    record Map(Path root) {
        private static final String GONE = " (deleted)";

        /// @param group the root group, as a directory
        /// @param mountinfo text of `/proc/self/mountinfo`
        static Map of(Path group, String mountinfo) {
            return new Map(CgroupMount.in(mountinfo).stream()
                    .filter(mount -> group.startsWith(mount.point()))
                    .map(mount -> mount.root().resolve(mount.point().relativize(group)).normalize())
                    .findFirst().orElse(group));
        }

        Whereabouts of(long pid) {
            try {
                return in(Files.readString(Path.of("/proc/" + pid + "/cgroup"), StandardCharsets.UTF_8));
            } catch (IOException _) {
                return new Unknown();
            }
        }

        /// @param text of `/proc/<pid>/cgroup`
        Whereabouts in(String text) {
            return text.lines().filter(line -> line.startsWith("0::/")).findFirst()
                    .map(line -> line.substring("0::".length()))
                    .map(path -> Path.of(path.endsWith(GONE) ? path.substring(0, path.length() - GONE.length()) : path))
                    .map(this::below).orElse(new Unknown());
        }

        private Whereabouts below(Path path) {
            if (path.startsWith(root)) {
                Path names = root.relativize(path);
                int last = names.getNameCount() - 1;
                // network/ssh:default/17: the first name with a colon is the instance's, and the next, if that is all, the contract's.
                for (int i = 0; i < last; i++) {
                    if (names.getName(i).toString().contains(":")) {
                        Optional<ContractId> contract = i + 1 == last
                                ? InstanceGroups.contract(names.getFileName().toString())
                                : Optional.empty();
                        return contract.<Whereabouts>map(Inside::new).orElse(new Outside());
                    }
                }
            }
            return new Outside();
        }
    }
}
