package dev.svc.contract;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Things that are kept in places of which one suffices: labels, or the record of the root.
///
/// A place may refuse what it is given, when it is full; then it lacks it, which is no damage. So only a copy that is known to have been
/// there, or is there and unreadable, is told of as damaged, and one that cannot be written again only once.
///
/// @param <K> names one of the things
final class Copies<K> {
    private static final System.Logger LOGGER = System.getLogger(Copies.class.getName());

    /// Where a copy of each of them is kept.
    ///
    /// @param name for the administrator
    /// @param withdrawal of what it has from before; it must not speak later if another place took what is newer
    record Place<K>(String name, Reading<K> reading, Writing<K> writing, Withdrawal<K> withdrawal) {}

    interface Reading<K> {
        Optional<byte[]> read(K thing) throws IOException;
    }

    interface Writing<K> {
        void write(K thing, byte[] line) throws IOException;
    }

    interface Withdrawal<K> {
        void withdraw(K thing) throws IOException;
    }

    /// What became of the last writing or reading of a copy; of one that was neither written nor read nothing is known.
    private enum Known {
        THERE, REFUSED
    }

    private final List<Place<K>> places;
    private final List<Map<K, Known>> known = new ArrayList<>();

    /// @param places the one to be written first comes first
    Copies(List<Place<K>> places) {
        this.places = List.copyOf(places);
        places.forEach(_ -> known.add(new HashMap<>()));
    }

    /// Writes it in each place, whatever became of those before.
    ///
    /// @throws IOException if no place took it; what they had before stays
    void write(K thing, byte[] line) throws IOException {
        Map<Place<K>, IOException> refusals = new LinkedHashMap<>();
        for (int i = 0; i < places.size(); i++) {
            Place<K> place = places.get(i);
            written(i, thing, line).ifPresent(refusal -> refusals.put(place, refusal));
        }
        if (refusals.size() == places.size()) {
            IOException failure = new IOException(refusals.values().iterator().next().getMessage());
            refusals.values().forEach(failure::addSuppressed);
            throw failure;
        }
        refusals.forEach((place, refusal) -> {
            LOGGER.log(System.Logger.Level.DEBUG, "one copy cannot be written: {0}", refusal.getMessage());
            withdraw(place, thing);
        });
    }

    private void withdraw(Place<K> place, K thing) {
        try {
            place.withdrawal().withdraw(thing);
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "nor can the older one be removed: {0}", e.getMessage());
        }
    }

    private Optional<IOException> written(int place, K thing, byte[] line) {
        try {
            places.get(place).writing().write(thing, line);
            known.get(place).put(thing, Known.THERE);
            return Optional.empty();
        } catch (IOException e) {
            known.get(place).put(thing, Known.REFUSED);
            return Optional.of(e);
        }
    }

    /// Reads it in each place, and writes it again where it is not what was written last. Yields what was wrong.
    ///
    /// @param line what was written last
    /// @param same whether other bytes say the same as `line`
    List<Contracts.Damage> scrub(K thing, byte[] line, Predicate<byte[]> same) {
        List<Contracts.Damage> all = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            scrub(i, thing, line, same).ifPresent(all::add);
        }
        return all;
    }

    private Optional<Contracts.Damage> scrub(int place, K thing, byte[] line, Predicate<byte[]> same) {
        Optional<Known> before = Optional.ofNullable(known.get(place).get(thing));
        Wrong wrong = wrong(place, thing, line, same);
        if (wrong == Wrong.NOTHING) {
            known.get(place).put(thing, Known.THERE);
            return Optional.empty();
        }
        Optional<IOException> refusal = written(place, thing, line);
        boolean told = before.map(k -> k == Known.THERE).orElse(wrong == Wrong.UNREADABLE);
        return told
                ? Optional.of(new Contracts.Damage(places.get(place).name(), wrong.what + refusal.map(
                        e -> "; it cannot be written again: " + e.getMessage()).orElse("; written again from memory")))
                : Optional.empty();
    }

    /// What may be wrong with a copy.
    private enum Wrong {
        NOTHING(""), GONE("was gone"), UNREADABLE("was damaged"), ANOTHER("was another than the last one written");

        private final String what;

        Wrong(String what) {
            this.what = what;
        }
    }

    private Wrong wrong(int place, K thing, byte[] line, Predicate<byte[]> same) {
        try {
            Optional<byte[]> copy = places.get(place).reading().read(thing);
            if (copy.isEmpty()) {
                return Wrong.GONE;
            } else if (Arrays.equals(copy.get(), line)) {
                return Wrong.NOTHING;
            } else if (!Checked.isIntact(copy.get())) {
                return Wrong.UNREADABLE;
            }
            return same.test(copy.get()) ? Wrong.NOTHING : Wrong.ANOTHER;
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "a copy cannot be read: {0}", e.getMessage());
            return Wrong.UNREADABLE;
        }
    }

    /// It is kept no longer.
    void forget(K thing) {
        known.forEach(k -> k.remove(thing));
    }
}
