package dev.svc.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The processes of witnesses that live at a moment, found by their command lines among all of the machine: also those that got out of
/// their contract, or whose contract nobody knows any more.
final class Living {
    private final Path script;

    Living(Site site) {
        script = Witness.script(site);
    }

    /// A process of a witness.
    ///
    /// @param group its cgroup, a path in the hierarchy of version 2
    record Process(String name, String role, long pid, String group) {
        /// Whether it is the service, and not a method of it.
        boolean isService() { return role.equals("live") || role.equals("deaf") || role.equals("hop"); }
    }

    List<Process> all() {
        List<Process> all = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            processes.filter(p -> Character.isDigit(p.getFileName().toString().charAt(0))).forEach(p -> add(p, all));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return all;
    }

    private void add(Path process, List<Process> all) {
        try {
            // A zombie has no command line.
            String[] words = Files.readString(process.resolve("cmdline"), java.nio.charset.StandardCharsets.ISO_8859_1).split("\0");
            if (words.length == 4 && words[1].equals(script.toString())) {
                String group = Files.readAllLines(process.resolve("cgroup")).stream().filter(l -> l.startsWith("0::")).findFirst()
                        .map(l -> l.substring("0::".length())).orElse("");
                all.add(new Process(words[3], words[2], Long.parseLong(process.getFileName().toString()), group));
            }
        } catch (IOException _) {
            // It ended meanwhile.
        }
    }

    /// Those that are services, by the name of their witness.
    Map<String, List<Process>> services() {
        return all().stream().filter(Process::isService).collect(Collectors.groupingBy(Process::name));
    }
}
