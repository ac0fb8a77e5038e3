package org.mxhooks.mendix;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the fields of an object without regard to the case of their names; what is not as expected is empty. */
record JsonFields(JsonObject object) {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    /** Whether a field is there and not null. */
    boolean has(String name) {
        return value(name).filter(value -> value != JsonValue.NULL).isPresent();
    }

    Optional<JsonFields> object(String name) {
        return value(name)
                .filter(JsonObject.class::isInstance)
                .map(JsonValue::asJsonObject)
                .map(JsonFields::new);
    }

    /** The fields of an object, or none where it is absent. */
    JsonFields objectOrEmpty(String name) {
        return object(name).orElseGet(() -> new JsonFields(JsonValue.EMPTY_JSON_OBJECT));
    }

    /** A string; U+0000, which PostgreSQL refuses in a text, is replaced by U+FFFD. */
    Optional<String> text(String name) {
        return value(name)
                .filter(JsonString.class::isInstance)
                .map(value -> ((JsonString) value).getString().replace('\0', '\uFFFD'));
    }

    Optional<Boolean> bool(String name) {
        return value(name)
                .filter(value -> value == JsonValue.TRUE || value == JsonValue.FALSE)
                .map(value -> value == JsonValue.TRUE);
    }

    /** A whole number, also one that is written as a string. */
    OptionalLong number(String name) {
        try {
            return value(name).map(JsonFields::wholeNumber).orElse(OptionalLong.empty());
        } catch (ArithmeticException | NumberFormatException notALong) {
            return OptionalLong.empty();
        }
    }

    /** An ISO-8601 instant, between the years 1 and 9999: what every database can keep. */
    Optional<Instant> instant(String name) {
        try {
            return text(name)
                    .map(text -> OffsetDateTime.parse(text).toInstant())
                    .filter(instant -> !instant.isBefore(EARLIEST) && !instant.isAfter(LATEST));
        } catch (DateTimeException notAnInstant) {
            return Optional.empty();
        }
    }

    private static OptionalLong wholeNumber(JsonValue value) {
        if (value instanceof JsonNumber number) {
            return OptionalLong.of(number.longValueExact());
        }
        if (value instanceof JsonString string) {
            return OptionalLong.of(Long.parseLong(string.getString()));
        }
        return OptionalLong.empty();
    }

    private Optional<JsonValue> value(String name) {
        return Optional.ofNullable(object.get(name))
                .or(() -> object.entrySet().stream()
                        .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                        .map(Map.Entry::getValue)
                        .findFirst());
    }
}
