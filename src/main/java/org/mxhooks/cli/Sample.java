package org.mxhooks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A body of each kind that the portal sends; those under {@code samples} were made for this project. */
enum Sample {
    STORY_CREATED("/Meta/UpdatedAt", "/Meta/CreatedAt", "/Story/CreationDate"),
    STORY_UPDATED("/Meta/UpdatedAt"),
    SPRINT_CREATED("/Meta/UpdatedAt", "/Meta/CreatedAt", "/Sprint/CreationDate"),
    SPRINT_UPDATED("/Meta/UpdatedAt");

    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final List<String> times;

    Sample(String... times) {
        this.times = List.of(times);
    }

    static Optional<Sample> named(String text) {
        return Arrays.stream(values())
                .filter(sample -> sample.text().equals(text))
                .findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(Sample::text).collect(joining(", "));
    }

    /** The name as it is typed: {@code story-created}. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The body as if it had happened now: other bytes each millisecond, so that no receiver takes it for a repeat. */
    byte[] body(Instant now) {
        JsonString time = Json.createValue(MILLISECONDS.format(now));
        JsonObject body = packaged();
        for (String pointer : times) {
            body = Json.createPointer(pointer).replace(body, time);
        }
        return body.toString().getBytes(UTF_8);
    }

    private JsonObject packaged() {
        try (JsonReader reader = Json.createReader(Sample.class.getResourceAsStream("samples/" + text() + ".json"))) {
            return reader.readObject();
        }
    }
}
