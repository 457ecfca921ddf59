package dev.svc.dist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The licence and notice files which a jar carries; jars without any have theirs in {@code src/main/licenses}. */
record Licences(String library, Map<String, byte[]> texts) {
    private static final Pattern TEXT = Pattern.compile("META-INF/(?:.*/)?((?:LICENSE|NOTICE)[^/]*)");

    static Licences of(Path jar) throws IOException {
        Map<String, byte[]> texts = new LinkedHashMap<>();
        try (var zip = new ZipFile(jar.toFile())) {
            List<ZipEntry> entries = new ArrayList<>(zip.stream().filter(e -> !e.isDirectory()).toList());
            for (ZipEntry entry : entries) {
                var name = TEXT.matcher(entry.getName());
                if (name.matches()) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        texts.put(name.group(1), in.readAllBytes());
                    }
                }
            }
        }
        return new Licences(jar.getFileName().toString().replace(".jar", ""), texts);
    }

    void copyInto(Directory licences) throws IOException {
        for (var text : texts.entrySet()) {
            Path to = licences.in(library).path(text.getKey());
            Files.createDirectories(to.getParent());
            Files.write(to, text.getValue());
        }
    }
}
