package org.mxhooks.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import jakarta.json.JsonWriter;
import jakarta.json.JsonWriterFactory;
import jakarta.json.stream.JsonGenerator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Writer;
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

    /** Empty if it is no JSON, or nested too deep to be shown as such. */
    static Optional<String> pretty(byte[] body) {
        try (JsonReader reader = READERS.createReader(new ByteArrayInputStream(body), UTF_8)) {
            JsonValue value = reader.readValue();
            CutWriter text = new CutWriter();
            write(value, text);
            return Optional.of(cut(
                    text.isFull()
                            ? text.toString().stripLeading() + "…"
                            : text.toString().strip()));
        } catch (RuntimeException
                | StackOverflowError noJson) { // JSON runtimes refuse deep nesting in ways of their own
            return Optional.empty();
        }
    }

    private static void write(JsonValue value, CutWriter text) {
        try (JsonWriter writer = WRITERS.createWriter(text)) {
            writer.write(value);
        } catch (RuntimeException e) {
            if (!text.isFull()) {
                throw e;
            }
        }
    }

    /** Refuses what nobody is shown: the indents of a nested body may be a thousand times as long as the body. */
    private static final class CutWriter extends Writer {

        private final StringBuilder text = new StringBuilder();

        boolean isFull() {
            return text.length() > MAX_CHARS;
        }

        @Override
        public void write(char[] chars, int offset, int length) throws IOException {
            if (isFull()) {
                throw new IOException("long enough");
            }
            text.append(chars, offset, length);
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // There is nothing to close.
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    private static String cut(String text) {
        return text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) + "…" : text;
    }
}
