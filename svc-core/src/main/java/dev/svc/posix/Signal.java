package dev.svc.posix;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A signal by its number.
public record Signal(int number) {
    public static final Signal KILL = new Signal(9);
    public static final Signal TERM = new Signal(15);

    private static final int HIGHEST = 64;

    private static final String[] NAMES = {
            "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT",
            "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS"
    };

    private static final Map<String, Integer> NUMBERS = numbers();

    public Signal {
        if (number < 1 || number > HIGHEST) {
            throw new IllegalArgumentException("there is no signal " + number);
        }
    }

    /// The signal of that name, with or without `SIG`, or of that number; nothing if there is none.
    public static Optional<Signal> named(String text) {
        String name = text.startsWith("SIG") ? text.substring("SIG".length()) : text;
        Integer number = NUMBERS.get(name);
        if (number != null) {
            return Optional.of(new Signal(number));
        }
        if (text.matches("[1-9][0-9]?") && Integer.parseInt(text) <= HIGHEST) {
            return Optional.of(new Signal(Integer.parseInt(text)));
        }
        return Optional.empty();
    }

    /// Its name without `SIG`, or its number if it has none.
    public String name() {
        return number <= NAMES.length ? NAMES[number - 1] : Integer.toString(number);
    }

    private static Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < NAMES.length; i++) {
            numbers.put(NAMES[i], i + 1);
        }
        numbers.put("POLL", numbers.get("IO"));
        numbers.put("CLD", numbers.get("CHLD"));
        numbers.put("IOT", numbers.get("ABRT"));
        return Map.copyOf(numbers);
    }
}
