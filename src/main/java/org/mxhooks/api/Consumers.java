package org.mxhooks.api;

import static jakarta.ws.rs.core.Response.Status.CONFLICT;
import static jakarta.ws.rs.core.Response.Status.OK;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.servlet.http.HttpServletRequest;
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
import java.util.Map;
import java.util.Optional;
import org.mxhooks.database.Database;
import org.mxhooks.operations.Backlog;
import org.mxhooks.operations.Operations;
import org.mxhooks.operations.Retirement;
import org.mxhooks.operations.TableFormat;
import org.mxhooks.relay.Subscription;
import org.mxhooks.relay.Subscriptions;
import org.mxhooks.web.Problem;

/** Consumers with their outstanding work, and the operations on them. */
@Path("consumers")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class Consumers {

    @Inject
    Operations operations;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Database database;

    @Inject
    HttpServletRequest connection;

    /** Lists all consumers by name, including those that no node has. */
    @GET
    public Response consumers(@Context UriInfo uri) throws Exception {
        new Query(uri);
        return Answers.from(database, () -> {
            JsonArrayBuilder consumers = JsonObjects.array();
            Map<String, Subscription> byConsumer = byConsumer();
            operations
                    .backlogs()
                    .forEach(backlog -> consumers.add(
                            ConsumerJson.of(backlog, Optional.ofNullable(byConsumer.get(backlog.consumer())))));
            return Answers.of(consumers);
        });
    }

    /** Writes the same list as a file. RESTEasy compares media types before paths: JSON is named for it, too. */
    @GET
    @Path("download")
    @Produces({MediaType.APPLICATION_JSON, "text/csv", "application/x-ndjson"})
    public Response download(@Context UriInfo uri) throws Exception {
        Query query = new Query(uri, "format");
        TableFormat format = query.format();
        return Answers.from(
                database, () -> DownloadAnswer.of("consumers", format, connection, operations::downloadConsumers));
    }

    /** Shows one consumer, and what retiring it would drop. */
    @GET
    @Path("{consumer}")
    public Response consumer(@PathParam("consumer") String consumer, @Context UriInfo uri) throws Exception {
        new Query(uri);
        String given = Query.consumer(consumer);
        return Answers.from(database, () -> described(named(given)));
    }

    /** Pauses a consumer: no node notifies it until it is resumed. */
    @POST
    @Path("{consumer}/pause")
    public Response pause(@PathParam("consumer") String consumer, @Context UriInfo uri) throws Exception {
        new Query(uri);
        String given = Query.consumer(consumer);
        return Answers.from(database, () -> {
            String name = named(given);
            return operations.pause(name) ? described(name) : unknown(name);
        });
    }

    /** Resumes a consumer at its cursors. */
    @POST
    @Path("{consumer}/resume")
    public Response resume(@PathParam("consumer") String consumer, @Context UriInfo uri) throws Exception {
        new Query(uri);
        String given = Query.consumer(consumer);
        return Answers.from(database, () -> {
            String name = named(given);
            return operations.resume(name) ? described(name) : unknown(name);
        });
    }

    /** Replays all deliveries of a period; returns their number. */
    @POST
    @Path("{consumer}/replay")
    public Response replay(@PathParam("consumer") String consumer, @Context UriInfo uri) throws Exception {
        Query query = new Query(uri, "from", "to");
        String given = Query.consumer(consumer);
        Instant from = query.requiredInstant("from");
        Instant to = query.requiredInstantAfter("to", from);
        return Answers.from(database, () -> Answers.replays(operations.replay(named(given), from, to)));
    }

    /**
     * Retires a consumer and returns what was dropped; 409 while a node has it, and for that of a subscription, which
     * would be sent nothing any more.
     */
    @DELETE
    @Path("{consumer}")
    public Response retire(@PathParam("consumer") String consumer, @Context UriInfo uri) throws Exception {
        new Query(uri);
        String given = Query.consumer(consumer);
        return Answers.from(database, () -> {
            String name = named(given);
            String subscription = subscriptions.names().get(name);
            if (subscription != null) {
                return Problem.of(
                        CONFLICT,
                        "Consumer %s is that of subscription %s: delete the subscription instead (mxhooks subscriptions delete)."
                                .formatted(name, subscription));
            }
            Retirement retirement = operations.retire(name);
            if (retirement instanceof Retirement.Retired retired) {
                return Answers.of(OK, ConsumerJson.of(retired.dropped(), Optional.empty()));
            }
            return retirement instanceof Retirement.Unknown
                    ? unknown(name)
                    : Problem.of(
                            CONFLICT,
                            "A running node has this consumer; undeploy it first, then wait 15 seconds for its lease to expire.");
        });
    }

    private Response described(String name) throws SQLException {
        Optional<Backlog> backlog = operations.backlog(name);
        return backlog.isPresent()
                ? Answers.of(
                        OK,
                        ConsumerJson.of(
                                backlog.get(), Optional.ofNullable(byConsumer().get(name))))
                : unknown(name);
    }

    private Map<String, Subscription> byConsumer() throws SQLException {
        return subscriptions.all().stream().collect(toMap(Subscription::consumer, identity()));
    }

    private Response unknown(String name) throws SQLException {
        throw Answers.unknownConsumer(name, operations.consumers(), subscriptions.names());
    }

    private String named(String given) throws SQLException {
        return new ConsumerLookup(operations, subscriptions).find(given);
    }
}
