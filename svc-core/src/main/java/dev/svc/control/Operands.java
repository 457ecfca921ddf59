package dev.svc.control;

import dev.svc.engine.Published;
import dev.svc.fmri.Fmri;
import dev.svc.fmri.InstanceFmri;
import dev.svc.fmri.OperandRule;
import dev.svc.fmri.OperandWalk;
import dev.svc.model.State;
import dev.svc.protocol.MalformedLineException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the operands of an administrative request mean. Unlike a reading one, it never means everything by naming nothing.
record Operands(RenderedGroups rendered) {
    /// The instances that `patterns` name, or those in the state `with_state`. What the patterns have wrong is said.
    List<InstanceFmri> instances(Inquiry inquiry, Published published) throws IOException {
        Optional<String> state = inquiry.asked().tryText("with_state");
        boolean patterns = !inquiry.asked().texts("patterns").isEmpty();
        if (state.isPresent() == patterns) {
            throw new MalformedLineException("either \"patterns\" or \"with_state\" must say which instances are meant");
        }
        if (state.isEmpty()) {
            return visits(inquiry, published, OperandRule.ADMINISTRATION).stream().map(InstanceFmri.class::cast).toList();
        }
        if (Arrays.stream(State.values()).noneMatch(s -> s.word().equals(state.get()))) {
            inquiry.replies().error("State \"" + state.get() + "\" is unknown; one of "
                    + String.join(", ", Arrays.stream(State.values()).map(State::word).toList()) + ".");
        }
        return published.standings().entrySet().stream().filter(e -> e.getValue().label().state().word().equals(state.get()))
                .map(Map.Entry::getKey).sorted().toList();
    }

    /// What `patterns`, of which there must be one, name by `rule`. What they have wrong is said.
    List<Fmri> visits(Inquiry inquiry, Published published, OperandRule rule) throws IOException {
        OperandWalk walk = walk(inquiry, published, rule);
        inquiry.replies().warnings(walk.warnings());
        return walk.visits();
    }

    /// The same, if it is for the asker of this to say what they have wrong.
    OperandWalk walk(Inquiry inquiry, Published published, OperandRule rule) throws MalformedLineException {
        List<String> patterns = inquiry.asked().texts("patterns");
        if (patterns.isEmpty()) {
            throw new MalformedLineException("member \"patterns\" is missing");
        }
        return OperandWalk.of(patterns, rule, new PublishedNames(published, rendered));
    }
}
