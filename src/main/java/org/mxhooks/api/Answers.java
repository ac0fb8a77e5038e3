package org.mxhooks.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mxhooks.database.Database;
import org.mxhooks.ingest.RefusedEntry;
import org.mxhooks.web.Problem;
import org.mxhooks.web.Refused;

/** Responses that several resources of the API give. */
final class Answers {

    private static final int MAX_NAMES = 30;

    private Answers() {}

    /** An answer that needs the database. */
    interface Stored {
        Response answer() throws Exception;
    }

    /** Answers 503 until the database is there for the first time; later faults are mapped. */
    static Response from(Database database, Stored stored) throws Exception {
        return database.isOpen() ? stored.answer() : Problem.storageUnavailable();
    }

    static Response of(Response.Status status, JsonObjectBuilder json) {
        return of(status, json.build().toString());
    }

    static Response of(JsonArrayBuilder json) {
        return of(Response.Status.OK, json.build().toString());
    }

    /** 202: so many notifications come of it. */
    static Response replays(int howMany) {
        return of(Response.Status.ACCEPTED, JsonObjects.object().add("replays", howMany));
    }

    /**
     * 404 for a name that no consumer has, with those that there are.
     *
     * @param names of subscriptions by consumer
     */
    static Refused unknownConsumer(String name, List<String> known, Map<String, String> names) {
        String listed = known.stream()
                .limit(MAX_NAMES)
                .map(one -> names.containsKey(one) ? "%s (%s)".formatted(one, names.get(one)) : one)
                .collect(joining(", "));
        return new Refused(
                Response.Status.NOT_FOUND,
                "There is no consumer %s; the consumers are: %s%s."
                        .formatted(
                                BadParameter.printable(name),
                                known.isEmpty() ? "none" : listed,
                                known.size() > MAX_NAMES ? ", …" : ""));
    }

    /** 404 for a name that no endpoint has and no refused request, with those that there are. */
    static Response unknownEndpoint(String name, Collection<String> known) {
        return Problem.of(
                Response.Status.NOT_FOUND,
                "There is no endpoint %s; the endpoints are: %s. Requests to any other name are listed by the endpoint %s."
                        .formatted(
                                BadParameter.printable(name),
                                known.stream().sorted().collect(joining(", ")),
                                RefusedEntry.NO_ENDPOINT));
    }

    /** A page of what was found. */
    static <T> Response page(JsonPage<T> page, List<T> found) {
        return of(Response.Status.OK, page.of(found).toString());
    }

    /** A page of what was found, with the cursor of the next where that does not begin with an entry that was found. */
    static <T> Response page(JsonPage<T> page, List<T> found, Optional<String> beyond) {
        return of(Response.Status.OK, page.of(found, beyond).toString());
    }

    private static Response of(Response.Status status, String json) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(json.getBytes(UTF_8))
                .build();
    }
}
