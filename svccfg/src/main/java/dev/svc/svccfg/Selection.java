package dev.svc.svccfg;

import java.util.List;
import java.util.Optional;

/// What `-s` selects: the service or instance that subcommands work on.
record Selection(Optional<String> operand) {
    /// The operands, or what is selected if there are none.
    ///
    /// @throws RefusedException if there is neither
    List<String> operandsOrThis(List<String> operands) throws RefusedException {
        if (!operands.isEmpty()) {
            return operands;
        }
        return List.of(required());
    }

    /// What is selected.
    ///
    /// @throws RefusedException if nothing is
    String required() throws RefusedException {
        return operand.orElseThrow(() -> new RefusedException("An entity is not selected."));
    }
}
