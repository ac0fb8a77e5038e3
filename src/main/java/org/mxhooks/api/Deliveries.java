package org.mxhooks.api;

import static jakarta.ws.rs.core.Response.Status.CONFLICT;
import static jakarta.ws.rs.core.Response.Status.GONE;
import static jakarta.ws.rs.core.Response.Status.NOT_FOUND;
import static jakarta.ws.rs.core.Response.Status.OK;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.mxhooks.database.Database;
import org.mxhooks.operations.BodyText;
import org.mxhooks.operations.ConsumerState.State;
import org.mxhooks.operations.DeliveryDetail;
import org.mxhooks.operations.DeliveryFilter;
import org.mxhooks.operations.DeliveryPage;
import org.mxhooks.operations.FoundDelivery;
import org.mxhooks.operations.Operations;
import org.mxhooks.operations.ReplayRequest;
import org.mxhooks.operations.TableFormat;
import org.mxhooks.relay.Subscriptions;
import org.mxhooks.web.Problem;

/** Accepted deliveries, the states of their consumers, and replays. */
@Path("deliveries")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class Deliveries {

    private static final List<String> STATES =
            Stream.of(State.values()).map(ConsumerJson::text).toList();

    private static final String[] FILTER = {
        "endpoint", "category", "portalId", "appId", "resourceId", "text", "field", "state", "from", "to"
    };

    @Inject
    Operations operations;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Database database;

    @Inject
    HttpServletRequest connection;

    /** Lists deliveries page by page, newest first. */
    @GET
    public Response deliveries(@Context UriInfo uri) throws Exception {
        Query query = new Query(uri, parameters("limit", "cursor"));
        DeliveryFilter filter = filter(query);
        long before = query.cursor().orElse(Long.MAX_VALUE);
        JsonPage<FoundDelivery> page = new JsonPage<>(
                "deliveries",
                query.limit(),
                DeliveryJson::of,
                found -> Query.cursor(found.summary().position()));
        return Answers.from(database, () -> {
            DeliveryPage read = operations.deliveries(filter, before, page.toRead());
            OptionalLong next = read.next();
            return Answers.page(
                    page,
                    read.found(),
                    next.isPresent() ? Optional.of(Query.cursor(next.getAsLong())) : Optional.empty());
        });
    }

    /** Writes the same list as a file. RESTEasy compares media types before paths: JSON is named for it, too. */
    @GET
    @Path("download")
    @Produces({MediaType.APPLICATION_JSON, "text/csv", "application/x-ndjson"})
    public Response download(@Context UriInfo uri) throws Exception {
        Query query = new Query(uri, parameters("format", "cursor"));
        DeliveryFilter filter = filter(query);
        long before = query.cursor().orElse(Long.MAX_VALUE);
        TableFormat format = query.format();
        return Answers.from(
                database,
                () -> DownloadAnswer.of(
                        "deliveries", format, connection, to -> operations.download(filter, before, to)));
    }

    private static String[] parameters(String... others) {
        return Stream.concat(Stream.of(FILTER), Stream.of(others)).toArray(String[]::new);
    }

    private static DeliveryFilter filter(Query query) {
        Optional<String> text = query.text("text");
        Optional<String> field = query.text("field");
        if (field.isPresent() && text.isEmpty()) {
            throw BadParameter.missing("text");
        }
        return new DeliveryFilter(
                query.text("endpoint"),
                query.text("category"),
                query.portalId(),
                query.text("appId"),
                query.text("resourceId"),
                text.map(sought -> new BodyText(sought, field)),
                query.oneOf("state", STATES).map(state -> State.valueOf(state.toUpperCase(Locale.ROOT))),
                query.instant("from"),
                query.instant("to"));
    }

    /** One delivery in full, with the state of each consumer; 404 if it is unknown. */
    @GET
    @Path("{delivery}")
    public Response delivery(@PathParam("delivery") String delivery, @Context UriInfo uri) throws Exception {
        new Query(uri);
        UUID id = Query.delivery(delivery);
        return Answers.from(database, () -> {
            Optional<DeliveryDetail> detail = operations.delivery(id);
            return detail.isPresent()
                    ? Answers.of(OK, DeliveryJson.of(detail.get(), subscriptions.names()))
                    : unknown();
        });
    }

    /** Replays a delivery to a consumer; 202 if it will be. */
    @POST
    @Path("{delivery}/replay")
    public Response replay(@PathParam("delivery") String delivery, @Context UriInfo uri) throws Exception {
        String given = new Query(uri, "consumer").consumer();
        UUID id = Query.delivery(delivery);
        return Answers.from(database, () -> {
            String consumer = consumer(given);
            return answer(operations.replay(id, consumer), consumer);
        });
    }

    private Response answer(ReplayRequest request, String consumer) throws SQLException {
        return switch (request) {
            case ACCEPTED -> Answers.replays(1);
            case UNKNOWN_DELIVERY -> unknown();
            case UNKNOWN_CONSUMER -> throw Answers.unknownConsumer(consumer, operations.consumers(), Map.of());
            case UNDECODABLE ->
                Problem.of(CONFLICT, "The body of this delivery could not be decoded: there is no event to replay.");
            case PENDING ->
                Problem.of(
                        CONFLICT,
                        "The delivery is still pending for consumer %s, which will be notified of it without a replay."
                                .formatted(consumer));
            case BODY_REMOVED ->
                Problem.of(
                        GONE, "The body of this delivery was removed after mxhooks.retention: it cannot be replayed.");
        };
    }

    private static Response unknown() {
        return Problem.of(NOT_FOUND, "There is no delivery with this id; check that the id is complete.");
    }

    private String consumer(String given) throws SQLException {
        return new ConsumerLookup(operations, subscriptions).find(given);
    }
}
