package dev.svc.contract;

import dev.svc.protocol.JsonLines;
import dev.svc.protocol.MalformedLineException;
import dev.svc.protocol.Members;
import dev.svc.protocol.NewerVersionException;
import dev.svc.restarter.BootTime;
import dev.svc.restarter.ContractId;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// The record of the root, as it stands in its extended attribute and in the copy on tmpfs.
///
/// ```
/// {"version":1,"boot":"<boot identity>","revision":7,"sequence":{"epoch":1,"suffix":"a9","number":42},"nextContract":18,
///  "milestone":"all","entering":false,"ending":false,"endBy":123456789,"crc":"0a1b2c3d"}
/// ```
///
/// `endBy`, nanoseconds of CLOCK_MONOTONIC, is there only if the manager is ending and was given a limit.
///
/// @param boot during which boot it was written
/// @param revision counts writings: if only one of the two copies could be written, the other is an older one. 0: by a manager that did
///     not count
record RootFormat(BootIdentity boot, long revision, RootRecord record) {
    private static final long VERSION = 1;

    /// The newer one, of two copies.
    static Optional<RootFormat> newer(Optional<RootFormat> one, Optional<RootFormat> other) {
        return Stream.concat(one.stream(), other.stream()).max(Comparator.comparingLong(RootFormat::revision));
    }

    /// Whether `line` says this.
    boolean isSaidBy(byte[] line) {
        try {
            return of(line).equals(Optional.of(this));
        } catch (NewerVersionException _) {
            return false;
        }
    }

    byte[] bytes() {
        JsonObjectBuilder line = JsonLines.object()
                .add("version", VERSION)
                .add("boot", boot.toString())
                .add("revision", revision)
                .add("sequence", SequenceFormat.object(record.sequence()))
                .add("nextContract", record.nextContract().value())
                .add("milestone", record.milestone())
                .add("entering", record.entering())
                .add("ending", record.ending());
        record.endBy().ifPresent(time -> line.add("endBy", time.nanos()));
        return Checked.seal(JsonLines.line(line.build()));
    }

    /// What `line` says; nothing if it is damaged: every number in it can be found again elsewhere.
    ///
    /// @throws NewerVersionException if it is intact and of a newer version
    static Optional<RootFormat> of(byte[] line) {
        if (!Checked.isIntact(line)) {
            return Optional.empty();
        }
        try {
            Members members = new Members(JsonLines.parse(new String(line, StandardCharsets.UTF_8)));
            NewerVersionException.refuseNewer("the root record", members.number("version"), VERSION);
            RootRecord record = new RootRecord(
                    SequenceFormat.sequence(members.members("sequence")),
                    new ContractId(members.number("nextContract")),
                    members.text("milestone"),
                    members.truth("entering"),
                    members.truth("ending"),
                    Words.optional(members.tryNumber("endBy"), BootTime::new));
            return Optional.of(new RootFormat(BootIdentity.of(members.text("boot")), members.tryNumber("revision").orElse(0), record));
        } catch (MalformedLineException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
