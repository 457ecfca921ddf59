package dev.svc.svcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.svc.protocol.MalformedLineException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatesTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Dates DATES = new Dates(seconds("2025-07-01T12:00:00"), TimeZone.getTimeZone(BERLIN));

    private static long seconds(String local) {
        return LocalDateTime.parse(local).atZone(BERLIN).toEpochSecond();
    }

    @ParameterizedTest
    @CsvSource({"2025-07-01T09:05:01, ' 9:05:01'", "2025-06-30T12:00:01, '12:00:01'", "2025-06-30T12:00:00, Jun_30",
            "2025-07-02T00:00:00, ' 0:00:00'", "2030-01-01T00:00:01, ' 0:00:01'", "2024-07-06T12:00:01, Jul_06",
            "2024-07-06T12:00:00, 2024", "2025-01-09T23:00:00, Jan_09"}) void stimeDependsOnAge(String local, String shown) {
        assertEquals(shown, DATES.stime(new Timestamp(seconds(local), 0)));
    }

    @ParameterizedTest
    @CsvSource({"2025-03-04T09:12:07, Tue Mar  4 09:12:07 2025",
            "2025-06-29T00:00:00, Sun Jun 29 00:00:00 2025"}) void fullDateIsThatOfTheCLocale(String local, String shown) {
        assertEquals(shown, DATES.full(new Timestamp(seconds(local), 0)));
    }

    @Test void timestampIsSecondsAndFraction() throws MalformedLineException {
        assertEquals(new Timestamp(1741097330, 42117000), Timestamp.parse("1741097330.042117000"));
        assertEquals(new Timestamp(1741097330, 500000000), Timestamp.parse("1741097330.5"));
        assertEquals(new Timestamp(3, 0), Timestamp.parse("3"));
        assertThrows(MalformedLineException.class, () -> Timestamp.parse("x"));
        assertThrows(MalformedLineException.class, () -> Timestamp.parse(""));
    }
}
