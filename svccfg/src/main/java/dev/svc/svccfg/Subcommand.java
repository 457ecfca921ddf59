package dev.svc.svccfg;

import dev.svc.command.UsageException;
import java.util.List;

/// One subcommand of svccfg: its name, its place in the usage, and what its arguments ask for.
interface Subcommand {
    String name();

    /// The usage, without `svccfg` and its own options.
    String synopsis();

    /// What it does, one sentence.
    String purpose();

    /// Yields what `arguments`, those behind the subcommand's name, ask for.
    ///
    /// @throws UsageException if they are not arguments of this subcommand
    /// @throws RefusedException if they ask for what cannot be
    Request parse(List<String> arguments, Selection selection) throws UsageException, RefusedException;
}
