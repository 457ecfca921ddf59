package dev.svc.svcs;

import dev.svc.protocol.MalformedLineException;
import dev.svc.protocol.Members;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One instance as the manager describes it. `whole` has what only some listings ask for.
record Instance(String fmri, String service, String instance, StateWord state, StateWord next, Optional<Timestamp> since,
        List<Long> contracts, Members whole) {
    private static final String SCHEME = "svc:/";

    /// One process of an instance.
    record Process(long pid, Timestamp started, String command, String arguments) {}

    static Instance of(Members members) throws IOException {
        String fmri = members.text("fmri");
        int colon = fmri.lastIndexOf(':');
        if (!fmri.startsWith(SCHEME) || colon < SCHEME.length()) {
            throw new MalformedLineException("\"" + fmri + "\" is not the FMRI of an instance");
        }
        return new Instance(fmri, fmri.substring(SCHEME.length(), colon), fmri.substring(colon + 1),
                StateWord.of(members.tryText("state").orElse("")), StateWord.ofNext(members.tryText("next").orElse("")),
                timestamp(members.tryText("since")), members.numbers("contracts"), members);
    }

    private static Optional<Timestamp> timestamp(Optional<String> text) throws IOException {
        return text.isEmpty() ? Optional.empty() : Optional.of(Timestamp.parse(text.get()));
    }

    /// The common name, on one line.
    Optional<String> name() throws IOException {
        Optional<String> name = whole.tryText("name");
        return name.isEmpty() ? name : Optional.of(name.get().replace('\n', ' '));
    }

    /// Its processes, if they were asked for, by pid.
    List<Process> processes() throws IOException {
        List<Process> processes = new ArrayList<>();
        for (Members process : whole.objects("processes")) {
            processes
                    .add(new Process(process.number("pid"), Timestamp.parse(process.text("started")), process.tryText("command").orElse(""),
                            process.tryText("arguments").orElse("")));
        }
        processes.sort((a, b) -> Long.compare(a.pid, b.pid));
        return processes;
    }
}
