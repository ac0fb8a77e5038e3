package org.mxhooks.cli;

import static java.util.stream.Collectors.joining;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.stream.Stream;

/** What the API's answers say, as text that is fit for a line on a terminal; empty where they do not say it. */
final class Fields {

    private Fields() {}

    static String text(JsonObject object, String name) {
        return Printable.line(raw(object.get(name)));
    }

    /** An instant without fractions of a second. */
    static String time(JsonObject object, String name) {
        return text(object, name).replaceFirst("\\.\\d+Z$", "Z");
    }

    /** What happened to what: {@code updated Story 4711}; or of which category, where we do not know more. */
    static String event(JsonObject object) {
        Stream<String> names = object.containsKey("resourceId")
                ? Stream.of("action", "resourceType", "resourceId")
                : Stream.of("category", "action");
        return names.map(name -> text(object, name))
                .filter(text -> !text.isEmpty())
                .collect(joining(" "));
    }

    /** As it was sent: for text of several lines. */
    static String raw(JsonValue value) {
        if (value == null || value.getValueType() == JsonValue.ValueType.NULL) {
            return "";
        }
        return value instanceof JsonString string ? string.getString() : value.toString();
    }
}
