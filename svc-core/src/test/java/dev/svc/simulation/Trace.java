package dev.svc.simulation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/// What happened in a scenario, line by line: the story, which is for reading, and the effects, each label and each block with a checksum
/// of its bytes. Two runs are the same if the digests of their traces are.
final class Trace {
    /// What is kept to be read.
    enum Kept {
        NOTHING, DIGEST, STORY, EFFECTS
    }

    private final Kept kept;
    private final List<String> lines = new ArrayList<>();
    private final MessageDigest digest;

    Trace(Kept kept) {
        this.kept = kept;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Whether anything is made of what is told.
    boolean isKept() { return kept != Kept.NOTHING; }

    /// A line of the story.
    void tell(String line) {
        line(line, Kept.STORY);
    }

    /// Something a manager did, with what it wrote.
    void effect(String what, Object of, byte... written) {
        if (isKept()) {
            CRC32C sum = new CRC32C();
            sum.update(written);
            line("    " + what + " " + of + (written.length == 0 ? "" : " " + written.length + ":" + Long.toHexString(sum.getValue())),
                    Kept.EFFECTS);
        }
    }

    private void line(String line, Kept least) {
        digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
        if (kept.compareTo(least) >= 0) {
            lines.add(line);
        }
    }

    String lines() {
        return String.join("\n", lines);
    }

    /// The digest of all lines up to now, kept or not; asked for once, at the end.
    String digest() {
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }
}
