package dev.svc.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertyTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"boolean | true | true", "boolean | false | false", "count | 0 | 0", "count | 007 | 7",
            "count | 18446744073709551615 | 18446744073709551615", "count | -1 | 18446744073709551615",
            "integer | -9223372036854775808 | -9223372036854775808", "integer | 9223372036854775807 | 9223372036854775807",
            "integer | -007 | -7", "time | 3 | 3.000000000", "time | 1741097330.042117 | 1741097330.042117000",
            "time | -3.5 | -3.500000000",
            "opaque | 00FFab | 00ffab", "opaque | '' | ''", "astring | any text ; at all | any text ; at all", "astring | '' | ''",
            "ustring | äöü | äöü", "uri | http://x/y?z#f | http://x/y?z#f", "uri | file:///x | file:///x", "fmri | svc:/a:b | svc:/a:b",
            "fmri | file:///x | file:///x", "host | example.org | example.org", "host | 10.0.0.1 | 10.0.0.1", "host | ::1 | ::1",
            "hostname | example.org | example.org", "net_address | 10.0.0.1 | 10.0.0.1", "net_address | fe80::1 | fe80::1",
            "net_address_v4 | 10.1.2.3 | 10.1.2.3", "net_address_v4 | 10.0.0.0/8 | 10.0.0.0/8", "net_address_v6 | fe80::1 | fe80::1",
            "net_address_v6 | 2001:db8::/32 | 2001:db8::/32", "net_address_v6 | ::ffff:10.0.0.1 | ::ffff:10.0.0.1"}) void canonicalValues(
                    String type, String value, String canonical) {
        assertEquals(canonical, ValueType.named(type).orElseThrow().canonical(value));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"boolean | TRUE", "boolean | 1", "boolean | ''", "count | ''", "count | x", "count | 1.5",
            "count | 18446744073709551616", "integer | 9223372036854775808", "integer | -9223372036854775809", "integer | 0x10",
            "time | ''", "time | 1.", "time | 1.0000000001", "time | x", "opaque | abc", "opaque | xy", "uri | ''", "fmri | not an fmri",
            "fmri | svc:/1", "host | under score", "host | -a", "net_address | example.org", "net_address_v4 | 256.0.0.1",
            "net_address_v4 | 10.0.0", "net_address_v4 | 10.0.0.0/33", "net_address_v4 | ::1", "net_address_v6 | 10.0.0.1",
            "net_address_v6 | ::1/129", "net_address_v6 | 1::2::3"}) void valuesThatAreNot(String type, String value) {
        String message = assertThrows(InvalidValueException.class, () -> ValueType.named(type).orElseThrow().canonical(value)).getMessage();
        assertTrue(message.contains(type), message);
    }

    @Test void valueHasALongestForm() {
        assertEquals(4095, ValueType.ASTRING.canonical("x".repeat(4095)).length());
        assertThrows(InvalidValueException.class, () -> ValueType.ASTRING.canonical("x".repeat(4096)));
        assertThrows(InvalidValueException.class, () -> ValueType.USTRING.canonical("ä".repeat(2048)));
        assertThrows(InvalidValueException.class, () -> ValueType.ASTRING.canonical("a\0b"));
    }

    @Test void typesAreATree() {
        assertTrue(ValueType.NET_ADDRESS_V4.subtypeOf(ValueType.ASTRING));
        assertTrue(ValueType.FMRI.subtypeOf(ValueType.URI));
        assertTrue(ValueType.HOSTNAME.subtypeOf(ValueType.HOST));
        assertFalse(ValueType.ASTRING.subtypeOf(ValueType.USTRING));
        assertFalse(ValueType.COUNT.subtypeOf(ValueType.INTEGER));
        assertEquals(Optional.empty(), ValueType.named("string"));
        for (ValueType type : ValueType.values()) {
            assertEquals(Optional.of(type), ValueType.named(type.typeName()));
        }
    }

    @Test void propertyCanonicalizesItsValues() {
        assertEquals(new Property("p", ValueType.COUNT, List.of("1", "2")), new Property("p", ValueType.COUNT, List.of("01", "2")));
        assertEquals(List.of(), new Property("p", ValueType.COUNT, List.of()).values());
        assertThrows(InvalidValueException.class, () -> new Property("p", ValueType.COUNT, "x"));
        assertThrows(IllegalArgumentException.class, () -> new Property("1p", ValueType.COUNT, "1"));
        assertEquals("18446744073709551615", Property.count("p", -1).values().getFirst());
    }

    @Test void groupHasEachPropertyOnceInOrder() {
        Property a = Property.text("a", "1");
        Property b = Property.truth("b", true);
        PropertyGroup group = new PropertyGroup("g", "application", List.of(b, a));
        assertEquals(Optional.of("1"), group.value("a"));
        assertEquals(Optional.of(true), group.truth("b"));
        assertEquals(Optional.empty(), group.truth("a"));
        assertEquals(OptionalLong.empty(), group.number("a"));
        assertEquals(List.of(), group.values("none"));
        assertThrows(IllegalArgumentException.class, () -> new PropertyGroup("g", "application", List.of(a, Property.text("a", "2"))));
        PropertyGroup changed = group.with(Property.count("b", 7)).with(Property.text("c", "x"));
        assertEquals(List.of("b", "a", "c"), changed.properties().stream().map(Property::name).toList());
        assertEquals(OptionalLong.of(7), changed.number("b"));
        assertEquals(List.of("a", "c"), changed.without("b").properties().stream().map(Property::name).toList());
    }
}
