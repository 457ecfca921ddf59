package dev.svc.svcadm;

import dev.svc.command.UsageException;
import java.util.List;
import java.util.Optional;

/// Where the instances to act on come from: operands, or else the state they are in (`-S`).
record Targets(Optional<String> state) {
    /// Yields `operands` if they are there exactly when no state selects instances.
    ///
    /// @throws UsageException if there are both, or neither
    List<String> checked(String subcommand, List<String> operands) throws UsageException {
        if (state.isPresent() && !operands.isEmpty()) {
            throw new UsageException(subcommand + ": -S and operands exclude each other");
        }
        if (state.isEmpty() && operands.isEmpty()) {
            throw new UsageException(subcommand + " needs an FMRI or a pattern");
        }
        return operands;
    }
}
