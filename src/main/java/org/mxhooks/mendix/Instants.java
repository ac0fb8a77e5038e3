package org.mxhooks.mendix;

import static java.time.ZoneOffset.UTC;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the times of a body: RFC 3339 and the usual variants of ISO 8601, the time of HTTP (RFC 9110 section 5.6.7),
 * and numbers since the epoch. All are cut to microseconds, which is what every database keeps, and lie between the
 * years 1 and 9999.
 *
 * <p>A time without an offset is taken as UTC, a date as its beginning, 24:00 and the second 60 as the beginning of
 * what follows. A number is of the unit in which it lies between 1973-03-03 and 5138-11-16: seconds from 10^8,
 * milliseconds from 10^11, microseconds from 10^14, nanoseconds from 10^17, each up to the next.
 */
final class Instants {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private static final BigDecimal MIN_SECONDS = BigDecimal.TEN.pow(8);
    private static final BigDecimal END_OF_SECONDS = BigDecimal.TEN.pow(11);
    private static final BigDecimal END_OF_NANOSECONDS = BigDecimal.TEN.pow(20);
    private static final int FINEST_UNIT = 9;
    private static final int MAX_TEXT = 100;

    private static final String TIME =
            "(?<hour>\\d\\d)(?::?(?<minute>\\d\\d)(?::?(?<second>\\d\\d)(?:[.,](?<fraction>\\d+))?)?)?";
    private static final String OFFSET =
            "\\s*(?<zone>Z|UTC|GMT|[+\\-\u2212]\\d\\d(?::?\\d\\d(?::?\\d\\d)?)?)(?:\\[[^\\]]*])*";
    private static final Pattern ISO = Pattern.compile(
            "(?<date>\\d{4}(?:-\\d\\d-\\d\\d|\\d{4}))(?:(?:T|\\s+)" + TIME + ")?(?:" + OFFSET + ")?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern HTTP_YEAR = Pattern.compile(" \\d{4} ");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?");

    private Instants() {}

    static Read<Instant> of(String text) {
        if (text.length() > MAX_TEXT) {
            return Read.unusable("is not a time");
        }
        Optional<Instant> usual = InternetTime.of(text);
        if (usual.isPresent()) {
            return within(usual.get());
        }
        Matcher iso = ISO.matcher(text);
        if (iso.matches()) {
            return ofIso(iso);
        }
        return NUMBER.matcher(text).matches() ? ofEpoch(new BigDecimal(text)) : ofHttp(text);
    }

    static Read<Instant> ofEpoch(BigDecimal number) {
        if (number.compareTo(MIN_SECONDS) < 0 || number.compareTo(END_OF_NANOSECONDS) >= 0) {
            return Read.unusable("is not a time since the epoch");
        }
        for (int digits = 0; digits <= FINEST_UNIT; digits += 3) {
            BigDecimal seconds = number.movePointLeft(digits);
            if (seconds.compareTo(END_OF_SECONDS) < 0) {
                long whole = seconds.longValue();
                BigDecimal fraction = seconds.subtract(BigDecimal.valueOf(whole));
                return within(Instant.ofEpochSecond(
                        whole, fraction.movePointRight(FINEST_UNIT).longValue()));
            }
        }
        throw new IllegalStateException("every number in the range is of a unit");
    }

    private static Read<Instant> ofIso(Matcher iso) {
        try {
            LocalDate date = LocalDate.parse(iso.group("date").replace("-", ""), DateTimeFormatter.BASIC_ISO_DATE);
            Instant local = date.atStartOfDay(UTC).toInstant().plus(timeOfDay(iso));
            Read<Instant> read = within(local.minusSeconds(offset(iso)));
            return iso.group("zone") == null && read.value().isPresent()
                    ? read.remarking("has no offset, taken as UTC")
                    : read;
        } catch (DateTimeException notATime) {
            return Read.unusable("is not a time");
        }
    }

    private static Duration timeOfDay(Matcher iso) {
        int hour = number(iso.group("hour"));
        int minute = number(iso.group("minute"));
        int second = number(iso.group("second"));
        String fraction = Optional.ofNullable(iso.group("fraction")).orElse("0");
        long micros = Long.parseLong((fraction + "000000").substring(0, 6));
        boolean endOfDay = hour == 24 && minute == 0 && second == 0 && micros == 0;
        if (hour > 23 && !endOfDay || minute > 59 || second > 60) {
            throw new DateTimeException("no time of day");
        }
        return Duration.ofHours(hour).plusMinutes(minute).plusSeconds(second).plus(micros, ChronoUnit.MICROS);
    }

    private static int offset(Matcher iso) {
        String zone = iso.group("zone");
        if (zone == null || Character.isLetter(zone.charAt(0))) {
            return 0;
        }
        String digits = (zone.substring(1).replace(":", "") + "0000").substring(0, 6);
        int sign = zone.charAt(0) == '+' ? 1 : -1;
        return ZoneOffset.ofHoursMinutesSeconds(
                        sign * number(digits.substring(0, 2)),
                        sign * number(digits.substring(2, 4)),
                        sign * number(digits.substring(4)))
                .getTotalSeconds();
    }

    private static Read<Instant> ofHttp(String text) {
        if (!HTTP_YEAR.matcher(text).find()) { // the formatter would read 26 as the year 26
            return Read.unusable("is not a time");
        }
        try {
            return within(OffsetDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException notATime) {
            return Read.unusable("is not a time");
        }
    }

    private static Read<Instant> within(Instant instant) {
        Instant kept = instant.truncatedTo(ChronoUnit.MICROS);
        return kept.isBefore(EARLIEST) || kept.isAfter(LATEST)
                ? Read.unusable("is not within the years 1 to 9999")
                : Read.as(kept);
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
