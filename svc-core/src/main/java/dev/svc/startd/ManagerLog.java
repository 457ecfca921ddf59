package dev.svc.startd;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// The manager's own log, on standard error: one line per fact, `Mon DD HH:MM:SS/thread: text`.
final class ManagerLog extends Formatter {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ROOT);
    // A logger that nobody holds is collected, and its settings with it.
    private static final Logger ROOT = Logger.getLogger("");

    private ManagerLog() {}

    /// Sends everything from INFO up to standard error in this form.
    static void install() {
        for (var handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        ConsoleHandler handler = new ConsoleHandler();
        handler.setFormatter(new ManagerLog());
        handler.setLevel(Level.INFO);
        ROOT.addHandler(handler);
        ROOT.setLevel(Level.INFO);
    }

    @Override public String format(LogRecord record) {
        StringBuilder line = new StringBuilder(120);
        TIME.withZone(ZoneId.systemDefault()).formatTo(Instant.ofEpochMilli(record.getMillis()), line);
        line.append('/').append(Thread.currentThread().getName());
        if (record.getLevel().intValue() >= Level.SEVERE.intValue()) {
            line.append(" ERROR");
        }
        line.append(": ").append(formatMessage(record)).append('\n');
        if (record.getThrown() != null) {
            StringWriter trace = new StringWriter();
            record.getThrown().printStackTrace(new PrintWriter(trace));
            line.append(trace);
        }
        return line.toString();
    }
}
