package org.mxhooks.console;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mxhooks.ingest.KeptHeaders;

/** The headers of a delivery for people; the values of those that may carry a secret are masked. */
final class ShownHeaders {

    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    private ShownHeaders() {}

    /**
     * A header.
     *
     * @param name as it was sent
     * @param value its values, joined
     */
    public record Line(String name, String value) {}

    static List<Line> of(String json) {
        if (json == null || json.isBlank()) {
            return List.of();
        }
        try (JsonReader reader = READERS.createReader(new StringReader(json))) {
            JsonObject headers = reader.readObject();
            return headers.entrySet().stream()
                    .map(header -> new Line(
                            header.getKey(),
                            KeptHeaders.isKept(header.getKey())
                                    ? header.getValue().asJsonArray().getValuesAs(JsonString.class).stream()
                                            .map(JsonString::getString)
                                            .collect(Collectors.joining(", "))
                                    : KeptHeaders.MASK))
                    .toList();
        }
    }
}
