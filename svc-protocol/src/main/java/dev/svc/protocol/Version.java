package dev.svc.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The version of this build of SVC, the same for the manager and all commands. */
public final class Version {
    private static final String KEY = "version=";

    private Version() {
    }

    /** What {@code --version} of a command prints: {@code svcs (SVC) 0.1.0}. */
    public static String line(String command) {
        return command + " (SVC) " + current();
    }

    /** The version as in the build, for example {@code 0.1.0}. */
    public static String current() {
        // One known line: java.util.Properties would cost each command some of its start-up budget.
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            if (in == null) {
                throw new IllegalStateException("version.properties is missing beside " + Version.class.getName());
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!text.startsWith(KEY)) {
                throw new IllegalStateException("version.properties: not \"" + KEY + "…\": " + text);
            }
            return text.substring(KEY.length());
        } catch (IOException e) {
            throw new IllegalStateException("version.properties cannot be read", e);
        }
    }
}
