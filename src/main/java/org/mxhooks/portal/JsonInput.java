package org.mxhooks.portal;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.mxhooks.signature.BoundedInput;

/** The body of a request. A field that there is not is refused: it may be a misspelt one. */
final class JsonInput {

    static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    private static final int MAX_BYTES = 256 << 10;
    private static final int MAX_SHOWN = 40;
    private static final Pattern UNFIT = Pattern.compile("[\\p{Cs}\\p{Cc}&&[^\\n\\r\\t]]");

    private final JsonObject json;

    private JsonInput(JsonObject json) {
        this.json = json;
    }

    /** @throws Rejection if it is not an object with no other fields */
    static JsonInput read(InputStream body, String... fields) {
        return of(parse(bytes(body)), fields);
    }

    private static JsonInput of(JsonObject json, String... fields) {
        Set<String> known = new TreeSet<>(List.of(fields));
        json.keySet().stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw Rejection.badRequest("There is no field %s; %s."
                    .formatted(
                            shown(name),
                            known.isEmpty() ? "the object must be empty" : "there are: " + String.join(", ", known)));
        });
        return new JsonInput(json);
    }

    private static byte[] bytes(InputStream body) {
        try {
            return BoundedInput.read(body, MAX_BYTES);
        } catch (BoundedInput.TooLargeException e) {
            throw new Rejection(413, "The body must have at most %s bytes.".formatted(MAX_BYTES));
        } catch (IOException e) {
            throw Rejection.badRequest("The request ended before its body was complete.");
        }
    }

    private static JsonObject parse(byte[] body) {
        try (JsonReader reader = READERS.createReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8)) {
            return reader.readObject();
        } catch (RuntimeException noObject) { // the parser's limits are no JsonException
            throw Rejection.badRequest("The body must be a JSON object in UTF-8.");
        }
    }

    boolean has(String field) {
        return json.containsKey(field);
    }

    /** A text that is not blank. */
    Optional<String> text(String field, int maxLength) {
        return longText(field, maxLength).map(text -> {
            if (text.isBlank()) {
                throw Rejection.badRequest("%s must not be blank.".formatted(field));
            }
            return text.strip();
        });
    }

    String requiredText(String field, int maxLength) {
        return text(field, maxLength).orElseThrow(() -> Rejection.badRequest("%s is required.".formatted(field)));
    }

    /** A text of several lines, or an empty one. */
    Optional<String> longText(String field, int maxLength) {
        return value(field).map(value -> {
            if (!(value instanceof JsonString text)) {
                throw Rejection.badRequest("%s must be a text.".formatted(field));
            }
            if (text.getString().length() > maxLength
                    || UNFIT.matcher(text.getString()).find()) {
                throw Rejection.badRequest(
                        "%s must have at most %s characters, and no control characters.".formatted(field, maxLength));
            }
            return text.getString();
        });
    }

    Optional<String> oneOf(String field, List<String> allowed) {
        Optional<String> text = text(field, MAX_BYTES);
        text.filter(value -> !allowed.contains(value)).ifPresent(value -> {
            throw Rejection.badRequest(
                    "%s must be one of %s, was %s.".formatted(field, String.join(", ", allowed), shown(value)));
        });
        return text;
    }

    Optional<Long> number(String field, long min, long max) {
        return value(field).map(value -> {
            try {
                long number = ((JsonNumber) value).longValueExact();
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (ClassCastException | ArithmeticException notOne) {
                // refused below
            }
            throw Rejection.badRequest("%s must be a whole number between %s and %s.".formatted(field, min, max));
        });
    }

    Optional<Boolean> flag(String field) {
        return value(field).map(value -> switch (value.getValueType()) {
            case TRUE -> true;
            case FALSE -> false;
            default -> throw Rejection.badRequest("%s must be true or false.".formatted(field));
        });
    }

    /** A time, or a date, which begins at midnight UTC. */
    Optional<Instant> instant(String field) {
        return text(field, MAX_SHOWN).map(text -> {
            try {
                Instant time = Instant.parse(text.matches("\\d{4}-\\d\\d-\\d\\d") ? text + "T00:00:00Z" : text);
                if (time.isAfter(Instant.EPOCH) && time.isBefore(Instant.parse("9000-01-01T00:00:00Z"))) {
                    return Instant.ofEpochMilli(time.toEpochMilli());
                }
            } catch (DateTimeException noTime) {
                // refused below
            }
            throw Rejection.badRequest("%s must be a time such as 2026-03-02T08:15:30.120Z.".formatted(field));
        });
    }

    Optional<List<JsonValue>> values(String field, int maxSize) {
        return value(field).map(value -> {
            if (!(value instanceof JsonArray array) || array.size() > maxSize) {
                throw Rejection.badRequest("%s must be an array of at most %s.".formatted(field, maxSize));
            }
            return List.copyOf(array);
        });
    }

    Optional<List<String>> texts(String field, int maxSize) {
        return values(field, maxSize).map(values -> {
            List<String> texts = new ArrayList<>();
            for (JsonValue value : values) {
                if (!(value instanceof JsonString text)) {
                    throw Rejection.badRequest("%s must be an array of texts.".formatted(field));
                }
                texts.add(text.getString());
            }
            return texts;
        });
    }

    Optional<List<JsonInput>> objects(String field, int maxSize, String... fields) {
        return values(field, maxSize)
                .map(values -> values.stream()
                        .map(value -> {
                            if (!(value instanceof JsonObject object)) {
                                throw Rejection.badRequest("%s must be an array of objects.".formatted(field));
                            }
                            return of(object, fields);
                        })
                        .toList());
    }

    private Optional<JsonValue> value(String field) {
        return Optional.ofNullable(json.get(field)).filter(value -> value != JsonValue.NULL);
    }

    static String shown(String text) {
        String line = UNFIT.matcher(text).replaceAll("?").replaceAll("\\s+", " ");
        return line.length() > MAX_SHOWN ? line.substring(0, MAX_SHOWN) + "…" : line;
    }
}
