package dev.svc.repository;

import dev.svc.model.Model;
import dev.svc.model.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a manager leaves on disk, and what it had acknowledged by then.
///
/// @param files the content of each file, by its path below the repository's directory
/// @param model all that was acknowledged, as [Scene#text] writes it
/// @param sequence the last change that was acknowledged
record Remains(Map<String, byte[]> files, Map<String, String> model, Sequence sequence) {
    static final String DATABASE = "repository.db";
    static final String JOURNAL = "journal/";
    static final String BACKUP = "backup/";

    /// What stands in `place` now.
    static Remains of(Place place, Model model, Sequence sequence) throws IOException {
        return new Remains(read(place.database().getParent()), Scene.text(model), sequence);
    }

    /// All files below a directory.
    static Map<String, byte[]> read(Path root) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (var walk = Files.walk(root)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    byte[] database() {
        return files.get(DATABASE);
    }

    /// The names of the files that belong to a part, in order.
    List<String> names(String part) {
        return files.keySet().stream().filter(name -> name.startsWith(part)).toList();
    }

    Remains without(String part) {
        return changed(left -> left.keySet().removeIf(name -> name.startsWith(part)));
    }

    /// The same after something was done to the files.
    Remains changed(Damage.Act act) {
        Map<String, byte[]> changed = new TreeMap<>(files);
        act.on(changed);
        return new Remains(changed, model, sequence);
    }

    /// Puts the files where `place` expects them.
    void lay(Place place) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = place.database().resolveSibling(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }
}
