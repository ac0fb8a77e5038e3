package org.mxhooks.mirror;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Conversions between values of events and of columns. */
final class Columns {

    private static final int MAX_LABEL = 200;

    private Columns() {}

    /** PostgreSQL keeps no NUL in a text; a JSON string may hold one. */
    static String storable(Optional<String> text) {
        return text.map(value -> value.replace('\0', '\uFFFD')).orElse(null);
    }

    /** A text that lists are filtered by, cut to 200 characters: an index has room for so much only. */
    static String label(Optional<String> text) {
        return storable(text.map(value -> value.codePointCount(0, value.length()) > MAX_LABEL
                ? value.substring(0, value.offsetByCodePoints(0, MAX_LABEL))
                : value));
    }

    /** EclipseLink would write an Instant as a serialized object. */
    static OffsetDateTime utc(Optional<Instant> instant) {
        return instant.map(Columns::utc).orElse(null);
    }

    /** Databases keep microseconds: with more, a state would be newer than itself. */
    static OffsetDateTime utc(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    static Optional<Instant> instant(OffsetDateTime column) {
        return Optional.ofNullable(column).map(OffsetDateTime::toInstant);
    }
}
