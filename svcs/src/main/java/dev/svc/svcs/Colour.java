package dev.svc.svcs;

/// The colour of a state on a terminal: what needs an administrator stands out, what is off steps back, the rest stays as it is.
enum Colour {
    PLAIN(""), FAINT("\u001b[2m"), YELLOW("\u001b[33m"), CYAN("\u001b[36m"), RED("\u001b[31m");

    private static final String RESET = "\u001b[0m";

    private final String start;

    Colour(String start) {
        this.start = start;
    }

    static Colour of(Instance instance) {
        if (instance.next().isTransition()) {
            return CYAN;
        }
        return switch (instance.state().name()) {
            case "maintenance" -> RED;
            case "degraded", "offline" -> YELLOW;
            case "disabled" -> FAINT;
            default -> PLAIN;
        };
    }

    String on(String text) {
        return this == PLAIN ? text : start + text + RESET;
    }
}
