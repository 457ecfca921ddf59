package dev.svc.command;

import dev.svc.protocol.MalformedLineException;
import dev.svc.protocol.SvcRoot;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// What a command was started with: its name, environment and streams.
///
/// @param out buffered; whoever made the console flushes it
/// @param err written at once
/// @param terminals which of the standard streams are terminals
public record Console(String program, Map<String, String> environment, PrintStream out, PrintStream err, Terminals terminals) {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;

    private static final int BUFFER = 32 * 1024;

    /// Tells which of the standard streams are terminals.
    public interface Terminals {
        /// Neither of them.
        Terminals NONE = new Terminals() {
            @Override public boolean input() { return false; }

            @Override public boolean output() { return false; }
        };

        boolean input();

        boolean output();
    }

    /// The work of a command.
    public interface Work {
        /// Yields the exit status.
        int run(Console console);
    }

    /// Runs a command with the streams and environment of this process, writes its output and yields the exit status.
    public static int run(String program, Work work) {
        Sink sink = new Sink(FileDescriptor.out);
        PrintStream out = new PrintStream(new BufferedOutputStream(sink, BUFFER), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new Sink(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Console console = new Console(program, System.getenv(), out, err, new OfProcess());
        int status = work.run(console);
        if (!out.checkError()) {
            return status;
        }
        // A reader that went away (| head) is no failure worth a word; a full disk is.
        if (!sink.failure.equals("Broken pipe")) {
            console.warn("output cannot be written: " + sink.failure);
        }
        return status == DONE ? FAILED : status;
    }

    /// A standard stream, which remembers why it could not be written: a PrintStream tells only that.
    private static final class Sink extends FileOutputStream {
        private String failure = "";

        Sink(FileDescriptor descriptor) {
            super(descriptor);
        }

        @Override public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                super.write(bytes, offset, length);
            } catch (IOException e) {
                failure = String.valueOf(e.getMessage());
                throw e;
            }
        }
    }

    /// The root that this command works on.
    public SvcRoot root() {
        return SvcRoot.of(environment);
    }

    /// Writes `program: message` to the error stream.
    public void warn(String message) {
        err.print(program + ": " + message + "\n");
    }

    /// Says why the manager's answer could not be had or shown, and yields the exit status for that.
    public int failed(IOException e) {
        boolean understood = !(e instanceof MalformedLineException);
        warn(understood ? String.valueOf(e.getMessage()) : "the manager of " + root() + " is not understood: " + e.getMessage());
        return FAILED;
    }

    /// Whether output may be coloured: it goes to a terminal, and nobody asked for plain text.
    public boolean coloured() {
        return environment.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(environment.get("TERM")) && terminals.output();
    }

    private static final class OfProcess implements Terminals {
        @Override public boolean input() { return isTerminal("/proc/self/fd/0"); }

        @Override public boolean output() { return isTerminal("/proc/self/fd/1"); }

        // System.console() would load a line editor to answer this.
        private static boolean isTerminal(String descriptor) {
            try {
                String target = Files.readSymbolicLink(Path.of(descriptor)).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
            } catch (IOException _) {
                return false;
            }
        }
    }
}
