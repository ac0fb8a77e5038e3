package org.mxhooks.relay;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a subscription keeps secret: the secret that signs, and the headers, which may hold credentials.
 *
 * @param headers by their names
 */
record Confidential(String secret, Map<String, String> headers) {

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    static Confidential of(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            JsonObject object = reader.readObject();
            Map<String, String> headers = new TreeMap<>();
            JsonObject stored = object.getJsonObject("headers");
            stored.keySet().forEach(name -> headers.put(name, stored.getString(name)));
            return new Confidential(object.getString("secret"), headers);
        }
    }

    String json() {
        JsonObjectBuilder stored = JSON.createObjectBuilder();
        headers.forEach(stored::add);
        return JSON.createObjectBuilder()
                .add("secret", secret)
                .add("headers", stored)
                .build()
                .toString();
    }

    /** These headers; where one is masked, with the value that it has here. */
    Map<String, String> unmasked(Map<String, String> given) {
        Map<String, String> unmasked = new TreeMap<>(given);
        unmasked.replaceAll(
                (name, value) -> value.equals(Subscription.MASK) ? headers.getOrDefault(name, value) : value);
        return unmasked;
    }

    @Override
    public String toString() {
        return Subscription.MASK;
    }
}
