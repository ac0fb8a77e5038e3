package org.mxhooks.api;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.Response;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.mxhooks.relay.SubscriptionContent;
import org.mxhooks.web.Refused;

/** The body of a request about a subscription. A field that there is not is refused: it may be a misspelt one. */
final class SubscriptionInput {

    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());
    private static final int MAX_CHARACTERS = 200_000;
    private static final Set<String> FIELDS =
            Set.of("name", "url", "version", "events", "filter", "format", "headers", "active", "secret");

    /** What an answer has besides; so that it can be sent back. */
    private static final Set<String> READ_ONLY =
            Set.of("id", "secretFingerprint", "createdAt", "pauseReason", "breaker", "state");

    private static final SubscriptionContent NEW =
            new SubscriptionContent("", "", "1", Set.of(), Set.of(), Set.of(), "projects", Map.of());

    private final JsonObject json;

    private SubscriptionInput(JsonObject json) {
        this.json = json;
    }

    /** The body of a request that creates or replaces a subscription. */
    static SubscriptionInput of(String body) {
        JsonObject json = parse(body);
        refuseOthers("", json, FIELDS, READ_ONLY);
        return new SubscriptionInput(json);
    }

    /** The secret that a request to rotate it may have; its body may be empty. */
    static Optional<String> secretOf(String body) {
        if (body == null || body.isBlank()) {
            return Optional.empty();
        }
        JsonObject json = parse(body);
        refuseOthers("", json, Set.of("secret"), Set.of());
        return new SubscriptionInput(json).secret();
    }

    private static JsonObject parse(String body) {
        if (body == null || body.length() > MAX_CHARACTERS) {
            throw refuse("The body must be a JSON object of at most %s characters.".formatted(MAX_CHARACTERS));
        }
        try (JsonReader reader = READERS.createReader(new StringReader(body))) {
            return reader.readObject();
        } catch (RuntimeException noObject) {
            throw refuse("The body must be a JSON object.");
        }
    }

    private static void refuseOthers(String path, JsonObject json, Set<String> known, Set<String> ignored) {
        json.keySet().stream()
                .filter(name -> !known.contains(name) && !ignored.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw refuse("There is no field %s%s; there are: %s."
                            .formatted(path, BadParameter.printable(name), String.join(", ", new TreeSet<>(known))));
                });
    }

    /** What a new subscription is to be. */
    SubscriptionContent content() {
        text("name").orElseThrow(() -> refuse("name is required."));
        text("url").orElseThrow(() -> refuse("url is required."));
        return contentOver(NEW);
    }

    /** What a subscription is to be; a field that is left out stays as it is. */
    SubscriptionContent contentOver(SubscriptionContent present) {
        JsonObject filter = object("filter", json);
        refuseOthers("filter.", filter, Set.of("apps", "actions"), Set.of());
        return new SubscriptionContent(
                text("name").orElse(present.name()),
                text("url").orElse(present.url()),
                text("version").orElse(present.version()),
                texts("events", json).orElse(present.events()),
                texts("apps", filter).orElse(present.apps()),
                texts("actions", filter).orElse(present.actions()),
                text("format").orElse(present.format()),
                json.containsKey("headers") ? headers() : present.headers());
    }

    boolean active(boolean byDefault) {
        return switch (valueOf("active", json).getValueType()) {
            case NULL -> byDefault;
            case TRUE -> true;
            case FALSE -> false;
            default -> throw refuse("active must be true or false.");
        };
    }

    Optional<String> secret() {
        return text("secret");
    }

    /** A secret belongs to creating and rotating: a change must not set it by the way. */
    SubscriptionInput withoutSecret() {
        if (json.containsKey("secret")) {
            throw refuse("secret cannot be changed here; POST it to …/rotate-secret.");
        }
        return this;
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        object("headers", json).forEach((name, value) -> {
            if (!(value instanceof JsonString text)) {
                throw refuse("headers must be an object of texts.");
            }
            headers.put(name, text.getString());
        });
        return headers;
    }

    private Optional<String> text(String field) {
        JsonValue value = valueOf(field, json);
        if (value == JsonValue.NULL) {
            return Optional.empty();
        }
        if (value instanceof JsonString text) {
            return Optional.of(text.getString());
        }
        throw refuse("%s must be a text.".formatted(field));
    }

    private static Optional<Set<String>> texts(String field, JsonObject of) {
        JsonValue value = valueOf(field, of);
        if (value == JsonValue.NULL) {
            return Optional.empty();
        }
        if (value instanceof JsonArray array && array.stream().allMatch(JsonString.class::isInstance)) {
            Set<String> texts = new TreeSet<>();
            array.getValuesAs(JsonString.class).forEach(text -> texts.add(text.getString()));
            return Optional.of(texts);
        }
        throw refuse("%s must be an array of texts.".formatted(field));
    }

    private static JsonObject object(String field, JsonObject of) {
        JsonValue value = valueOf(field, of);
        if (value == JsonValue.NULL) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        if (value instanceof JsonObject object) {
            return object;
        }
        throw refuse("%s must be an object.".formatted(field));
    }

    private static JsonValue valueOf(String field, JsonObject of) {
        return of.getOrDefault(field, JsonValue.NULL);
    }

    static Refused refuse(String detail) {
        return new Refused(Response.Status.BAD_REQUEST, detail);
    }
}
