package org.mxhooks.mirror;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** How what an event tells becomes columns, and these become JSON. */
final class Columns {

    /** {@code Json.createObjectBuilder} would search the class path for a provider each time. */
    static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private static final int LONGEST_LABEL = 200;

    private Columns() {}

    /** PostgreSQL keeps no NUL in a text; a JSON string may hold one. */
    static String storable(Optional<String> text) {
        return text.map(value -> value.replace('\0', '\uFFFD')).orElse(null);
    }

    /** A text that lists are filtered by, cut to 200 characters: an index has room for so much only. */
    static String label(Optional<String> text) {
        return storable(text.map(value -> value.codePointCount(0, value.length()) > LONGEST_LABEL
                ? value.substring(0, value.offsetByCodePoints(0, LONGEST_LABEL))
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

    static void add(JsonObjectBuilder json, String name, String value) {
        if (value != null) {
            json.add(name, value);
        }
    }

    static void add(JsonObjectBuilder json, String name, OffsetDateTime value) {
        if (value != null) {
            json.add(name, value.toInstant().toString());
        }
    }

    /** An object that would be empty is left out. */
    static void add(JsonObjectBuilder json, String name, JsonObjectBuilder value) {
        JsonObject object = value.build();
        if (!object.isEmpty()) {
            json.add(name, object);
        }
    }
}
