package dev.svc.protocol;

import dev.svc.fmri.InstanceFmri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/// The root of one manager: every path it uses is below it, and two roots never see each other.
public record SvcRoot(Path path) {
    public SvcRoot {
        path = path.toAbsolutePath().normalize();
    }

    /// The root an environment denotes: `SVC_ROOT`; unset, `/` for uid 0, else `${XDG_STATE_HOME:-$HOME/.local/state}/svc`.
    public static SvcRoot of(Map<String, String> environment, int uid) {
        String explicit = environment.getOrDefault("SVC_ROOT", "");
        if (!explicit.isEmpty()) {
            return new SvcRoot(Path.of(explicit));
        }
        if (uid == 0) {
            return new SvcRoot(Path.of("/"));
        }
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        String home = environment.getOrDefault("HOME", System.getProperty("user.home", "/"));
        return new SvcRoot(state.isEmpty() ? Path.of(home, ".local/state/svc") : Path.of(state, "svc"));
    }

    /// The root an environment denotes for the user of this process.
    public static SvcRoot of(Map<String, String> environment) {
        if (!environment.getOrDefault("SVC_ROOT", "").isEmpty()) {
            return of(environment, 0);
        }
        try {
            return of(environment, (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException e) {
            throw new UncheckedIOException("/proc/self does not tell whose process this is; is /proc mounted?", e);
        }
    }

    public Path controlSocket() {
        return path.resolve("run/svc/control.sock");
    }

    /// Everything that lives as long as the boot.
    public Path run() {
        return path.resolve("run/svc");
    }

    /// Database, journal, backups and reports.
    public Path state() {
        return path.resolve("var/lib/svc");
    }

    public Path logs() {
        return path.resolve("var/svc/log");
    }

    /// The log of one instance.
    public Path log(InstanceFmri fmri) {
        return logs().resolve(logName(fmri));
    }

    /// The manager's own log.
    public Path managerLog() {
        return logs().resolve("svc.startd.log");
    }

    public static String logName(InstanceFmri fmri) {
        return fmri.service().replace('/', '-') + ":" + fmri.instance() + ".log";
    }

    /// The name of this root's cgroup: `svc`, or `svc-<short hash of the path>` for any other root than `/`.
    public String groupName() {
        if (path.equals(Path.of("/"))) {
            return "svc";
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(path.toString().getBytes(StandardCharsets.UTF_8));
            return "svc-" + HexFormat.of().formatHex(digest, 0, 5);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override public String toString() {
        return path.toString();
    }
}
