package dev.svc.simulation;

/// When a manager dies: its kernel and its disk count down before, and between the parts of, whatever it has them do.
final class Doom {
    private int left = Integer.MAX_VALUE;
    private boolean dead;
    private long passed;

    /// It dies at the `count`th step from here.
    void in(int count) {
        left = count;
    }

    void never() {
        left = Integer.MAX_VALUE;
    }

    /// It is dead now.
    void now() {
        dead = true;
    }

    boolean isDead() { return dead; }

    /// How many steps were survived.
    long passed() {
        return passed;
    }

    /// A place where a kill may come.
    void step() {
        if (dead || left <= 0) {
            dead = true;
            throw new Killed();
        }
        left--;
        passed++;
    }
}
