package dev.svc.contract;

import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.InvalidFmriException;
import dev.svc.model.MethodFailure;
import dev.svc.model.Reason;
import dev.svc.model.ServiceModel;
import dev.svc.model.WaitStatus;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.MalformedLineException;
import dev.svc.protocol.Members;
import dev.svc.protocol.NewerVersionException;
import dev.svc.restarter.BootTime;
import dev.svc.restarter.Label;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Labels as they stand in the extended attribute and in the copy on tmpfs: one JSON line each, with its own checksum.
///
/// ```
/// {"version":1,"fmri":"svc:/site/web:default","revision":7,
///  "phase":{"is":"starting","contract":17,"deadline":123456789},            what each phase has: PhaseFormat
///  "model":"contract","enabled":true,"override":false,                       override only if there is a temporary setting
///  "outside":true,                                                           only if a milestone is without it
///  "sequence":{"epoch":1,"suffix":"a9","number":42},
///  "pending":[{"is":"restart","dump":false}],                                what each request has: RequestFormat
///  "attempts":[123450000],"failures":1,                                      times are nanoseconds of CLOCK_MONOTONIC
///  "failure":{"method":"start","status":256,"timedOut":false},"startStatus":256,   raw wait status
///  "fault":"ct_ev_core",                                                     the fault of a process that stopped it last
///  "reason":"method_failed","requester":"svc:/a:b","comment":"..",
///  "since":{"second":1741097330,"nano":42117000},"crc":"0a1b2c3d"}
/// ```
///
/// `crc` is the last member: CRC-32C, eight lower-case hexadecimal digits, of all bytes before the comma in front of it. Members that
/// are not known are ignored; an intact line whose `version` is higher than ours makes the manager refuse to start.
final class LabelFormat {
    private static final long VERSION = 1;

    private LabelFormat() {}

    /// The label as one line in UTF-8, without a line feed.
    static byte[] bytes(Label label) {
        JsonObjectBuilder line = JsonLines.object()
                .add("version", VERSION)
                .add("fmri", label.fmri().toString())
                .add("revision", label.revision())
                .add("phase", PhaseFormat.object(label.phase()))
                .add("model", label.model().word())
                .add("enabled", label.enabled());
        label.override().ifPresent(override -> line.add("override", override));
        if (label.outside()) {
            line.add("outside", true);
        }
        line.add("sequence", SequenceFormat.object(label.sequence()))
                .add("pending", pending(label))
                .add("attempts", attempts(label))
                .add("failures", label.failures());
        label.failure().ifPresent(failure -> line.add("failure", failure(failure)));
        label.startStatus().ifPresent(status -> line.add("startStatus", status.raw()));
        label.fault().ifPresent(fault -> line.add("fault", fault.word()));
        line.add("reason", label.reason().word());
        label.requester().ifPresent(requester -> line.add("requester", requester.toString()));
        label.comment().ifPresent(comment -> line.add("comment", comment));
        line.add("since", JsonLines.object().add("second", label.since().getEpochSecond()).add("nano", label.since().getNano()));
        return Checked.seal(JsonLines.line(line.build()));
    }

    /// The label that `line` is.
    ///
    /// @throws UnreadableLabelException if any byte of it is damaged
    /// @throws NewerVersionException if it is intact and of a newer version
    static Label label(byte[] line) throws UnreadableLabelException {
        if (!Checked.isIntact(line)) {
            throw new UnreadableLabelException("checksum does not match its " + line.length + " bytes");
        }
        try {
            Members members = new Members(JsonLines.parse(new String(line, StandardCharsets.UTF_8)));
            NewerVersionException.refuseNewer("the label of " + members.tryText("fmri").orElse("an instance"), members.number("version"),
                    VERSION);
            return label(members);
        } catch (MalformedLineException | InvalidFmriException e) {
            throw new UnreadableLabelException(e.getMessage());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new UnreadableLabelException("has a value that cannot be: " + e.getMessage());
        }
    }

    /// Whether `line` says what `label` does.
    static boolean isSaidBy(byte[] line, Label label) {
        try {
            return label(line).equals(label);
        } catch (UnreadableLabelException | NewerVersionException _) {
            return false;
        }
    }

    private static Label label(Members line) throws MalformedLineException {
        List<BootTime> attempts = new ArrayList<>();
        for (long nanos : line.numbers("attempts")) {
            attempts.add(new BootTime(nanos));
        }
        Optional<Members> failure = line.tryMembers("failure");
        Optional<String> fault = line.tryText("fault");
        Members since = line.members("since");
        return new Label(
                InstanceFmri.parse(line.text("fmri")),
                line.number("revision"),
                PhaseFormat.phase(line.members("phase")),
                Words.known("model", line.text("model"), ServiceModel::named),
                line.truth("enabled"),
                line.tryTruth("override"),
                line.tryTruth("outside").orElse(false),
                SequenceFormat.sequence(line.members("sequence")),
                RequestFormat.requests(line.objects("pending")),
                attempts,
                Math.toIntExact(line.number("failures")),
                failure.isPresent() ? Optional.of(failure(failure.get())) : Optional.empty(),
                Words.optional(line.tryNumber("startStatus"), raw -> new WaitStatus(Math.toIntExact(raw))),
                fault.isPresent() ? Optional.of(Words.known("fault", fault.get(), Reason::named)) : Optional.empty(),
                Words.known("reason", line.text("reason"), Reason::named),
                line.tryText("requester").map(InstanceFmri::parse),
                line.tryText("comment"),
                Instant.ofEpochSecond(since.number("second"), since.number("nano")));
    }

    private static JsonArrayBuilder pending(Label label) {
        JsonArrayBuilder pending = JsonLines.array();
        label.pending().forEach(request -> pending.add(RequestFormat.object(request)));
        return pending;
    }

    private static JsonArrayBuilder attempts(Label label) {
        JsonArrayBuilder attempts = JsonLines.array();
        label.attempts().forEach(attempt -> attempts.add(attempt.nanos()));
        return attempts;
    }

    private static JsonObjectBuilder failure(MethodFailure failure) {
        return JsonLines.object()
                .add("method", failure.method())
                .add("status", failure.status().raw())
                .add("timedOut", failure.timedOut());
    }

    private static MethodFailure failure(Members failure) throws MalformedLineException {
        return new MethodFailure(
                failure.text("method"), new WaitStatus(Math.toIntExact(failure.number("status"))), failure.truth("timedOut"));
    }
}
