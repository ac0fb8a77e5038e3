package org.mxhooks.api;

import static jakarta.ws.rs.core.Response.Status.NOT_FOUND;
import static jakarta.ws.rs.core.Response.Status.OK;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.mxhooks.database.Database;
import org.mxhooks.operations.BoundedCount;
import org.mxhooks.operations.DeadLetter;
import org.mxhooks.operations.Operations;
import org.mxhooks.operations.TableFormat;
import org.mxhooks.relay.Subscriptions;
import org.mxhooks.web.Problem;

/** Dead letters: lists, replays and discards them. */
@Path("dead")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class DeadLetters {

    @Inject
    Operations operations;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Database database;

    @Inject
    HttpServletRequest connection;

    /** Where a page ended: a delivery may be dead for several consumers. */
    private record End(long position, String consumer) {

        private static final Pattern FORM = Pattern.compile("([0-9]{1,18}) ([A-Za-z0-9._-]{0,200})");

        static End of(Query query) {
            return query.cursor(FORM)
                    .map(end -> new End(Long.parseLong(end.group(1)), end.group(2)))
                    .orElse(new End(Long.MAX_VALUE, ""));
        }

        static String cursor(DeadLetter letter) {
            return Query.cursor(
                    letter.summary().position() + " " + letter.consumer().orElse(""));
        }
    }

    /** Lists dead letters page by page, the newest delivery first. */
    @GET
    public Response dead(@Context UriInfo uri) throws Exception {
        Query query = new Query(uri, "consumer", "reason", "limit", "cursor");
        Optional<String> given = query.consumerIfAny();
        Optional<String> reason = query.reason();
        End end = End.of(query);
        int limit = query.limit();
        return Answers.from(database, () -> {
            Map<String, String> names = subscriptions.names();
            JsonPage<DeadLetter> page =
                    new JsonPage<>("dead", limit, letter -> DeliveryJson.of(letter, names), End::cursor);
            Optional<String> consumer = consumer(given);
            return Answers.page(
                    page, operations.deadLetters(consumer, reason, end.position(), end.consumer(), page.toRead()));
        });
    }

    /** Counts them, up to 100,000; also those that can be replayed: what could not be decoded is no event. */
    @GET
    @Path("count")
    public Response count(@Context UriInfo uri) throws Exception {
        Query query = new Query(uri, "consumer", "reason");
        Optional<String> given = query.consumerIfAny();
        Optional<String> reason = query.reason();
        return Answers.from(database, () -> {
            Optional<String> consumer = consumer(given);
            BoundedCount count = operations.countDead(consumer, reason);
            BoundedCount replayable = operations.countReplayable(consumer, reason);
            return Answers.of(
                    OK,
                    JsonObjects.object()
                            .add("count", count.number())
                            .add("more", count.more())
                            .add("replayable", replayable.number()));
        });
    }

    /** Writes the same list as a file. */
    @GET
    @Path("download")
    @Produces({MediaType.APPLICATION_JSON, "text/csv", "application/x-ndjson"})
    public Response download(@Context UriInfo uri) throws Exception {
        Query query = new Query(uri, "consumer", "reason", "format");
        Optional<String> given = query.consumerIfAny();
        Optional<String> reason = query.reason();
        TableFormat format = query.format();
        return Answers.from(database, () -> {
            Optional<String> consumer = consumer(given);
            return DownloadAnswer.of(
                    "dead-letters", format, connection, to -> operations.downloadDead(consumer, reason, to));
        });
    }

    /**
     * Replays the dead letters of a consumer, optionally only those with a reason; returns their number, 404 if the
     * consumer is unknown.
     */
    @POST
    @Path("replay")
    public Response replay(@Context UriInfo uri) throws Exception {
        Query query = new Query(uri, "consumer", "reason");
        String given = query.consumer();
        Optional<String> reason = query.reason();
        return Answers.from(
                database,
                () -> Answers.replays(
                        operations.replayDead(consumer(Optional.of(given)).orElseThrow(), reason)));
    }

    /**
     * Discards the dead letters of a delivery, of one consumer or of all, and that of an undecodable body; returns
     * their number, 404 if there is none.
     */
    @POST
    @Path("discard")
    public Response discard(@Context UriInfo uri, @Context SecurityContext user) throws Exception {
        Query query = new Query(uri, "delivery", "consumer", "note");
        String by = user.getUserPrincipal().getName();
        Optional<String> note = query.note();
        UUID delivery = query.delivery();
        Optional<String> given = query.consumerIfAny();
        return Answers.from(database, () -> {
            Optional<String> consumer = consumer(given);
            int discarded = operations.discard(delivery, consumer, by, note);
            return discarded > 0
                    ? Answers.of(OK, JsonObjects.object().add("discarded", discarded))
                    : Problem.of(
                            NOT_FOUND,
                            "Nothing to discard: this delivery is not a dead letter, or not one of this consumer.");
        });
    }

    private Optional<String> consumer(Optional<String> given) throws SQLException {
        return new ConsumerLookup(operations, subscriptions).find(given);
    }
}
