package org.mxhooks.api;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Builds JSON objects; absent values are omitted. */
final class JsonObjects {

    /** {@code Json.createObjectBuilder} would search the class path for a provider each time. */
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private JsonObjects() {}

    static JsonObjectBuilder object() {
        return JSON.createObjectBuilder();
    }

    static JsonArrayBuilder array() {
        return JSON.createArrayBuilder();
    }

    static JsonArrayBuilder array(Collection<String> texts) {
        return JSON.createArrayBuilder(texts);
    }

    /** Adds a value that JSON writes as a string: a text, an instant, an id. */
    static void add(JsonObjectBuilder json, String name, Optional<?> value) {
        value.ifPresent(known -> json.add(name, known.toString()));
    }

    static void addObject(JsonObjectBuilder json, String name, JsonObjectBuilder value) {
        JsonObject object = value.build();
        if (!object.isEmpty()) {
            json.add(name, object);
        }
    }
}
