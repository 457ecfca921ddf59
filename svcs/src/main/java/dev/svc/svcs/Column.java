package dev.svc.svcs;

import java.io.IOException;
import java.util.Optional;

/// A column of the listings: its title and width, what it shows of an instance, and how it sorts.
enum Column {
    CTID(6, "contract ID for the instance (see contract ids in svcs -l)"), DESC(100, "human-readable description of the service"), FMRI(50,
            "Fault Managed Resource Identifier of the instance"), INST(20, "portion of the FMRI that names the instance"), N(1,
                    "abbreviation for the next state (if in transition)"), NSTA(4,
                            "abbreviation for the next state (if in transition)"), NSTATE(13,
                                    "name of the next state (if in transition)"), S(2, "abbreviation for the current state"), SCOPE(20,
                                            "name of the scope of the instance"), SN(2,
                                                    "abbreviations for the current and the next state"), SVC(20,
                                                            "portion of the FMRI that names the service"), STA(4,
                                                                    "abbreviation for the current state"), STATE(14,
                                                                            "name of the current state"), STIME(8,
                                                                                    "time of the last state change"), ZONE(16,
                                                                                            "name of the zone");

    /// Whether a listing marks instances in transition; it does not if a column of it has the next state.
    enum Mark {
        ASTERISK, NONE
    }

    private static final String ABSENT = "-";
    private static final String SCOPE_NAME = "localhost";
    private static final String ZONE_NAME = "global";

    private final int width;
    private final String description;

    Column(int width, String description) {
        this.width = width;
        this.description = description;
    }

    /// The column of that name, in any case.
    static Optional<Column> named(String name) {
        for (Column column : values()) {
            if (column.name().equalsIgnoreCase(name)) {
                return Optional.of(column);
            }
        }
        return Optional.empty();
    }

    int width() { return width; }

    String description() { return description; }

    /// The member of the protocol that it shows, besides the FMRI and the next state; empty if it needs none.
    String member() {
        return switch (this) {
            case CTID -> "contracts";
            case DESC -> "name";
            case S, SN, STA, STATE -> "state";
            case STIME -> "since";
            case FMRI, INST, N, NSTA, NSTATE, SCOPE, SVC, ZONE -> "";
        };
    }

    /// Whether it shows the next state, so that no mark is needed.
    boolean showsNext() {
        return this == N || this == NSTA || this == NSTATE || this == SN;
    }

    /// Whether it shows the current state.
    boolean showsState() {
        return this == S || this == SN || this == STA || this == STATE;
    }

    /// What this column shows of `it`, without padding behind it.
    String cell(Instance it, Mark mark, Dates dates) throws IOException {
        return switch (this) {
            case CTID -> contract(it);
            case DESC -> it.name().orElse(ABSENT);
            case FMRI -> it.fmri();
            case INST -> it.instance();
            case N -> it.next().letter();
            case NSTA -> it.next().abbreviation();
            case NSTATE -> it.next().name();
            case S -> marked(it.state().letter(), it, mark);
            case SCOPE -> SCOPE_NAME;
            case SN -> it.state().letter() + it.next().letter();
            case SVC -> it.service();
            case STA -> marked(it.state().abbreviation(), it, mark);
            case STATE -> marked(it.state().name(), it, mark);
            case STIME -> it.since().isPresent() ? dates.stime(it.since().get()) : ABSENT;
            case ZONE -> ZONE_NAME;
        };
    }

    private static String marked(String word, Instance it, Mark mark) {
        return mark == Mark.ASTERISK && it.next().isTransition() ? word + "*" : word;
    }

    private static String contract(Instance it) {
        return switch (it.contracts().size()) {
            case 0 -> right(ABSENT, CTID.width);
            case 1 -> right(Long.toString(it.contracts().getFirst()), CTID.width);
            default -> right(Long.toString(it.contracts().getFirst()), CTID.width - 1) + "*";
        };
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    /// Orders two instances by this column, the less interesting state first.
    int compare(Instance a, Instance b) {
        return switch (this) {
            case CTID -> Long.compare(onlyContract(a), onlyContract(b));
            case FMRI -> a.fmri().compareTo(b.fmri());
            case INST -> a.instance().compareTo(b.instance());
            case SVC -> a.service().compareTo(b.service());
            case S, STA, STATE -> Integer.compare(a.state().rank(), b.state().rank());
            case N, NSTA, NSTATE -> Integer.compare(a.next().rank(), b.next().rank());
            case SN -> {
                int states = Integer.compare(a.state().rank(), b.state().rank());
                yield states != 0 ? states : Integer.compare(a.next().rank(), b.next().rank());
            }
            case STIME -> a.since().orElse(Timestamp.NEVER).compareTo(b.since().orElse(Timestamp.NEVER));
            case DESC, SCOPE, ZONE -> 0;
        };
    }

    private static long onlyContract(Instance it) {
        return it.contracts().size() == 1 ? it.contracts().getFirst() : 0;
    }
}
