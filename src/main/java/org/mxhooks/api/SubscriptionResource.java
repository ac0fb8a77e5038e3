package org.mxhooks.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.database.Database;
import org.mxhooks.relay.Attempt;
import org.mxhooks.relay.InvalidSubscription;
import org.mxhooks.relay.RelayUnavailable;
import org.mxhooks.relay.Subscription;
import org.mxhooks.relay.SubscriptionContent;
import org.mxhooks.relay.Subscriptions;
import org.mxhooks.web.Problem;

/** Subscriptions, to which deliveries are sent on. */
@Path("subscriptions")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class SubscriptionResource {

    private static final int MAX_BODY = 1 << 20;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Database database;

    /** What may be refused for what it says, or for want of a key. */
    private interface Change {
        Response apply() throws Exception;
    }

    /** An order about a subscription; empty if there is no such subscription. */
    private interface Order {
        Optional<JsonObjectBuilder> carryOut(UUID subscription) throws Exception;
    }

    /** Lists all subscriptions by name. */
    @GET
    public Response subscriptions(@Context UriInfo uri) throws Exception {
        new Query(uri);
        return Answers.from(database, () -> {
            JsonArrayBuilder json = JsonObjects.array();
            subscriptions.all().forEach(subscription -> json.add(SubscriptionJson.of(subscription)));
            return Answers.of(json);
        });
    }

    /** Creates a subscription; returns it with its secret, this once. */
    @POST
    public Response create(@Context UriInfo uri, InputStream body) throws Exception {
        new Query(uri);
        SubscriptionInput input = SubscriptionInput.of(text(body));
        return change(() -> {
            Subscriptions.IssuedSecret created =
                    subscriptions.create(input.content(), input.active(true), input.secret());
            return Response.fromResponse(Answers.of(Response.Status.CREATED, SubscriptionJson.of(created)))
                    .header(
                            HttpHeaders.LOCATION,
                            uri.getAbsolutePathBuilder()
                                    .path(created.subscription().id().toString())
                                    .build())
                    .build();
        });
    }

    /** Shows one subscription. */
    @GET
    @Path("{subscription}")
    public Response subscription(@PathParam("subscription") String id, @Context UriInfo uri) throws Exception {
        new Query(uri);
        UUID subscription = id(id);
        return Answers.from(
                database, () -> answer(subscriptions.find(subscription).map(SubscriptionJson::of)));
    }

    /** Changes all but the secret; what is left out stays as it is. */
    @PUT
    @Path("{subscription}")
    public Response replace(@PathParam("subscription") String id, @Context UriInfo uri, InputStream body)
            throws Exception {
        new Query(uri);
        UUID subscription = id(id);
        SubscriptionInput input = SubscriptionInput.of(text(body)).withoutSecret();
        return change(() -> {
            Optional<Subscription> present = subscriptions.find(subscription);
            if (present.isEmpty()) {
                return unknown();
            }
            SubscriptionContent content = input.contentOver(present.get().content());
            boolean active = input.active(present.get().active());
            return answer(subscriptions.change(subscription, content, active).map(SubscriptionJson::of));
        });
    }

    /** Deletes a subscription with what it has not been sent. */
    @DELETE
    @Path("{subscription}")
    public Response delete(@PathParam("subscription") String id, @Context UriInfo uri) throws Exception {
        new Query(uri);
        UUID subscription = id(id);
        return Answers.from(
                database,
                () -> subscriptions.delete(subscription) ? Response.noContent().build() : unknown());
    }

    /** Encrypts all secrets under the current key. */
    @POST
    @Path("re-encrypt")
    public Response reEncrypt(@Context UriInfo uri) throws Exception {
        new Query(uri);
        return change(() -> Answers.of(Response.Status.OK, SubscriptionJson.of(subscriptions.reEncrypt())));
    }

    /** Pauses a subscription; what arrives is kept for it. */
    @POST
    @Path("{subscription}/pause")
    public Response pause(@PathParam("subscription") String id, @Context UriInfo uri) throws Exception {
        return order(id, uri, subscription -> subscriptions.pause(subscription).map(SubscriptionJson::of));
    }

    /** Resumes a subscription where it stood. */
    @POST
    @Path("{subscription}/resume")
    public Response resume(@PathParam("subscription") String id, @Context UriInfo uri) throws Exception {
        return order(id, uri, subscription -> subscriptions.resume(subscription).map(SubscriptionJson::of));
    }

    /** Calls a subscription's URL with a signed probe; returns how that ended. */
    @POST
    @Path("{subscription}/test")
    public Response test(@PathParam("subscription") String id, @Context UriInfo uri) throws Exception {
        return order(id, uri, subscription -> subscriptions.test(subscription).map(SubscriptionJson::of));
    }

    /** Gives a subscription another secret; returns it, this once. */
    @POST
    @Path("{subscription}/rotate-secret")
    public Response rotateSecret(@PathParam("subscription") String id, @Context UriInfo uri, InputStream body)
            throws Exception {
        return order(id, uri, subscription -> {
            Optional<String> secret = SubscriptionInput.secretOf(text(body));
            return subscriptions.rotateSecret(subscription, secret).map(SubscriptionJson::of);
        });
    }

    /** Lists a subscription's attempts, newest first. */
    @GET
    @Path("{subscription}/attempts")
    public Response attempts(@PathParam("subscription") String id, @Context UriInfo uri) throws Exception {
        Query query = new Query(uri, "limit", "cursor");
        UUID subscription = id(id);
        JsonPage<Attempt> page = new JsonPage<>(
                "attempts", query.limit(), SubscriptionJson::of, attempt -> Query.cursor(attempt.number()));
        long before = query.cursor().orElse(Long.MAX_VALUE);
        return Answers.from(database, () -> {
            Optional<List<Attempt>> found = subscriptions.attempts(subscription, before, page.toRead());
            return found.map(attempts -> Answers.page(page, attempts)).orElseGet(SubscriptionResource::unknown);
        });
    }

    private static UUID id(String subscription) {
        return Query.uuid("subscription", subscription, "a UUID, as /subscriptions lists it");
    }

    private Response order(String id, UriInfo uri, Order order) throws Exception {
        new Query(uri);
        UUID subscription = id(id);
        return change(() -> answer(order.carryOut(subscription)));
    }

    private Response change(Change change) throws Exception {
        return Answers.from(database, () -> {
            try {
                return change.apply();
            } catch (InvalidSubscription e) {
                return Problem.of(Response.Status.BAD_REQUEST, e.getMessage());
            } catch (RelayUnavailable e) {
                return Problem.of(Response.Status.CONFLICT, e.getMessage());
            }
        });
    }

    private static Response answer(Optional<JsonObjectBuilder> json) {
        return json.map(found -> Answers.of(Response.Status.OK, found)).orElseGet(SubscriptionResource::unknown);
    }

    private static Response unknown() {
        return Problem.of(
                Response.Status.NOT_FOUND, "There is no subscription with this id; GET /subscriptions lists all.");
    }

    private static String text(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAX_BODY + 1);
        if (bytes.length > MAX_BODY) {
            throw SubscriptionInput.refuse("The body is larger than 1 MiB.");
        }
        return new String(bytes, UTF_8);
    }
}
