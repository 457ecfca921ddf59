package dev.svc.fmri;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FmriPatternTest {
    private static final String SMTP = "svc:/network/smtp:sendmail";

    @ParameterizedTest
    @ValueSource(strings = {"sendmail", ":sendmail", "smtp", "smtp:", "smtp:sendmail", "network/smtp", "/network/smtp", "svc:/network/smtp",
            "network/smtp:sendmail", "/network/smtp:"}) void abbreviationOfSmtp(String operand) {
        assertTrue(FmriPattern.of(operand).matches(SMTP));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mail", "network", "network/smt", "smtp:send", "svc:", "svc", "svc:/", "/", ":", "etwork/smtp", "send",
            "sendmail:", "SMTP"}) void notAnAbbreviationOfSmtp(String operand) {
        assertFalse(FmriPattern.of(operand).matches(SMTP), operand);
    }

    @Test void everyOccurrenceIsTried() {
        assertTrue(FmriPattern.of("net").matches("svc:/network/net:default"));
    }

    @ParameterizedTest
    @CsvSource({"'*', svc:/a/b:c, true", "'*smtp*', svc:/network/smtp:sendmail, true", "'net*', svc:/network/smtp:sendmail, true",
            "'network/*:default', svc:/network/smtp:sendmail, false", "'/network/*', svc:/network/smtp:sendmail, true",
            "'svc:/*', svc:/a:b, true", "'svc:/?:b', svc:/a:b, true", "'?', svc:/a:b, false", "'[a-c]:b', svc:/a:b, true",
            "'[!a-c]:b', svc:/a:b, false", "'[^a]:b', svc:/c:b, true", "'lrc:/*', svc:/a:b, false", "'*b', svc:/a:b, true",
            "'*:b*:b', svc:/a:b, false", "'a*c', svc:/abcbc, true"}) void globsMatchWholeCanonicalFmris(String operand, String fmri,
                    boolean matches) {
        assertEquals(matches, FmriPattern.of(operand).matches(fmri), operand);
    }

    @ParameterizedTest
    @CsvSource({"'a\\*b', 'a*b', true", "'a\\*b', 'axb', false", "'[]]', ']', true", "'[]', '[]', true", "'[a', '[a', true",
            "'[[:digit:]x]', '7', true", "'[[:digit:]x]', 'y', false", "'[a-]', '-', true", "'[\\]]', ']', true", "'', '', true",
            "'**a', 'ba', true", "'a?', 'a', false", "'[!]a]', 'b', true", "'[[:upper:]]', 'a', false"}) void globElements(String glob,
                    String text, boolean matches) {
        assertEquals(matches, new Glob(glob).matches(text));
    }

    @Test void hostileGlobIsQuick() {
        assertFalse(new Glob("*a".repeat(200) + "b").matches("a".repeat(600)));
    }
}
