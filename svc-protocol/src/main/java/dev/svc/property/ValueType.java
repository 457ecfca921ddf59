package dev.svc.property;

import dev.svc.fmri.InvalidFmriException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The type of a property's values, with SMF's names; `subtypeOf` follows the type tree of smf(7).
public enum ValueType {
    BOOLEAN(null), COUNT(null), INTEGER(null), TIME(null), OPAQUE(null), ASTRING(null), USTRING(ASTRING), URI(USTRING), FMRI(URI), HOST(
            USTRING), HOSTNAME(HOST), NET_ADDRESS(HOST), NET_ADDRESS_V4(NET_ADDRESS), NET_ADDRESS_V6(NET_ADDRESS);

    /// Longest value, in bytes of its text form.
    public static final int LONGEST_VALUE = 4095;

    private static final BigInteger COUNT_LIMIT = BigInteger.ONE.shiftLeft(64);
    private static final Pattern TIME_FORM = Pattern.compile("(-?[0-9]{1,18})(?:\\.([0-9]{1,9}))?");
    private static final Pattern V4_FORM = Pattern
            .compile("(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\\.(?!/|$)|(?=/|$))){4}(?:/(?:3[0-2]|[12]?[0-9]))?");
    private static final Pattern V6_FORM = Pattern
            .compile("[0-9A-Fa-f:.]{2,45}(?:%[0-9A-Za-z_.-]+)?(?:/(?:12[0-8]|1[01][0-9]|[1-9]?[0-9]))?");
    private static final Pattern URI_FORM = Pattern.compile("(?:[^:/?#]+:)?(?://[^/?#]*)?[^?#]+(?:\\?[^#]*)?(?:#.*)?", Pattern.DOTALL);

    private static final Map<String, ValueType> BY_NAME = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(ValueType::typeName, type -> type));
    /// Any number of so many digits fits every numeric type.
    private static final int SHORT_NUMBER = 18;

    private final Optional<ValueType> parent;
    private final String typeName = name().toLowerCase(Locale.ROOT);

    ValueType(ValueType parent) {
        this.parent = Optional.ofNullable(parent);
    }

    /// The name used in manifests and printed by commands, such as `net_address_v4`.
    public String typeName() {
        return typeName;
    }

    /// The type of that name.
    public static Optional<ValueType> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /// Whether a value of this type may stand where `other` is asked for.
    public boolean subtypeOf(ValueType other) {
        return this == other || parent.map(p -> p.subtypeOf(other)).orElse(false);
    }

    /// The canonical text of `value`.
    ///
    /// @throws InvalidValueException if it is not a value of this type
    public String canonical(String value) {
        boolean surelyShort = value.length() <= LONGEST_VALUE / 4;
        if (!surelyShort && (value.length() > LONGEST_VALUE || value.getBytes(StandardCharsets.UTF_8).length > LONGEST_VALUE)) {
            throw new InvalidValueException(typeName() + " value of " + value.length() + " characters is too long; at most " + LONGEST_VALUE
                    + " bytes");
        }
        return switch (this) {
            case BOOLEAN -> checked(value, value.equals("true") || value.equals("false"), "true or false");
            case COUNT -> count(value);
            case INTEGER -> integer(value);
            case TIME -> time(value);
            case OPAQUE -> checked(value, isHex(value), "an even number of hexadecimal digits").toLowerCase(Locale.ROOT);
            case ASTRING, USTRING, HOSTNAME -> checked(value, value.indexOf('\0') < 0, "text without NUL");
            case URI -> checked(value, URI_FORM.matcher(value).matches(), "a URI");
            case FMRI -> fmri(value);
            case HOST -> checked(value, isHost(value), "a host name or network address");
            case NET_ADDRESS -> checked(value, isV4(value) || isV6(value), "an IPv4 or IPv6 address, with an optional /prefix");
            case NET_ADDRESS_V4 -> checked(value, isV4(value), "an IPv4 address, with an optional /0..32");
            case NET_ADDRESS_V6 -> checked(value, isV6(value), "an IPv6 address, with an optional /0..128");
        };
    }

    private String checked(String value, boolean valid, String allowed) {
        if (!valid) {
            throw new InvalidValueException("\"" + value + "\" is not a " + typeName() + " value; it must be " + allowed);
        }
        return value;
    }

    private String count(String value) {
        if (isPlainNumber(value)) {
            return value;
        }
        BigInteger number = number(value);
        // A negative count wraps, as it always did: manifests say timeout_seconds='-1'.
        BigInteger wrapped = number.signum() < 0 ? number.add(COUNT_LIMIT) : number;
        checked(value, wrapped.signum() >= 0 && wrapped.compareTo(COUNT_LIMIT) < 0, "a number from 0 to 18446744073709551615");
        return wrapped.toString();
    }

    private String integer(String value) {
        if (isPlainNumber(value)) {
            return value;
        }
        BigInteger number = number(value);
        checked(value, number.bitLength() < 64, "a number from -9223372036854775808 to 9223372036854775807");
        return number.toString();
    }

    /// Whether it is a short number that is canonical already, as those of a repository are.
    private static boolean isPlainNumber(String value) {
        if (value.isEmpty() || value.length() > SHORT_NUMBER || value.charAt(0) == '0' && value.length() > 1) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private BigInteger number(String value) {
        try {
            return new BigInteger(value);
        } catch (NumberFormatException _) {
            throw new InvalidValueException("\"" + value + "\" is not a " + typeName() + " value; it must be a decimal number");
        }
    }

    private String time(String value) {
        var matcher = TIME_FORM.matcher(value);
        checked(value, matcher.matches(), "seconds, with up to nine digits of fraction");
        String fraction = matcher.group(2) == null ? "" : matcher.group(2);
        return matcher.group(1) + "." + fraction + "0".repeat(9 - fraction.length());
    }

    private String fmri(String value) {
        try {
            dev.svc.fmri.Fmri.parse(value);
            return value;
        } catch (InvalidFmriException e) {
            throw new InvalidValueException("\"" + value + "\" is not an fmri value: " + e.getMessage());
        }
    }

    private static boolean isHex(String value) {
        return value.length() % 2 == 0 && value.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
    }

    private static boolean isHost(String value) {
        return isV4(value) || isV6(value)
                || value.matches("[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?)*\\.?");
    }

    private static boolean isV4(String value) {
        return V4_FORM.matcher(value).matches();
    }

    private static boolean isV6(String value) {
        if (!V6_FORM.matcher(value).matches() || !value.contains(":")) {
            return false;
        }
        String address = value.replaceFirst("[%/].*", "");
        try {
            return java.net.InetAddress.ofLiteral(address) instanceof java.net.Inet6Address || address.startsWith("::ffff:");
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
