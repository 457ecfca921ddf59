package dev.svc.posix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All processes there were at one moment, without zombies.
public record ProcessTable(List<ProcessStat> processes) {
    public ProcessTable {
        processes = List.copyOf(processes);
    }

    public static ProcessTable read() throws IOException {
        List<ProcessStat> processes = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
            for (Path directory : directories) {
                ProcessStat.of(Long.parseLong(directory.getFileName().toString()))
                        .filter(stat -> !stat.isZombie())
                        .ifPresent(processes::add);
            }
        }
        return new ProcessTable(processes);
    }

    /// The value of a variable in the environment a process was started with; nothing also if that environment is closed to us.
    public static Optional<String> variable(long pid, String name) {
        try {
            String environment = "\0" + Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
            int start = environment.indexOf("\0" + name + "=");
            if (start < 0) {
                return Optional.empty();
            }
            int value = start + name.length() + 2;
            int end = environment.indexOf('\0', value);
            return Optional.of(environment.substring(value, end < 0 ? environment.length() : end));
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
