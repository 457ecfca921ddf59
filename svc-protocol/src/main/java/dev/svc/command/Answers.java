package dev.svc.command;

import dev.svc.protocol.Members;
import java.io.IOException;
import java.util.Optional;

/// Shows what any answer may have in it besides its subject: warnings, errors and notes.
public final class Answers {
    private final Console console;
    private int status = Console.DONE;

    public Answers(Console console) {
        this.console = console;
    }

    /// Shows `reply` if it is a warning, an error or a note; yields whether it was one.
    public boolean show(Members reply) throws IOException {
        Optional<String> complaint = reply.tryText("warning");
        if (complaint.isEmpty()) {
            complaint = reply.tryText("error");
        }
        if (complaint.isPresent()) {
            console.warn(complaint.get());
            status = Console.FAILED;
            return true;
        }
        Optional<String> note = reply.tryText("note");
        if (note.isPresent()) {
            console.out().print(note.get() + "\n");
            return true;
        }
        return false;
    }

    /// The exit status, given the one of the end line: a complaint makes it 1, and does not hide a graver one.
    public int status(int ofEndLine) {
        return ofEndLine == Console.DONE ? status : ofEndLine;
    }
}
