package org.mxhooks.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.mxhooks.database.Database;
import org.mxhooks.inbox.KeptDelivery;
import org.mxhooks.mendix.Attributes;
import org.mxhooks.operations.Waiting;
import org.mxhooks.web.Problem;

/** What the operator's answers have in common. */
final class Answers {

    /** {@code Json.createObjectBuilder} would search the class path for a provider each time. */
    static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private static final int MAX_NAMES = 30;

    private Answers() {}

    /** What needs the database to be answered. */
    interface Stored {
        Response answer() throws Exception;
    }

    /** Answers 503 until the database is there for the first time; later faults are mapped. */
    static Response from(Database database, Stored stored) throws Exception {
        return database.isOpen() ? stored.answer() : Problem.storageAway();
    }

    static Response of(Response.Status status, JsonObjectBuilder json) {
        return of(status, json.build().toString());
    }

    static Response of(JsonArrayBuilder json) {
        return of(Response.Status.OK, json.build().toString());
    }

    /** 202: so many notifications come of it. */
    static Response replays(int howMany) {
        return of(Response.Status.ACCEPTED, JSON.createObjectBuilder().add("replays", howMany));
    }

    /** 404 for a name that no consumer has, with those that there are. */
    static Response unknownConsumer(String name, List<String> known) {
        String names = known.stream().limit(MAX_NAMES).collect(joining(", "));
        return Problem.of(
                Response.Status.NOT_FOUND,
                "There is no consumer %s; known are: %s%s."
                        .formatted(name, known.isEmpty() ? "none" : names, known.size() > MAX_NAMES ? ", …" : ""));
    }

    /**
     * A page of a list, which ends by their number, or before it takes more than {@link JsonPage#MAX_BYTES}, but has
     * one at least.
     *
     * @param found one more than belongs on the page, if there is another page
     * @param cursor where a page ends, from its last one
     */
    static <T> Response page(
            String name, List<T> found, int limit, Function<T, JsonObjectBuilder> json, Function<T, String> cursor) {
        return of(
                Response.Status.OK,
                new JsonPage<>(name, limit, json, cursor).of(found).toString());
    }

    static void add(JsonObjectBuilder json, String name, Optional<?> value) {
        value.ifPresent(known -> json.add(name, known.toString()));
    }

    /** That a consumer asked to be notified later. */
    static JsonObjectBuilder describe(Waiting waiting) {
        return JSON.createObjectBuilder()
                .add("since", waiting.since().toString())
                .add("nextTry", waiting.nextTry().toString())
                .add("reason", waiting.reason())
                .add("message", waiting.message());
    }

    /** What the log holds of a delivery. */
    static JsonObjectBuilder describe(KeptDelivery kept) {
        Attributes attributes = kept.attributes();
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("delivery", kept.delivery().toString())
                .add("endpoint", kept.endpoint())
                .add("receivedAt", kept.receivedAt().toString())
                .add("category", attributes.category())
                .add("action", attributes.action());
        add(json, "appId", attributes.appId());
        attributes.resource().ifPresent(resource -> {
            json.add("resourceType", resource.type());
            resource.number()
                    .ifPresentOrElse(
                            number -> json.add("resourceId", number), () -> json.add("resourceId", resource.id()));
        });
        add(json, "portalId", attributes.portalId());
        return json;
    }

    private static Response of(Response.Status status, String json) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(json.getBytes(UTF_8))
                .build();
    }
}
