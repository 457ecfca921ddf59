package dev.svc.contract;

import dev.svc.protocol.JsonLines;
import dev.svc.protocol.MalformedLineException;
import dev.svc.protocol.Members;
import dev.svc.protocol.NewerVersionException;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// What was decided once this boot, `run/svc/boot`: how processes are held together, and where. Contracts of the other mode, or of
/// another place, would not be seen.
///
/// ```
/// {"version":1,"boot":"<boot identity>","containment":"cgroup","group":"/sys/fs/cgroup/svc","crc":"0a1b2c3d"}
/// ```
///
/// @param group our root group; empty for the fallback
record BootRecord(BootIdentity boot, Optional<Path> group) {
    static final String FILE = "boot";
    private static final long VERSION = 1;

    /// What the file in `run` says; nothing if there is none, or it is damaged.
    ///
    /// @throws NewerVersionException if it is intact and of a newer version
    static Optional<BootRecord> read(Path run) throws IOException {
        Optional<byte[]> line = LabelCopies.read(run.resolve(FILE));
        if (line.isEmpty() || !Checked.isIntact(line.get())) {
            return Optional.empty();
        }
        try {
            Members members = new Members(JsonLines.parse(new String(line.get(), StandardCharsets.UTF_8)));
            NewerVersionException.refuseNewer("the boot record " + run.resolve(FILE), members.number("version"), VERSION);
            return Optional.of(new BootRecord(BootIdentity.of(members.text("boot")), members.tryText("group").map(Path::of)));
        } catch (MalformedLineException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    void write(Path run) throws IOException {
        JsonObjectBuilder line = JsonLines.object().add("version", VERSION).add("boot", boot.toString());
        line.add("containment", group.isPresent() ? "cgroup" : "fallback");
        group.ifPresent(path -> line.add("group", path.toString()));
        LabelCopies.write(run.resolve(FILE), Checked.seal(JsonLines.line(line.build())));
    }
}
