package dev.svc.protocol;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class VersionTest {
    @Test void versionIsTheOneOfTheBuild() {
        assertTrue(Version.current().matches("\\d+\\.\\d+\\.\\d+.*"), Version.current());
    }

    @Test void lineNamesTheCommandFirst() {
        assertTrue(Version.line("svcs").startsWith("svcs (SVC) "));
    }
}
