package org.mxhooks.api;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The body of a request that names a person. */
final class PersonInput {

    /** {@code Json.createReader} would search the class path for a provider each time. */
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    private static final String IDENTIFIERS = "identifiers";

    private PersonInput() {}

    /** @param body of a request; null is one that is too large */
    static List<String> identifiers(String body) {
        try (JsonReader reader = READERS.createReader(new StringReader(body == null ? "" : body))) {
            JsonObject json = reader.readObject();
            if (json.keySet().equals(Set.of(IDENTIFIERS))
                    && json.get(IDENTIFIERS) instanceof JsonArray array
                    && array.stream().allMatch(JsonString.class::isInstance)) {
                return array.getValuesAs(JsonString::getString);
            }
        } catch (RuntimeException noObject) {
            // As if it were another object.
        }
        throw SubscriptionInput.refuse(
                "The body must be a JSON object of at most 64 KiB with one field, identifiers: an array of texts that name the person.");
    }
}
