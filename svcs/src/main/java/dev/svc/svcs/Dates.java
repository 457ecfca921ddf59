package dev.svc.svcs;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.TimeZone;

/// Writes moments as seen from when the command started, in its time zone, with the names of the C locale.
final class Dates {
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final String DAYS = "MonTueWedThuFriSatSun";
    private static final long DAY = 24 * 60 * 60;
    private static final long YEAR = 12 * 30 * DAY;

    private final long now;
    // Not a java.time.ZoneId: finding its rules takes five times as long, some ten milliseconds.
    private final TimeZone zone;

    /// @param now seconds since 1970
    Dates(long now, TimeZone zone) {
        this.now = now;
        this.zone = zone;
    }

    /// STIME: the time of the last day (` 9:05:01`), the day of the last 360 (`Mar_01`), else the year.
    String stime(Timestamp moment) {
        LocalDateTime local = local(moment);
        long age = now - moment.seconds();
        if (age < DAY) {
            return padded(local.getHour(), ' ') + ":" + padded(local.getMinute(), '0') + ":" + padded(local.getSecond(), '0');
        }
        if (age < YEAR) {
            return month(local) + "_" + padded(local.getDayOfMonth(), '0');
        }
        return Integer.toString(local.getYear());
    }

    /// The date as `%c` of the C locale: `Tue Mar  4 09:12:07 2025`.
    String full(Timestamp moment) {
        LocalDateTime local = local(moment);
        int day = (local.getDayOfWeek().getValue() - 1) * 3;
        return DAYS.substring(day, day + 3) + " " + month(local) + " " + padded(local.getDayOfMonth(), ' ') + " "
                + padded(local.getHour(), '0') + ":" + padded(local.getMinute(), '0') + ":" + padded(local.getSecond(), '0') + " "
                + local.getYear();
    }

    private LocalDateTime local(Timestamp moment) {
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(zone.getOffset(moment.seconds() * 1000) / 1000);
        return LocalDateTime.ofEpochSecond(moment.seconds(), moment.nanos(), offset);
    }

    private static String month(LocalDateTime local) {
        int month = (local.getMonthValue() - 1) * 3;
        return MONTHS.substring(month, month + 3);
    }

    private static String padded(int number, char filler) {
        return number < 10 ? filler + Integer.toString(number) : Integer.toString(number);
    }
}
