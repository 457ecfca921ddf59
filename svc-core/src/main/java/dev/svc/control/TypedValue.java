package dev.svc.control;

import dev.svc.property.InvalidValueException;
import dev.svc.property.ValueType;
import java.math.BigInteger;
import java.util.Locale;

/// A value as somebody types it, who may write more than a manifest: `t` and `1` for true, numbers in octal and hexadecimal.
final class TypedValue {
    private TypedValue() {}

    /// The canonical text.
    ///
    /// @throws InvalidValueException if it is no value of the type
    static String canonical(ValueType type, String typed) {
        return type.canonical(switch (type) {
            case BOOLEAN -> truth(typed);
            case COUNT, INTEGER -> decimal(typed);
            default -> typed;
        });
    }

    private static String truth(String typed) {
        return switch (typed) {
            case "t", "1" -> "true";
            case "f", "0" -> "false";
            default -> typed;
        };
    }

    /// Bases as in C; what is no such number is left to the type to refuse.
    private static String decimal(String typed) {
        String sign = typed.startsWith("-") ? "-" : "";
        String digits = typed.substring(sign.length()).toLowerCase(Locale.ROOT);
        if (digits.matches("0x[0-9a-f]+")) {
            return sign + new BigInteger(digits.substring(2), 16);
        }
        return digits.matches("0[0-7]+") ? sign + new BigInteger(digits, 8) : typed;
    }
}
