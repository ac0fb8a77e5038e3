package org.mxhooks.api;

import static jakarta.ws.rs.core.Response.Status.CONFLICT;
import static jakarta.ws.rs.core.Response.Status.NOT_FOUND;
import static jakarta.ws.rs.core.Response.Status.OK;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.mxhooks.database.Database;
import org.mxhooks.operations.Operations;
import org.mxhooks.operations.Repairs;
import org.mxhooks.orders.TooManyOrders;
import org.mxhooks.orders.WorkOrder;
import org.mxhooks.relay.Subscriptions;
import org.mxhooks.web.Problem;

/** Orders about many dead letters or deliveries: gives, lists and cancels them. */
@Path("orders")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class OrderResource {

    private static final Pattern END = Pattern.compile("([0-9]{1,12})\\.([0-9]{1,9})");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    @Inject
    Repairs repairs;

    @Inject
    Operations operations;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Database database;

    private interface Giving {
        WorkOrder give(Optional<String> consumer) throws SQLException;
    }

    /** Lists orders of all kinds page by page, the newest first. */
    @GET
    public Response orders(@Context UriInfo uri) throws Exception {
        Query query = new Query(uri, "limit", "cursor");
        Instant before = query.cursor(END)
                .map(end -> Instant.ofEpochSecond(Long.parseLong(end.group(1)), Long.parseLong(end.group(2))))
                .orElse(LAST);
        JsonPage<WorkOrder> page = new JsonPage<>(
                "orders",
                query.limit(),
                OrderJson::of,
                last -> Query.cursor(last.orderedAt().getEpochSecond() + "."
                        + last.orderedAt().getNano()));
        return Answers.from(database, () -> Answers.page(page, repairs.orders(before, page.toRead())));
    }

    /** Shows how far an order is; 404 if it is unknown. */
    @GET
    @Path("{order}")
    public Response order(@PathParam("order") String order, @Context UriInfo uri) throws Exception {
        new Query(uri);
        UUID id = id(order);
        return Answers.from(database, () -> shown(id));
    }

    /** Orders the replay of dead letters; 202. */
    @POST
    @Path("replay-dead")
    public Response replayDead(@Context UriInfo uri, @Context SecurityContext user) throws Exception {
        Query query = new Query(uri, "consumer", "reason");
        Optional<String> reason = query.reason();
        return given(query.consumerIfAny(), consumer -> repairs.replayDead(consumer, reason, name(user)));
    }

    /** Orders that dead letters are discarded; 202. */
    @POST
    @Path("discard-dead")
    public Response discardDead(@Context UriInfo uri, @Context SecurityContext user) throws Exception {
        Query query = new Query(uri, "consumer", "reason", "note");
        Optional<String> reason = query.reason();
        Optional<String> note = query.note();
        return given(query.consumerIfAny(), consumer -> repairs.discardDead(consumer, reason, note, name(user)));
    }

    /** Orders the replay of all deliveries of a period; 202. */
    @POST
    @Path("replay-period")
    public Response replayPeriod(@Context UriInfo uri, @Context SecurityContext user) throws Exception {
        Query query = new Query(uri, "consumer", "from", "to");
        String given = query.consumer();
        Instant from = query.requiredInstant("from");
        Instant to = query.requiredInstantAfter("to", from);
        return given(
                Optional.of(given), consumer -> repairs.replayPeriod(consumer.orElseThrow(), from, to, name(user)));
    }

    /** Cancels an order; 409 if it has ended. */
    @POST
    @Path("{order}/cancel")
    public Response cancel(@PathParam("order") String order, @Context UriInfo uri, @Context SecurityContext user)
            throws Exception {
        new Query(uri);
        UUID id = id(order);
        return Answers.from(database, () -> {
            boolean cancelled = repairs.cancel(id, name(user));
            return cancelled || repairs.order(id).isEmpty()
                    ? shown(id)
                    : Problem.of(CONFLICT, "The order has ended: there is nothing to cancel.");
        });
    }

    private Response given(Optional<String> given, Giving giving) throws Exception {
        return Answers.from(database, () -> {
            Optional<String> consumer = consumer(given);
            try {
                return Answers.of(Response.Status.ACCEPTED, OrderJson.of(giving.give(consumer)));
            } catch (TooManyOrders e) {
                return Problem.of(CONFLICT, e.getMessage() + ".");
            }
        });
    }

    private Response shown(UUID id) throws SQLException {
        Optional<WorkOrder> order = repairs.order(id);
        return order.isPresent()
                ? Answers.of(OK, OrderJson.of(order.get()))
                : Problem.of(NOT_FOUND, "There is no order with this id; ended orders are kept for a while only.");
    }

    private static UUID id(String order) {
        return Query.uuid("order", order, "a UUID, as in the answer to the order");
    }

    private static String name(SecurityContext user) {
        return user.getUserPrincipal().getName();
    }

    private Optional<String> consumer(Optional<String> given) throws SQLException {
        return new ConsumerLookup(operations, subscriptions).find(given);
    }
}
