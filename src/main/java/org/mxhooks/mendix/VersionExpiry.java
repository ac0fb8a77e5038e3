package org.mxhooks.mendix;

import static java.time.ZoneOffset.UTC;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads the header {@link MendixHeader#WEBHOOKS_VERSION_EXPIRY}, whose format was never published. Nobody signed it: good for a
 * warning, never for a decision.
 */
public final class VersionExpiry {

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private VersionExpiry() {}

    /**
     * The instant that a value tells: a date (its beginning), a date and time, with an offset or in UTC, by ISO 8601, or as HTTP writes
     * it; empty for anything else, and for a year before 1970 or after 9999.
     */
    public static Optional<Instant> read(String value) {
        String text = value.strip();
        return Stream.<Function<String, Instant>>of(
                        date -> LocalDate.parse(date).atStartOfDay(UTC).toInstant(),
                        time -> OffsetDateTime.parse(time).toInstant(),
                        time -> LocalDateTime.parse(time).toInstant(UTC),
                        time -> OffsetDateTime.parse(time, DateTimeFormatter.RFC_1123_DATE_TIME)
                                .toInstant())
                .flatMap(format -> read(format, text).stream())
                .filter(instant -> !instant.isBefore(Instant.EPOCH) && !instant.isAfter(LATEST))
                .findFirst();
    }

    private static Optional<Instant> read(Function<String, Instant> format, String text) {
        try {
            return Optional.of(format.apply(text));
        } catch (DateTimeException notOfThisFormat) {
            return Optional.empty();
        }
    }
}
