package dev.svc.control;

import dev.svc.engine.Administration;
import dev.svc.protocol.JsonLines;
import dev.svc.repository.BackupCopy;
import dev.svc.repository.RefusedException;
import dev.svc.repository.Repository;
import dev.svc.repository.Restoration;
import dev.svc.repository.RestorationLines;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// `restore`: lists the backups there are; says what one would change; makes it the configuration.
record Restoring(Submission submission) implements Verb {
    /// What a question yielded, or why not.
    private record Told<T>(Optional<T> value, String refusal) {
        interface Question<T> {
            T ask(Repository repository) throws RefusedException;
        }

        static <T> Told<T> of(Question<T> question, Repository repository) {
            try {
                return new Told<>(Optional.of(question.ask(repository)), "");
            } catch (RefusedException e) {
                return new Told<>(Optional.empty(), e.getMessage());
            }
        }
    }

    @Override public void answer(Inquiry inquiry) throws IOException {
        if (!Submission.permitted(inquiry, Demands.configuring(), "the repository", "not restored")) {
            return;
        }
        Optional<String> name = inquiry.asked().tryText("backup");
        if (name.isEmpty()) {
            list(inquiry);
        } else if (inquiry.asked().truth("preview")) {
            preview(inquiry, name.get());
        } else if (submission.done(inquiry, new Administration.Restore(name.get(), inquiry.asker()))) {
            inquiry.replies().done(name.get(), name.get() + " restored.");
        }
    }

    private void list(Inquiry inquiry) throws IOException {
        Told<List<BackupCopy>> copies = submission.engine().inspect(r -> Told.of(repository -> repository.copies(), r)).join();
        if (copies.value.isEmpty()) {
            inquiry.replies().error(copies.refusal);
            return;
        }
        for (BackupCopy copy : copies.value.get()) {
            inquiry.replies().send(inquiry.replies().line().add("backup", JsonLines.object().add("name", copy.name())
                    .add("kind", copy.kind()).add("sequence", copy.sequence()).add("written", copy.written().toString())));
        }
    }

    private void preview(Inquiry inquiry, String name) throws IOException {
        Told<Restoration> restoration = submission.engine().inspect(r -> Told.of(repository -> repository.preview(name), r)).join();
        if (restoration.value.isEmpty()) {
            inquiry.replies().error(restoration.refusal);
            return;
        }
        for (String line : RestorationLines.of(restoration.value.get())) {
            inquiry.replies().send(inquiry.replies().line().add("line", line));
        }
    }
}
