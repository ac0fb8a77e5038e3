package org.mxhooks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonPointer;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Sample bodies of each kind that the portal sends; those under {@code samples} were made for this project. */
enum Sample {
    STORY_CREATED("/Story/StoryId", "/Meta/UpdatedAt", "/Meta/CreatedAt", "/Story/CreationDate"),
    STORY_UPDATED("/Story/StoryId", "/Meta/UpdatedAt"),
    SPRINT_CREATED("/Sprint/SprintId", "/Meta/UpdatedAt", "/Meta/CreatedAt", "/Sprint/CreationDate"),
    SPRINT_UPDATED("/Sprint/SprintId", "/Meta/UpdatedAt"),
    TEAMSERVER_PUSH("/branchName", "/commits/0/authorDate"),
    PACKAGE_UPLOADED("/name", "/uploadTime"),
    ALERT_OK("/service", "/timestamp"),
    ALERT_WARNING("/service", "/timestamp"),
    ALERT_CRITICAL("/service", "/timestamp"),
    ALERT_RECOVERY("/service", "/timestamp");

    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private final String id;
    private final List<String> times;
    private final JsonObject packaged;

    Sample(String id, String... times) {
        this.id = id;
        this.times = List.of(times);
        packaged = packaged();
    }

    static Optional<Sample> named(String text) {
        return Arrays.stream(values())
                .filter(sample -> sample.text().equalsIgnoreCase(text))
                .findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(Sample::text).collect(joining(", "));
    }

    /** The name as it is typed: {@code story-created}. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The scheme by which the portal signs it. */
    String scheme() {
        return switch (this) {
            case STORY_CREATED, STORY_UPDATED, SPRINT_CREATED, SPRINT_UPDATED -> "projects";
            case TEAMSERVER_PUSH, PACKAGE_UPLOADED, ALERT_OK, ALERT_WARNING, ALERT_CRITICAL, ALERT_RECOVERY ->
                "standard-webhooks";
        };
    }

    /**
     * The body with the current time: different bytes each millisecond, so that it is no duplicate.
     *
     * @param number of the resource: 0 for the packaged one, 1 for that with the next id or with 1 behind its name
     */
    byte[] body(Instant now, int number) {
        JsonString time = Json.createValue(MILLISECONDS.format(now));
        JsonObject body = packaged;
        for (String pointer : times) {
            body = Json.createPointer(pointer).replace(body, time);
        }
        JsonPointer pointer = Json.createPointer(id);
        return pointer.replace(body, numbered(pointer.getValue(body), number))
                .toString()
                .getBytes(UTF_8);
    }

    private static JsonValue numbered(JsonValue packagedId, int number) {
        if (packagedId instanceof JsonNumber id) {
            return Json.createValue(id.longValueExact() + number);
        }
        return number == 0 ? packagedId : Json.createValue(((JsonString) packagedId).getString() + "-" + number);
    }

    private JsonObject packaged() {
        try (JsonReader reader = Json.createReader(Sample.class.getResourceAsStream("samples/" + text() + ".json"))) {
            return reader.readObject();
        }
    }
}
