package org.mxhooks.admin;

import static jakarta.ws.rs.core.Response.Status.CONFLICT;
import static jakarta.ws.rs.core.Response.Status.NOT_FOUND;
import static jakarta.ws.rs.core.Response.Status.OK;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.time.Instant;
import org.mxhooks.database.Database;
import org.mxhooks.dispatch.Backlog;
import org.mxhooks.dispatch.Dispatch;
import org.mxhooks.problem.Problem;

/** What every consumer has before it, and what may be done about it. */
@Path("consumers")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class Consumers {

    @Inject
    Dispatch dispatch;

    @Inject
    Database database;

    /** All that are known, in the order of their names, also those that no node has. */
    @GET
    public Response consumers(@Context UriInfo uri) throws Exception {
        new Query(uri);
        return Answers.from(database, () -> {
            JsonArrayBuilder consumers = Answers.JSON.createArrayBuilder();
            dispatch.backlogs().forEach(backlog -> consumers.add(json(backlog)));
            return Answers.of(consumers);
        });
    }

    /** Lets nobody notify it until it is resumed. */
    @POST
    @Path("{consumer}/pause")
    public Response pause(@PathParam("consumer") String consumer, @Context UriInfo uri) throws Exception {
        new Query(uri);
        String name = Query.consumer(consumer);
        return Answers.from(database, () -> dispatch.pause(name) ? told(name) : unknown());
    }

    /** Lets it go on where it stood. */
    @POST
    @Path("{consumer}/resume")
    public Response resume(@PathParam("consumer") String consumer, @Context UriInfo uri) throws Exception {
        new Query(uri);
        String name = Query.consumer(consumer);
        return Answers.from(database, () -> dispatch.resume(name) ? told(name) : unknown());
    }

    /** Has it notified again of all that arrived from one instant until before another; tells of how many. */
    @POST
    @Path("{consumer}/replay")
    public Response replay(@PathParam("consumer") String consumer, @Context UriInfo uri) throws Exception {
        Query query = new Query(uri, "from", "to");
        String name = Query.consumer(consumer);
        Instant from = query.requiredInstant("from");
        Instant to = query.requiredInstant("to");
        return Answers.from(
                database, () -> isKnown(name) ? Answers.replays(dispatch.replay(name, from, to)) : unknown());
    }

    /** Forgets it with all that it had not finished; 409 while a node has it. */
    @DELETE
    @Path("{consumer}")
    public Response retire(@PathParam("consumer") String consumer, @Context UriInfo uri) throws Exception {
        new Query(uri);
        String name = Query.consumer(consumer);
        return Answers.from(database, () -> switch (dispatch.retire(name)) {
            case RETIRED -> Response.noContent().build();
            case UNKNOWN -> unknown();
            case STILL_DEPLOYED ->
                Problem.of(
                        CONFLICT,
                        "A running node has this consumer; undeploy it first, then wait 15 seconds for its lease.");
        });
    }

    private boolean isKnown(String name) throws SQLException {
        return dispatch.backlogs().stream()
                .anyMatch(backlog -> backlog.consumer().equals(name));
    }

    private Response told(String name) throws SQLException {
        return dispatch.backlogs().stream()
                .filter(backlog -> backlog.consumer().equals(name))
                .findFirst()
                .map(backlog -> Answers.of(OK, json(backlog)))
                .orElseGet(Consumers::unknown);
    }

    private static Response unknown() {
        return Problem.of(
                NOT_FOUND, "There is no consumer of this name; /api/v1/consumers lists those that are known.");
    }

    private static JsonObjectBuilder json(Backlog backlog) {
        JsonObjectBuilder json = Answers.JSON
                .createObjectBuilder()
                .add("name", backlog.consumer())
                .add("pending", backlog.pending())
                .add("parked", backlog.parked())
                .add("replays", backlog.replays())
                .add("dead", backlog.dead());
        Answers.add(json, "oldestPending", backlog.oldestPending());
        return json.add("paused", backlog.paused()).add("deployed", backlog.deployed());
    }
}
