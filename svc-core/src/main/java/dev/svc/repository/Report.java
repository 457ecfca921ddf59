package dev.svc.repository;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A text for the administrator, in sections; the file is written anew with each.
final class Report {
    private static final DateTimeFormatter FILE_TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Place place;
    private final Instant begun;
    private final StringBuilder text = new StringBuilder();
    private final Map<String, List<String>> sections = new HashMap<>();
    private Optional<Path> file = Optional.empty();

    Report(Place place, Instant begun) {
        this.place = place;
        this.begun = begun;
        String title = "Repository report of " + begun.truncatedTo(ChronoUnit.SECONDS);
        text.append(title).append('\n').append("=".repeat(title.length())).append('\n');
    }

    /// As in file names: `20261123T081500Z`.
    static String fileTime(Instant wall) {
        return FILE_TIME.format(wall);
    }

    /// Adds a section. Yields the file unless the disk takes none; then the section is tried again with the next.
    Optional<Path> add(String heading, List<String> lines) {
        sections.put(heading, List.copyOf(lines));
        text.append('\n').append(heading).append('\n');
        for (String line : lines) {
            text.append("  ").append(line).append('\n');
        }
        try {
            return Optional.of(write());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// The lines of the last section of that heading; none if there is none.
    List<String> section(String heading) {
        return sections.getOrDefault(heading, List.of());
    }

    private Path write() throws IOException {
        Disk disk = place.disk();
        disk.makeDirectory(place.reports());
        Path target = file.isPresent() ? file.get() : free(disk);
        Path unfinished = target.resolveSibling(target.getFileName() + ".new");
        disk.delete(unfinished);
        try (Disk.Appender appender = disk.append(unfinished)) {
            appender.append(text.toString().getBytes(StandardCharsets.UTF_8));
            appender.sync();
        }
        disk.rename(unfinished, target);
        disk.syncDirectory(place.reports());
        file = Optional.of(target);
        return target;
    }

    private Path free(Disk disk) throws IOException {
        Path free = place.reports().resolve(fileTime(begun) + ".txt");
        for (int copy = 2; disk.identity(free).isPresent(); copy++) {
            free = place.reports().resolve(fileTime(begun) + "-" + copy + ".txt");
        }
        return free;
    }
}
