package dev.svc.svccfg;

import dev.svc.command.Console;
import java.time.Duration;
import java.util.function.LongSupplier;

/// How far a long work is, on the last line of a terminal; nothing anywhere else, and nothing before [#PATIENCE] is over.
final class ProgressBar {
    /// What ends sooner needs no bar.
    static final Duration PATIENCE = Duration.ofMillis(500);
    private static final int WIDTH = 30;
    private static final String CLEARED = "\r\u001b[K";

    private final Console console;
    private final LongSupplier nanoTime;
    private final int total;
    private final long begin;
    private int done;
    private boolean shown;

    ProgressBar(Console console, int total, LongSupplier nanoTime) {
        this.console = console;
        this.total = total;
        this.nanoTime = nanoTime;
        begin = nanoTime.getAsLong();
    }

    /// One more is done.
    void step() {
        done++;
        if (console.terminals().output() && nanoTime.getAsLong() - begin > PATIENCE.toNanos()) {
            int filled = WIDTH * done / total;
            console.out().print(CLEARED + "[" + "#".repeat(filled) + " ".repeat(WIDTH - filled) + "] " + done + "/" + total);
            console.out().flush();
            shown = true;
        }
    }

    /// Takes the bar away, so that something else can be printed.
    void clear() {
        if (shown) {
            console.out().print(CLEARED);
            console.out().flush();
            shown = false;
        }
    }
}
