package org.mxhooks.operations;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A text to find in a value of a JSON body, whatever the case of its letters. In a body that is no JSON it is looked
 * for as it stands, unless a field is asked for.
 *
 * @param text part of a text, of a number or of {@code true} and {@code false}
 * @param field name of the field with the value, at any depth; empty is any
 */
public record BodyText(String text, Optional<String> field) {

    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());
    private static final String NO_FIELD = "";

    boolean isIn(byte[] body) {
        String wanted = text.toLowerCase(Locale.ROOT);
        try (JsonParser parser = PARSERS.createParser(new ByteArrayInputStream(body), UTF_8)) {
            return isIn(parser, wanted);
        } catch (JsonException | IllegalStateException noJson) {
            return field.isEmpty() && holds(new String(body, UTF_8), wanted);
        }
    }

    private boolean isIn(JsonParser parser, String wanted) {
        Deque<String> enclosing = new ArrayDeque<>();
        String name = NO_FIELD;
        while (parser.hasNext()) {
            Event event = parser.next();
            switch (event) {
                case KEY_NAME -> name = parser.getString();
                case START_OBJECT, START_ARRAY -> enclosing.push(name);
                case END_OBJECT, END_ARRAY -> name = enclosing.pop();
                default -> {
                    if (field.map(name::equalsIgnoreCase).orElse(true) && holds(value(parser, event), wanted)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static String value(JsonParser parser, Event event) {
        return switch (event) {
            case VALUE_TRUE -> "true";
            case VALUE_FALSE -> "false";
            case VALUE_NULL -> "";
            default -> parser.getString();
        };
    }

    private static boolean holds(String value, String wanted) {
        return value.toLowerCase(Locale.ROOT).contains(wanted);
    }
}
