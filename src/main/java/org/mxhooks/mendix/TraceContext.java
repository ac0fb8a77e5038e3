package org.mxhooks.mendix;

import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.joining;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The W3C Trace Context (Level 1) among a request's headers.
 *
 * @param parent the one header {@code traceparent}, if it is as section 3.2 demands, of version 00 or a later one
 * @param state the headers {@code tracestate} as one (section 3.3.1), beside such a parent
 */
record TraceContext(Optional<String> parent, Optional<String> state) {

    private static final String IDS_AND_FLAGS = "-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}";
    private static final Pattern PARENT =
            Pattern.compile("00" + IDS_AND_FLAGS + "|(?!00|ff)[0-9a-f]{2}" + IDS_AND_FLAGS + "(-[\\x21-\\x7e]*)?");
    private static final Pattern STATE = Pattern.compile("[\\t\\x20-\\x7e]+");

    /** Json.createReader would look for a provider each time. */
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    /** @param headers a JSON object of arrays */
    static TraceContext of(String headers) {
        try (JsonReader reader = READERS.createReader(new StringReader(headers))) {
            JsonObject all = reader.readObject();
            Optional<String> parent = Optional.of(values(all, "traceparent"))
                    .filter(values -> values.size() == 1)
                    .map(values -> values.get(0))
                    .filter(value -> PARENT.matcher(value).matches());
            Optional<String> state = Optional.of(
                            values(all, "tracestate").stream().collect(joining(",")))
                    .filter(value -> STATE.matcher(value).matches());
            return new TraceContext(parent, parent.flatMap(present -> state));
        }
    }

    private static List<String> values(JsonObject headers, String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> texts(header.getValue().asJsonArray()))
                .toList();
    }

    private static Stream<String> texts(JsonArray values) {
        return values.getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .map(String::strip)
                .filter(not(String::isEmpty));
    }
}
