package org.mxhooks.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.Map;

/**
 * A body by which an operator checks an endpoint: an object with the one key {@code probe}. It is answered and not
 * kept.
 */
final class Probe {

    /** {@code Json.createParser} would search the class path for a provider each time. */
    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

    private static final String KEY = "probe";
    private static final byte[] BEGIN = KEY.getBytes(UTF_8);

    private Probe() {}

    /** Whether a body is one. Looks no further than the first key of any other. */
    static boolean is(byte[] body) {
        return mayBe(body) && parsed(body);
    }

    /** Whether the first text is the key, or may be it by an escape: a parser for each delivery would cost more. */
    private static boolean mayBe(byte[] body) {
        int begin = 0;
        while (begin < body.length && body[begin] != '"') {
            begin++;
        }
        int end = Math.min(body.length, begin + 1 + BEGIN.length);
        int differs = Arrays.mismatch(body, Math.min(begin + 1, end), end, BEGIN, 0, BEGIN.length);
        return differs < 0 || begin + 1 + differs < end && body[begin + 1 + differs] == '\\';
    }

    private static boolean parsed(byte[] body) {
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
