package org.mxhooks.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.ByteArrayInputStream;
import java.util.Map;

/**
 * A body by which an operator checks an endpoint: an object with the one key {@code probe}. It is answered and not
 * kept.
 */
final class Probe {

    /** {@code Json.createParser} would search the class path for a provider each time. */
    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

    private static final String KEY = "probe";

    private Probe() {}

    /** Whether a body is one. Looks no further than the first key of any other. */
    static boolean is(byte[] body) {
        try (JsonParser parser = PARSERS.createParser(new ByteArrayInputStream(body), UTF_8)) {
            return parser.hasNext() && parser.next() == Event.START_OBJECT && hasOneKey(parser);
        } catch (RuntimeException notJson) { // the parser's limit of depth is no JsonException
            return false;
        }
    }

    private static boolean hasOneKey(JsonParser parser) {
        if (parser.next() != Event.KEY_NAME || !parser.getString().equals(KEY)) {
            return false;
        }
        skipValue(parser);
        return parser.next() == Event.END_OBJECT && !parser.hasNext();
    }

    private static void skipValue(JsonParser parser) {
        int depth = 0;
        do {
            depth += switch (parser.next()) {
                case START_OBJECT, START_ARRAY -> 1;
                case END_OBJECT, END_ARRAY -> -1;
                default -> 0;
            };
        } while (depth > 0);
    }
}
