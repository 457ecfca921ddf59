package dev.svc.fmri;

import java.util.Optional;

/// A fault-managed resource identifier. `toString` yields the canonical form that all commands print.
public sealed interface Fmri permits EntityFmri, PropertyGroupFmri, PropertyFmri, FileFmri {
    /// Longest FMRI that is looked at.
    int LONGEST = 5 * (Names.LONGEST + 1) + 28;

    /// Yields the FMRI that `text` denotes. The scheme `svc:`, the leading slash and the local scope may be left out.
    ///
    /// @throws InvalidFmriException if it denotes none
    static Fmri parse(String text) {
        return FmriParser.parse(text);
    }

    /// Yields the FMRI that `text` denotes, or nothing if it denotes none.
    static Optional<Fmri> tryParse(String text) {
        try {
            return Optional.of(parse(text));
        } catch (InvalidFmriException _) {
            return Optional.empty();
        }
    }
}
