package org.mxhooks.terminal;

import static java.util.stream.Collectors.joining;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.stream.Stream;

/** Fields of the API's answers, as text that is safe for one line of a terminal; empty if absent. */
public final class Fields {

    private Fields() {}

    public static String text(JsonObject object, String name) {
        return Printable.line(raw(object.get(name)));
    }

    /** An instant without fractions of a second. */
    public static String time(JsonObject object, String name) {
        return text(object, name).replaceFirst("\\.\\d+Z$", "Z");
    }

    /**
     * Action and resource ({@code updated story 4711}); without a resource the category and the action, once if equal.
     */
    public static String event(JsonObject object) {
        Stream<String> names = object.containsKey("resourceId")
                ? Stream.of("action", "resourceType", "resourceId")
                : Stream.of("category", "action");
        return names.map(name -> text(object, name))
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(joining(" "));
    }

    /** The number in a field; 0 if absent. */
    public static long number(JsonObject object, String name) {
        return object.get(name) instanceof JsonNumber number ? number.longValue() : 0;
    }

    /** A number with its noun: {@code 1 replay}, {@code 2 replays}. */
    public static String counted(long number, String noun) {
        return "%s %s%s".formatted(number, noun, number == 1 ? "" : "s");
    }

    /** The unescaped value, for text of several lines. */
    public static String raw(JsonValue value) {
        if (value == null || value.getValueType() == JsonValue.ValueType.NULL) {
            return "";
        }
        return value instanceof JsonString string ? string.getString() : value.toString();
    }
}
