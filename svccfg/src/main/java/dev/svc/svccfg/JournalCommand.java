package dev.svc.svccfg;

import dev.svc.command.UsageException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `svccfg journal`: who changed what when.
final class JournalCommand implements Subcommand {
    private static final String JSON = "--json";
    private static final String AFTER = "--after";
    private static final String BEFORE = "--before";

    @Override public String name() { return "journal"; }

    @Override public String synopsis() { return "journal [--json] [--after TIME] [--before TIME] [FMRI ...]"; }

    @Override public String purpose() {
        return "Lists who changed what when, from the journal; needs no manager. TIME: 2026-11-23 or 2026-11-23T10:00:00Z.";
    }

    @Override public Request parse(List<String> arguments, Selection selection) throws UsageException, RefusedException {
        Arguments options = Arguments.of(this, List.of(JSON), List.of(AFTER, BEFORE), arguments);
        List<String> entities = new ArrayList<>(options.operands());
        selection.operand().ifPresent(entities::add);
        return new JournalListing(entities, time(options.value(AFTER)), time(options.value(BEFORE)),
                options.has(JSON) ? Verifying.Form.JSON : Verifying.Form.TEXT);
    }

    private static Optional<Instant> time(Optional<String> text) throws RefusedException {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            boolean day = !text.get().contains("T");
            return Optional.of(day ? LocalDate.parse(text.get()).atStartOfDay(ZoneOffset.UTC).toInstant() : Instant.parse(text.get()));
        } catch (DateTimeParseException _) {
            throw new RefusedException("\"" + text.get() + "\" is no time; give 2026-11-23 or 2026-11-23T10:00:00Z");
        }
    }
}
