package org.mxhooks.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import jakarta.json.JsonWriter;
import jakarta.json.JsonWriterFactory;
import jakarta.json.stream.JsonGenerator;
import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;

/** The body of a delivery for people, cut where it is long. */
final class ShownBody {

    private static final int MAX_CHARS = 200_000;
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());
    private static final JsonWriterFactory WRITERS =
            Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true));

    private ShownBody() {}

    static String raw(byte[] body) {
        return cut(new String(body, UTF_8));
    }

    /** Empty if it is no JSON. */
    static Optional<String> pretty(byte[] body) {
        try (JsonReader reader = READERS.createReader(new ByteArrayInputStream(body), UTF_8)) {
            JsonValue value = reader.readValue();
            StringWriter text = new StringWriter();
            try (JsonWriter writer = WRITERS.createWriter(text)) {
                writer.write(value);
            }
            return Optional.of(cut(text.toString().strip()));
        } catch (JsonException | IllegalStateException | NumberFormatException noJson) {
            return Optional.empty();
        }
    }

    private static String cut(String text) {
        return text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) + "…" : text;
    }
}
