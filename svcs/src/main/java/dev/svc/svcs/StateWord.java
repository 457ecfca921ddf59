package dev.svc.svcs;

/// A state as columns show it: in full, abbreviated, as one letter, and its rank from least to most interesting.
record StateWord(String name, String abbreviation, String letter, int rank) {
    private static final StateWord LEGACY_RUN = new StateWord("legacy_run", "LRC", "L", 0);
    private static final StateWord DISABLED = new StateWord("disabled", "DIS", "d", 1);
    private static final StateWord ONLINE = new StateWord("online", "ON", "1", 2);
    private static final StateWord DEGRADED = new StateWord("degraded", "DGD", "D", 3);
    private static final StateWord OFFLINE = new StateWord("offline", "OFF", "0", 4);
    private static final StateWord MAINTENANCE = new StateWord("maintenance", "MNT", "m", 5);
    private static final StateWord UNINITIALIZED = new StateWord("uninitialized", "UN", "u", 6);

    private static final int RANK_OF_OTHERS = 7;

    /// The word for a state's name; an unknown name stands for itself, an empty one is shown as `-`.
    static StateWord of(String name) {
        return switch (name) {
            case "legacy_run" -> LEGACY_RUN;
            case "disabled" -> DISABLED;
            case "online" -> ONLINE;
            case "degraded" -> DEGRADED;
            case "offline" -> OFFLINE;
            case "maintenance" -> MAINTENANCE;
            case "uninitialized" -> UNINITIALIZED;
            case "" -> new StateWord("-", "?", "?", RANK_OF_OTHERS);
            default -> new StateWord(name, "?", "?", RANK_OF_OTHERS);
        };
    }

    /// The word for a next state: `-` in all forms for `none` and anything unknown.
    static StateWord ofNext(String name) {
        StateWord word = of(name);
        return word.rank < RANK_OF_OTHERS ? word : new StateWord("-", "-", "-", RANK_OF_OTHERS);
    }

    /// Whether an instance with this next state is in transition.
    boolean isTransition() { return rank < RANK_OF_OTHERS; }
}
