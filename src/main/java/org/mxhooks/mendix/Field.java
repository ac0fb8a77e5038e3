package org.mxhooks.mendix;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A field of the body that mxhooks reads.
 *
 * @param names the documented one first, then those of the portal's older vocabulary; in any case
 * @param reader of its value
 */
record Field<T>(List<String> names, Function<JsonValue, Read<T>> reader) {

    static Field<JsonObject> object(String... names) {
        return new Field<>(List.of(names), Values::object);
    }

    static Field<String> text(String... names) {
        return new Field<>(List.of(names), Values::text);
    }

    static Field<String> name(String... names) {
        return new Field<>(List.of(names), Values::name);
    }

    static Field<String> labelingName(String... names) {
        return new Field<>(List.of(names), Values::labelingName);
    }

    static Field<String> label(String... names) {
        return new Field<>(List.of(names), Values::label);
    }

    static Field<String> appId(String... names) {
        return new Field<>(List.of(names), Values::appId);
    }

    static Field<String> id(String... names) {
        return new Field<>(List.of(names), Values::id);
    }

    static Field<JsonArray> list(String... names) {
        return new Field<>(List.of(names), Values::list);
    }

    static Field<Long> number(String... names) {
        return new Field<>(List.of(names), Values::number);
    }

    static Field<Boolean> bool(String... names) {
        return new Field<>(List.of(names), Values::bool);
    }

    static Field<Instant> instant(String... names) {
        return new Field<>(List.of(names), Values::instant);
    }

    String name() {
        return names.get(0);
    }

    /** What an object has for the field, read; empty also where it is unusable. */
    Optional<T> of(JsonObject object) {
        JsonValue documented = object.get(name());
        if (documented != null && documented != JsonValue.NULL) {
            return reader.apply(documented).value();
        }
        List<Map.Entry<String, JsonValue>> others = in(object);
        return others.isEmpty()
                ? Optional.empty()
                : reader.apply(others.get(0).getValue()).value();
    }

    boolean isIn(JsonObject object) {
        return !in(object).isEmpty();
    }

    /**
     * The values that an object has for the field, null being none: those of the first name first, in its documented
     * case before others. Every field of every body is looked up here.
     */
    List<Map.Entry<String, JsonValue>> in(JsonObject object) {
        List<Map.Entry<String, JsonValue>> found = List.of();
        for (String name : names) {
            found = with(found, name, object.get(name));
            for (Map.Entry<String, JsonValue> entry : object.entrySet()) {
                String other = entry.getKey();
                if (other.equalsIgnoreCase(name) && !other.equals(name)) {
                    found = with(found, other, entry.getValue());
                }
            }
        }
        return found;
    }

    private static List<Map.Entry<String, JsonValue>> with(
            List<Map.Entry<String, JsonValue>> found, String name, JsonValue value) {
        if (value == null || value == JsonValue.NULL) {
            return found;
        }
        if (found.isEmpty()) {
            return List.of(Map.entry(name, value));
        }
        List<Map.Entry<String, JsonValue>> more = new ArrayList<>(found);
        more.add(Map.entry(name, value));
        return more;
    }
}
