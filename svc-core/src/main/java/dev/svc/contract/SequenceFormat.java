package dev.svc.contract;

import dev.svc.model.Sequence;
import dev.svc.protocol.JsonLines;
import dev.svc.protocol.MalformedLineException;
import dev.svc.protocol.Members;
import jakarta.json.JsonObjectBuilder;

/// A sequence as it stands in labels and in the record of the root: `{"epoch":1,"suffix":"a9","number":42}`.
final class SequenceFormat {
    private SequenceFormat() {}

    static JsonObjectBuilder object(Sequence sequence) {
        return JsonLines.object()
                .add("epoch", sequence.epoch())
                .add("suffix", sequence.epochSuffix())
                .add("number", sequence.number());
    }

    static Sequence sequence(Members sequence) throws MalformedLineException {
        return new Sequence(sequence.number("epoch"), sequence.text("suffix"), sequence.number("number"));
    }
}
