package org.mxhooks.api;

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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.database.Database;
import org.mxhooks.orders.TooManyOrders;
import org.mxhooks.privacy.Erasure;
import org.mxhooks.privacy.ErasureReport;
import org.mxhooks.privacy.Erasures;
import org.mxhooks.privacy.InvalidPerson;
import org.mxhooks.web.Problem;

/** Erasures of persons. */
@Path("erasures")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class PrivacyResource {

    private static final int MAX_BODY = 64 * 1024;
    private static final int MAX_LISTED = 100;

    @Inject
    Erasures erasures;

    @Inject
    Database database;

    /** Lists the latest erasures, the newest first. */
    @GET
    public Response erasures(@Context UriInfo uri) throws Exception {
        new Query(uri);
        return Answers.from(database, () -> {
            JsonArrayBuilder json = JsonObjects.array();
            for (Erasure erasure : erasures.newest(MAX_LISTED)) {
                json.add(ErasureReport.of(erasure));
            }
            return Answers.of(json);
        });
    }

    /** Has all that names a person counted; nothing is changed before the erasure is started. */
    @POST
    public Response count(@Context UriInfo uri, @Context SecurityContext user, InputStream body) throws Exception {
        new Query(uri);
        byte[] bytes = body.readNBytes(MAX_BODY + 1);
        List<String> identifiers = PersonInput.identifiers(bytes.length > MAX_BODY ? null : new String(bytes, UTF_8));
        return Answers.from(database, () -> {
            try {
                UUID id = erasures.count(name(user), identifiers);
                return Response.fromResponse(Answers.of(
                                Response.Status.CREATED,
                                ErasureReport.of(erasures.find(id).orElseThrow())))
                        .header(
                                HttpHeaders.LOCATION,
                                uri.getAbsolutePathBuilder().path(id.toString()).build())
                        .build();
            } catch (InvalidPerson e) {
                return Problem.of(Response.Status.BAD_REQUEST, e.getMessage());
            } catch (TooManyOrders e) {
                return Problem.of(Response.Status.CONFLICT, e.getMessage() + ".");
            }
        });
    }

    /** Shows one erasure: how far it is, and its report. */
    @GET
    @Path("{erasure}")
    public Response erasure(@PathParam("erasure") String id, @Context UriInfo uri) throws Exception {
        new Query(uri);
        UUID erasure = id(id);
        return Answers.from(database, () -> shown(erasure));
    }

    /** Erases what was counted. */
    @POST
    @Path("{erasure}/start")
    public Response start(@PathParam("erasure") String id, @Context UriInfo uri, @Context SecurityContext user)
            throws Exception {
        new Query(uri);
        UUID erasure = id(id);
        return Answers.from(
                database,
                () -> erasures.start(erasure, name(user))
                                || erasures.find(erasure).isEmpty()
                        ? shown(erasure)
                        : Problem.of(
                                Response.Status.CONFLICT,
                                "The erasure does not wait for its start: it is still counting, was started before, or has ended."));
    }

    /** Ends an erasure after its current step. */
    @POST
    @Path("{erasure}/cancel")
    public Response cancel(@PathParam("erasure") String id, @Context UriInfo uri, @Context SecurityContext user)
            throws Exception {
        new Query(uri);
        UUID erasure = id(id);
        return Answers.from(
                database,
                () -> erasures.cancel(erasure, name(user))
                                || erasures.find(erasure).isEmpty()
                        ? shown(erasure)
                        : Problem.of(Response.Status.CONFLICT, "The erasure has ended: there is nothing to cancel."));
    }

    private Response shown(UUID id) throws Exception {
        Optional<JsonObjectBuilder> json = erasures.find(id).map(ErasureReport::of);
        return json.isPresent()
                ? Answers.of(Response.Status.OK, json.get())
                : Problem.of(
                        Response.Status.NOT_FOUND, "There is no erasure with this id; GET /erasures lists the latest.");
    }

    private static String name(SecurityContext user) {
        return user.getUserPrincipal().getName();
    }

    private static UUID id(String erasure) {
        return Query.uuid("erasure", erasure, "a UUID, as /erasures lists it");
    }
}
