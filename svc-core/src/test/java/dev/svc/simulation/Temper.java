package dev.svc.simulation;

import dev.svc.contract.Contracts;
import java.util.Optional;
import java.util.SplittableRandom;

/// What troubles a scenario: each has some of it, so that what is common does not hide what is rare.
///
/// @param faults which faults of members are told
/// @param losesRoot whether copies of the root's record are damaged
/// @param edits whether properties are set and refreshed
/// @param damages which of the repository's files are damaged, if any
record Temper(int commands, int deaths, boolean loses, boolean flips, boolean diskFaults, boolean refusals, boolean boots, int rounds,
        int movesEach, Contracts.Faults faults, boolean losesRoot, Optional<Files> damages, boolean edits) {
    /// Files of the repository of one kind: the others suffice.
    enum Files {
        DATABASE, JOURNAL, BACKUPS;

        boolean include(String path) {
            return switch (this) {
                case DATABASE -> path.endsWith("/repository.db");
                case JOURNAL -> path.contains("/journal/");
                case BACKUPS -> path.contains("/backup/");
            };
        }
    }

    /// @param more dice for what was not thought of at first: earlier seeds stay what they were
    static Temper of(SplittableRandom dice, SplittableRandom more, int instances) {
        return new Temper(1 + dice.nextInt(8), dice.nextInt(12), dice.nextInt(8) == 0, dice.nextInt(10) == 0, dice.nextInt(8) == 0,
                dice.nextInt(8) == 0, dice.nextInt(6) == 0, 1 + dice.nextInt(5) / 3,
                6 + dice.nextInt(dice.nextInt(5) == 0 ? 60 : 20) + 2 * instances,
                more.nextInt(3) == 0 ? Contracts.Faults.values()[more.nextInt(2)] : Contracts.Faults.NONE,
                more.nextInt(8) == 0, more.nextInt(6) == 0 ? Optional.of(Files.values()[more.nextInt(5) / 2]) : Optional.empty(),
                more.nextInt(4) == 0);
    }
}
