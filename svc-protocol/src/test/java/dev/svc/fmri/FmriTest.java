package dev.svc.fmri;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FmriTest {
    @ParameterizedTest
    @CsvSource({"svc:/a/b:c, svc:/a/b:c", "svc://localhost/a/b:c, svc:/a/b:c", "svc:///a/b:c, svc:/a/b:c", "/a/b:c, svc:/a/b:c",
            "a/b:c, svc:/a/b:c", "svc:a/b:c, svc:/a/b:c", "svc://localhost@localhost/a:b, svc:/a:b", "//localhost/a, svc:/a",
            "svc:/a/b, svc:/a/b", "a, svc:/a", "'svc:/SUNW,x/y:d', 'svc:/SUNW,x/y:d'", "'a/com.example,b:i', 'svc:/a/com.example,b:i'",
            "a-b_c9/d:e-f, svc:/a-b_c9/d:e-f", "svc:/a/:properties/g, svc:/a/:properties/g",
            "a/b:c/:properties/g/p, svc:/a/b:c/:properties/g/p", "'a:b/:properties/SUNW,g/p-1', 'svc:/a:b/:properties/SUNW,g/p-1'",
            "file:///etc/passwd, file://localhost/etc/passwd", "file://localhost/etc/x y, file://localhost/etc/x y",
            "file:/etc/passwd, file://localhost/etc/passwd"}) void canonicalForm(String text, String canonical) {
        assertEquals(canonical, Fmri.parse(text).toString());
        assertEquals(Fmri.parse(text), Fmri.parse(canonical));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "svc:", "svc:/", "svc://", "svc://localhost", "svc://localhost/", "svc://other/a:b",
            "svc://other@localhost/a", "svc:/a:", "svc:/:b",
            "svc:/a//b", "svc:/a/", "svc:/a/b/:c", "svc:/1a", "svc:/a/2b:c", "svc:/a.b", "svc:/a:b:c", "svc:/a:b/c", "svc:/a b", "svc:/ä:b",
            "svc:/_a", "svc:/-a", "svc:/,a", "svc:/a,", "svc:/x,y,z", "svc:/x,y.z", "svc:/a/:properties", "svc:/a/:properties/",
            "svc:/a/:properties/g/", "svc:/a/:properties/g/p/q", "svc:/:properties/g", "svc:/a/:properties/1", "file:", "file:x",
            "file://host/x", "file://localhost", "lrc:/etc/rc2_d/S20acme", "svc:/a\n", "svc:/a\0"}) void noFmri(String text) {
        assertThrows(InvalidFmriException.class, () -> Fmri.parse(text));
        assertEquals(Optional.empty(), Fmri.tryParse(text));
    }

    @Test void eachFormHasItsType() {
        assertInstanceOf(ServiceFmri.class, Fmri.parse("a/b"));
        assertInstanceOf(InstanceFmri.class, Fmri.parse("a/b:c"));
        assertInstanceOf(PropertyGroupFmri.class, Fmri.parse("a/b:c/:properties/g"));
        assertInstanceOf(PropertyFmri.class, Fmri.parse("a/b/:properties/g/p"));
        assertInstanceOf(FileFmri.class, Fmri.parse("file:/x"));
    }

    @Test void instanceAndEntityParsersWantTheirOwn() {
        assertEquals(new InstanceFmri("a", "b"), InstanceFmri.parse("a:b"));
        assertThrows(InvalidFmriException.class, () -> InstanceFmri.parse("a"));
        assertEquals(new ServiceFmri("a"), EntityFmri.parse("a"));
        assertThrows(InvalidFmriException.class, () -> EntityFmri.parse("a:b/:properties/g"));
    }

    @Test void namesHaveLimits() {
        String longest = "x".repeat(119);
        assertTrue(Names.isName(longest));
        assertFalse(Names.isName(longest + "x"));
        assertTrue(Names.isServiceName("a/" + "x".repeat(117)));
        assertFalse(Names.isServiceName("a/" + "x".repeat(118)));
        assertThrows(InvalidFmriException.class, () -> Fmri.parse("svc:/" + "x".repeat(120)));
        assertThrows(InvalidFmriException.class, () -> Fmri.parse("x".repeat(Fmri.LONGEST + 1)));
        String whole = "svc://localhost/" + longest + ":" + longest + "/:properties/" + longest + "/" + longest;
        assertInstanceOf(PropertyFmri.class, Fmri.parse(whole));
    }

    @Test void messagesNameTheCulprit() {
        String message = assertThrows(InvalidFmriException.class, () -> Fmri.parse("svc:/a/9b:c")).getMessage();
        assertTrue(message.contains("\"a/9b\" is not a service name"), message);
        message = assertThrows(InvalidFmriException.class, () -> Fmri.parse("svc://mars/a")).getMessage();
        assertTrue(message.contains("scope \"mars\" is unknown"), message);
    }

    @Test void entitiesSortByText() {
        assertTrue(EntityFmri.parse("a:b").compareTo(EntityFmri.parse("b")) < 0);
    }
}
