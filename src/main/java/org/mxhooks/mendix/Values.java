package org.mxhooks.mendix;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.function.Function;
import java.util.regex.Pattern;

/** How the values of a body are read, each as what its field is documented to hold. */
final class Values {

    /** The mirror keeps so much of a text that lists are filtered by. */
    private static final int MAX_LABEL = 200;

    private static final int MAX_QUOTED = 60;
    private static final int MAX_DIGITS = 60;
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]{1,9})?");

    private Values() {}

    static Read<JsonObject> object(JsonValue value) {
        return value instanceof JsonObject object ? Read.as(object) : Read.unusable("is not an object");
    }

    static Read<JsonArray> list(JsonValue value) {
        return value instanceof JsonArray array ? Read.as(array) : Read.unusable("is not a list");
    }

    static Read<Boolean> bool(JsonValue value) {
        return value == JsonValue.TRUE || value == JsonValue.FALSE
                ? Read.as(value == JsonValue.TRUE)
                : Read.unusable("is not true or false");
    }

    /** A string; what PostgreSQL refuses in a text, U+0000 and lone surrogates, is replaced by U+FFFD. */
    static Read<String> text(JsonValue value) {
        return value instanceof JsonString string
                ? Read.as(storable(string.getString()))
                : Read.unusable("is not a text");
    }

    /** A text that says something. */
    static Read<String> name(JsonValue value) {
        return filled(text(value), Read::as);
    }

    /** A text that lists are filtered by. */
    static Read<String> label(JsonValue value) {
        return remarkingLength(text(value));
    }

    /** A text that says something, and that lists are filtered by. */
    static Read<String> labelingName(JsonValue value) {
        return remarkingLength(name(value));
    }

    private static Read<String> remarkingLength(Read<String> text) {
        return text.value()
                .filter(label -> label.codePointCount(0, label.length()) > MAX_LABEL)
                .map(label ->
                        text.remarking("has more than %s characters, the mirror keeps so many".formatted(MAX_LABEL)))
                .orElse(text);
    }

    static Read<String> appId(JsonValue value) {
        return filled(
                text(value),
                text -> AppId.normalized(text)
                        .map(Read::as)
                        .orElseGet(() -> Read.unusable(
                                "is not an id of at most %s characters without control or invisible characters, / \\ and ;"
                                        .formatted(AppId.MAX_LENGTH))));
    }

    /** An id that is a text, also one that is written as a whole number. */
    static Read<String> id(JsonValue value) {
        return value instanceof JsonNumber ? number(value).map(String::valueOf) : name(value);
    }

    /** A whole number of 64 bits, also one that is written as a string. */
    static Read<Long> number(JsonValue value) {
        if (value instanceof JsonNumber number) {
            return number(number.bigDecimalValue());
        }
        return filled(
                text(value),
                text -> NUMBER.matcher(text).matches() && text.length() <= MAX_DIGITS
                        ? number(new BigDecimal(text))
                        : Read.unusable("is not a whole number"));
    }

    /** As {@link Instants} reads it. */
    static Read<Instant> instant(JsonValue value) {
        if (value instanceof JsonNumber number) {
            return Instants.ofEpoch(number.bigDecimalValue());
        }
        return filled(text(value), Instants::of);
    }

    /** The value as a remark shows it: short, on one line. */
    static String quoted(JsonValue value) {
        if (value instanceof JsonObject) {
            return "(an object)";
        }
        if (value instanceof JsonArray) {
            return "(a list)";
        }
        String text = value instanceof JsonString string ? string.getString() : value.toString();
        String cut = text.length() > MAX_QUOTED ? text.substring(0, MAX_QUOTED) + "…" : text;
        return "'" + cut.replaceAll("\\p{C}", "\uFFFD") + "'";
    }

    private static <T> Read<T> filled(Read<String> text, Function<String, Read<T>> reader) {
        return text.value()
                .map(known -> known.isBlank() ? Read.<T>unusable("is blank") : reader.apply(known.strip()))
                .orElseGet(() -> Read.unusable(text.remark().orElseThrow()));
    }

    private static Read<Long> number(BigDecimal number) {
        try {
            return Read.as(number.longValueExact());
        } catch (ArithmeticException notALong) {
            return Read.unusable("is not a whole number of 64 bits");
        }
    }

    private static String storable(String text) {
        return isStorable(text) ? text : replaced(text);
    }

    /** False also for a text with paired surrogates, which {@link #replaced} leaves as it is. */
    private static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == 0 || Character.isSurrogate(character)) {
                return false;
            }
        }
        return true;
    }

    private static String replaced(String text) {
        int[] characters = text.codePoints()
                .map(character ->
                        character == 0 || Character.getType(character) == Character.SURROGATE ? '\uFFFD' : character)
                .toArray();
        return new String(characters, 0, characters.length);
    }
}
