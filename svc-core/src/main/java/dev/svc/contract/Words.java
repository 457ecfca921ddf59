package dev.svc.contract;

import dev.svc.protocol.MalformedLineException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongFunction;

/// The words that stand for the constants of enums in labels, and values that may be absent.
final class Words {
    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /// The constant that `word` stands for.
    ///
    /// @throws MalformedLineException if it stands for none
    static <E extends Enum<E>> E constant(Class<E> type, String word) throws MalformedLineException {
        for (E constant : type.getEnumConstants()) {
            if (of(constant).equals(word)) {
                return constant;
            }
        }
        throw new MalformedLineException("\"" + word + "\" is not a " + type.getSimpleName());
    }

    /// The constant that `word` stands for, or nothing if there is no word.
    static <E extends Enum<E>> Optional<E> constant(Class<E> type, Optional<String> word) throws MalformedLineException {
        return word.isPresent() ? Optional.of(constant(type, word.get())) : Optional.empty();
    }

    /// What `named` knows by that word.
    ///
    /// @param what the member it stands in, for the message
    static <T> T known(String what, String word, Function<String, Optional<T>> named) throws MalformedLineException {
        return named.apply(word).orElseThrow(() -> new MalformedLineException("\"" + word + "\" is not a " + what));
    }

    static <T> Optional<T> optional(OptionalLong number, LongFunction<T> of) {
        return number.isPresent() ? Optional.of(of.apply(number.getAsLong())) : Optional.empty();
    }
}
