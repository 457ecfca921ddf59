package dev.svc.repository;

import dev.svc.model.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The one row of table `meta`: how far the database is, and the sum of all other rows.
///
/// @param lost changes that a rebuild did not find, until takeover has compared labels
record Meta(long schema, Sequence sequence, List<Freshness.Range> lost, SetHash set) {
    static final String TABLE = "meta";
    /// Version of the tables and of [Content]'s form. The columns of this table and its hash stay as they are in every later version: so
    /// each version can tell a database of a newer one from a damaged one.
    static final long SCHEMA = 1;

    private static final Pattern RANGE = Pattern.compile("([0-9]{1,18})(?:\\.\\.([0-9]{1,18}))?");

    Meta {
        lost = List.copyOf(lost);
    }

    String epoch() {
        return Epoch.of(sequence).toString();
    }

    String lostText() {
        return String.join(",", lost.stream().map(Freshness.Range::toString).toList());
    }

    byte[] hash() {
        return hash(schema, epoch(), sequence.number(), lostText(), set.bytes());
    }

    static byte[] hash(long schema, String epoch, long sequence, String lost, byte[] set) {
        return RowHash.of(TABLE).number(schema).text(epoch).number(sequence).text(lost).bytes(set).value();
    }

    /// The row that has these columns, if its hash holds and they make sense.
    static Optional<Meta> checked(long schema, String epoch, long sequence, String lost, byte[] set, byte[] hash) {
        if (!Arrays.equals(hash(schema, epoch, sequence, lost, set), hash)) {
            return Optional.empty();
        }
        return Epoch.parse(epoch).map(e -> new Meta(schema, e.number(sequence), lost(lost), SetHash.of(set)));
    }

    /// What [#lostText] wrote.
    private static List<Freshness.Range> lost(String text) {
        List<Freshness.Range> ranges = new ArrayList<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(",")) {
            Matcher matcher = RANGE.matcher(part);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("\"" + part + "\" is no range of sequences");
            }
            long first = Long.parseLong(matcher.group(1));
            ranges.add(new Freshness.Range(first, matcher.group(2) == null ? first : Long.parseLong(matcher.group(2))));
        }
        return ranges;
    }
}
