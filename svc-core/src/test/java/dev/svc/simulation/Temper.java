package dev.svc.simulation;

import java.util.SplittableRandom;

/// What troubles a scenario: each has some of it, so that what is common does not hide what is rare.
record Temper(int commands, int deaths, boolean loses, boolean flips, boolean diskFaults, boolean refusals, boolean boots, int rounds,
        int movesEach) {
    static Temper of(SplittableRandom dice, int instances) {
        return new Temper(1 + dice.nextInt(8), dice.nextInt(12), dice.nextInt(8) == 0, dice.nextInt(10) == 0, dice.nextInt(8) == 0,
                dice.nextInt(8) == 0, dice.nextInt(6) == 0, 1 + dice.nextInt(5) / 3,
                6 + dice.nextInt(dice.nextInt(5) == 0 ? 60 : 20) + 2 * instances);
    }
}
