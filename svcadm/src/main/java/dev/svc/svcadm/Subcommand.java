package dev.svc.svcadm;

import dev.svc.command.UsageException;
import java.util.List;

/// One subcommand of svcadm: its name, its place in the usage, and what its arguments ask for.
interface Subcommand {
    String name();

    /// The line of the usage behind `svcadm [-v] [-S state]`.
    String synopsis();

    /// Yields what `arguments`, those behind the subcommand's name, ask for.
    ///
    /// @param targets where the instances come from; whoever takes operands has it check them
    /// @throws UsageException if they are not arguments of this subcommand
    /// @throws RefusedException if they ask for what cannot be
    Request parse(List<String> arguments, Targets targets) throws UsageException, RefusedException;
}
