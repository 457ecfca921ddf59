package dev.svc.fmri;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class EntityOrderTest {
    /// Whatever the shortcuts, the order is that of canonical forms.
    @Test void entitiesAreInTheOrderOfTheirCanonicalForms() {
        List<String> names = List.of("a", "a:x", "a:y", "a/b", "a/b:x", "a-b", "a-b:x", "a1:x", "a_", "ab", "ab:x", "b", "b:a", "b/a:x",
                "A", "A:x", "sun,a:x", "a/b/c", "a/b/c:x", "a:xy");
        for (String one : names) {
            for (String two : names) {
                EntityFmri a = EntityFmri.parse(one);
                EntityFmri b = EntityFmri.parse(two);
                assertEquals(Integer.signum(a.toString().compareTo(b.toString())), Integer.signum(a.compareTo(b)), one + " and " + two);
            }
        }
    }
}
