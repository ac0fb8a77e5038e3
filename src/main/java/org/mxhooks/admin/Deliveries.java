package org.mxhooks.admin;

import static jakarta.ws.rs.core.Response.Status.BAD_REQUEST;
import static jakarta.ws.rs.core.Response.Status.NOT_FOUND;
import static jakarta.ws.rs.core.Response.Status.UNSUPPORTED_MEDIA_TYPE;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.mxhooks.database.Database;
import org.mxhooks.dispatch.ConsumerState;
import org.mxhooks.dispatch.Dispatch;
import org.mxhooks.problem.Problem;

/** How far consumers are with a delivery, and its replay. */
@Path("deliveries/{delivery}")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class Deliveries {

    @Inject
    Dispatch dispatch;

    @Inject
    Database database;

    /** An answer that may fail as storage does. */
    private interface Answer {
        Response to(UUID delivery) throws Exception;
    }

    /** Each consumer's state; 404 if the delivery is unknown or was there before every consumer. */
    @GET
    public Response delivery(@PathParam("delivery") String delivery) throws Exception {
        return answer(delivery, id -> {
            List<ConsumerState> states = dispatch.states(id);
            if (states.isEmpty()) {
                return Problem.of(NOT_FOUND, "No consumer has to do with such a delivery; is the id complete?");
            }
            JsonArrayBuilder consumers = Consumers.JSON.createArrayBuilder();
            states.forEach(state -> consumers.add(json(state)));
            JsonObjectBuilder json = Consumers.JSON
                    .createObjectBuilder()
                    .add("delivery", id.toString())
                    .add("consumers", consumers);
            return Response.ok(json.build().toString().getBytes(UTF_8)).build();
        });
    }

    /** Has a consumer notified again; 202 if it will be. */
    @POST
    @Path("replay")
    public Response replay(
            @PathParam("delivery") String delivery,
            @QueryParam("consumer") String consumer,
            @Context HttpHeaders headers)
            throws Exception {
        if (!isJson(headers)) {
            return Problem.of(UNSUPPORTED_MEDIA_TYPE, "Send this with Content-Type: application/json; it may be {}.");
        }
        if (consumer == null || !consumer.matches("[A-Za-z0-9._-]{1,200}")) {
            return Problem.of(
                    BAD_REQUEST, "The parameter consumer is to be the name of one, as /api/v1/consumers tells it.");
        }
        return answer(
                delivery,
                id -> dispatch.replay(id, consumer)
                        ? Response.accepted("{}".getBytes(UTF_8)).build()
                        : Problem.of(
                                NOT_FOUND,
                                "Nothing to replay: the delivery or the consumer is unknown, the delivery is still pending,"
                                        + " or its body was emptied after mxhooks.retention."));
    }

    private Response answer(String delivery, Answer answer) throws Exception {
        if (!delivery.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            return Problem.of(BAD_REQUEST, "delivery is to be a UUID, as the answer to the sender told it.");
        }
        return database.isOpen() ? answer.to(UUID.fromString(delivery)) : Problem.storageAway();
    }

    /** A page of a stranger's cannot have a browser send this type. The header's other name: see HeaderFilter. */
    private static boolean isJson(HttpHeaders headers) {
        return Stream.of(HttpHeaders.CONTENT_TYPE, "Mxhooks-Sent-Content-Type")
                .map(headers::getHeaderString)
                .filter(Objects::nonNull)
                .anyMatch(type -> type.toLowerCase(Locale.ROOT).matches("application/json\\s*(;.*)?"));
    }

    private static JsonObjectBuilder json(ConsumerState state) {
        JsonObjectBuilder json = Consumers.JSON
                .createObjectBuilder()
                .add("consumer", state.consumer())
                .add("state", state.state().name().toLowerCase(Locale.ROOT))
                .add("replay", state.replay())
                .add("attempts", state.attempts());
        state.due().ifPresent(due -> json.add("due", due.toString()));
        state.reason().ifPresent(reason -> json.add("reason", reason));
        state.message().ifPresent(message -> json.add("message", message));
        state.trace().ifPresent(trace -> json.add("trace", trace));
        return json;
    }
}
