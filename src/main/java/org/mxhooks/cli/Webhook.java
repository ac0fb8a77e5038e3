package org.mxhooks.cli;

import static java.util.stream.Collectors.joining;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A webhook of an app, as the portal has it or is to have it.
 *
 * @param name for people
 * @param url that deliveries go to
 * @param eventTypes that it is subscribed to, in the portal's words
 * @param active whether the portal sends
 * @param secret that signs deliveries
 * @param headers that were configured by hand and are sent with each delivery, as the portal has them
 */
record Webhook(String name, String url, Set<String> eventTypes, boolean active, String secret, JsonArray headers) {

    private static final String HEADERS = "headers";

    static Webhook of(JsonObject detailed) throws CommandFailure {
        return new Webhook(
                text(detailed, "name"),
                text(detailed, "url"),
                eventTypes(detailed),
                detailed.getBoolean("isActive", false),
                text(detailed, "validationSecret"),
                detailed.get(HEADERS) instanceof JsonArray given ? given : JsonValue.EMPTY_JSON_ARRAY);
    }

    private static Set<String> eventTypes(JsonObject webhook) throws CommandFailure {
        if (!(webhook.get("eventTypes") instanceof JsonArray types)) {
            throw unexpected("a webhook without eventTypes");
        }
        Set<String> texts = new TreeSet<>();
        types.forEach(type -> texts.add(type instanceof JsonString text ? text.getString() : type.toString()));
        return texts;
    }

    /** A text that every webhook has. */
    static String text(JsonObject webhook, String field) throws CommandFailure {
        if (webhook.get(field) instanceof JsonString text) {
            return text.getString();
        }
        throw unexpected("a webhook without " + field);
    }

    /** What the portal answered is not of the described form. */
    static CommandFailure unexpected(String what) {
        return CommandFailure.refused(
                "the portal answered with %s. Is it the Webhooks API, version 1, at --portal? Nothing was changed after that."
                        .formatted(what));
    }

    /** The body of a request that creates or changes it. */
    JsonObject json() {
        JsonArrayBuilder types = Json.createArrayBuilder(eventTypes);
        return Json.createObjectBuilder()
                .add("name", name)
                .add("url", url)
                .add("eventTypes", types)
                .add("isActive", active)
                .add("validationSecret", secret)
                .add(HEADERS, headers)
                .build();
    }

    /** What is different in another, for people; without the secrets. */
    List<String> changesTo(Webhook other) {
        List<String> changes = new ArrayList<>();
        change("name", name, other.name).ifPresent(changes::add);
        change("url", url, other.url).ifPresent(changes::add);
        difference("+", other.eventTypes, eventTypes).ifPresent(changes::add);
        difference("-", eventTypes, other.eventTypes).ifPresent(changes::add);
        if (active != other.active) {
            changes.add(other.active ? "is activated" : "is deactivated");
        }
        if (!secret.equals(other.secret)) {
            changes.add("gets another secret");
        }
        if (!headers.equals(other.headers)) {
            changes.add("gets other headers");
        }
        return changes;
    }

    private static Optional<String> change(String field, String from, String to) {
        return from.equals(to) ? Optional.empty() : Optional.of("%s: %s -> %s".formatted(field, from, to));
    }

    private static Optional<String> difference(String sign, Set<String> some, Set<String> others) {
        String all = some.stream()
                .filter(type -> !others.contains(type))
                .map(type -> sign + type)
                .collect(joining(" "));
        return all.isEmpty() ? Optional.empty() : Optional.of("events: " + all);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "webhook %s to %s".formatted(name, url);
    }
}
