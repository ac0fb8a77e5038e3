package org.mxhooks.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;

/** An immutable body as the portal sends it. */
public final class Payload {

    private static final String SAMPLES = "/org/mxhooks/cli/samples/";

    private final JsonObject json;

    private Payload(JsonObject json) {
        this.json = json;
    }

    /**
     * Reads a file at the root of the class path, or one of the test kit's own: {@code story-created.json},
     * {@code story-updated.json}, {@code sprint-created.json}, {@code sprint-updated.json},
     * {@code teamserver-push.json}, {@code package-uploaded.json}, {@code alert-ok.json}, {@code alert-warning.json},
     * {@code alert-critical.json}, {@code alert-recovery.json}. It is sent by the scheme that the portal sends it by.
     *
     * @throws IllegalArgumentException if the file does not exist
     */
    public static Payload payload(String file) {
        try (InputStream in = open(file);
                JsonReader reader = Json.createReader(in)) {
            return new Payload(reader.readObject());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String file) {
        InputStream own = Payload.class.getResourceAsStream("/" + file);
        InputStream found = own != null ? own : Payload.class.getResourceAsStream(SAMPLES + file);
        if (found == null) {
            throw new IllegalArgumentException(
                    "no payload " + file + " on the class path. Put it into src/test/resources.");
        }
        return found;
    }

    /** A copy with a text in a field, for example {@code Story.Status}; a missing field is added. */
    public Payload with(String path, String value) {
        return with(path, Json.createValue(value));
    }

    /** A copy with a number in a field. */
    public Payload with(String path, long value) {
        return with(path, Json.createValue(value));
    }

    /** A copy with a time in a field, as text. */
    public Payload with(String path, Instant value) {
        return with(path, value.toString());
    }

    /** A copy with any value in a field, for example {@link JsonValue#NULL}. */
    public Payload with(String path, JsonValue value) {
        return new Payload(replaced(json, fields(path), value));
    }

    /** A copy without a field. */
    public Payload without(String path) {
        return new Payload(replaced(json, fields(path), null));
    }

    byte[] bytes() {
        return json.toString().getBytes(UTF_8);
    }

    private static Iterator<String> fields(String path) {
        return Arrays.asList(path.split("\\.")).iterator();
    }

    private static JsonObject replaced(JsonObject object, Iterator<String> path, JsonValue value) {
        String field = path.next();
        JsonValue inner = object.getOrDefault(field, JsonValue.EMPTY_JSON_OBJECT);
        JsonValue replacement = path.hasNext() ? replaced(inner.asJsonObject(), path, value) : value;
        var builder = Json.createObjectBuilder(object);
        return (replacement == null ? builder.remove(field) : builder.add(field, replacement)).build();
    }
}
