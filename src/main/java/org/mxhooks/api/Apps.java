package org.mxhooks.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.mxhooks.database.Database;
import org.mxhooks.mendix.AppId;
import org.mxhooks.mirror.Mirror;
import org.mxhooks.mirror.Page;
import org.mxhooks.mirror.Selection;
import org.mxhooks.web.Problem;

/** What the mirror knows of an app: its stories and sprints, one by one and in lists, the newest change first. */
@Path("apps/{appId}")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class Apps {

    @Inject
    Mirror mirror;

    @Inject
    Database database;

    /** A story's latest state, or that of the instant {@code at}; 404 if there is none. */
    @GET
    @Path("stories/{storyId}")
    public Response story(
            @PathParam("appId") String appId,
            @PathParam("storyId") String storyId,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        String app = app(appId);
        long id = Query.number("storyId", storyId);
        Optional<Instant> at = new Query(uri, "at").instant("at");
        return one(
                "story",
                headers,
                () -> at.map(instant -> mirror.story(app, id, instant)).orElseGet(() -> mirror.story(app, id)));
    }

    /** A sprint's latest state, or that of the instant {@code at}; 404 if there is none. */
    @GET
    @Path("sprints/{sprintId}")
    public Response sprint(
            @PathParam("appId") String appId,
            @PathParam("sprintId") String sprintId,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        String app = app(appId);
        long id = Query.number("sprintId", sprintId);
        Optional<Instant> at = new Query(uri, "at").instant("at");
        return one(
                "sprint",
                headers,
                () -> at.map(instant -> mirror.sprint(app, id, instant)).orElseGet(() -> mirror.sprint(app, id)));
    }

    /** The latest states of the app's stories; none if the app was never heard of. */
    @GET
    @Path("stories")
    public Response stories(@PathParam("appId") String appId, @Context UriInfo uri, @Context HttpHeaders headers) {
        Query query = new Query(uri, "status", "type", "sprint", "changedSince", "limit", "cursor");
        Optional<String> type = query.label("type");
        OptionalLong sprint = query.number("sprint");
        Selection selection = selection(query);
        return list("stories", headers, () -> mirror.stories(app(appId), type, sprint, selection));
    }

    /** The latest states of the app's sprints; none if the app was never heard of. */
    @GET
    @Path("sprints")
    public Response sprints(@PathParam("appId") String appId, @Context UriInfo uri, @Context HttpHeaders headers) {
        Selection selection = selection(new Query(uri, "status", "changedSince", "limit", "cursor"));
        return list("sprints", headers, () -> mirror.sprints(app(appId), selection));
    }

    /** As the mirror keeps it; what cannot be an app's id is asked for as it is, and not found. */
    private static String app(String appId) {
        return AppId.normalized(appId).orElse(appId);
    }

    private static Selection selection(Query query) {
        return new Selection(query.label("status"), query.instant("changedSince"), query.change(), query.limit());
    }

    private Response one(String what, HttpHeaders headers, Supplier<Optional<JsonObject>> state) {
        if (!database.isOpen()) {
            return Problem.storageAway();
        }
        return state.get()
                .map(json -> Tagged.answer(json, headers))
                .orElseGet(() -> Problem.of(
                        Response.Status.NOT_FOUND,
                        ("Nothing is known of this %s, or was at that time; it appears once a delivery about it was accepted"
                                        + " and mirrored, and its past goes after mxhooks.retention.")
                                .formatted(what)));
    }

    private Response list(String what, HttpHeaders headers, Supplier<Page> resources) {
        if (!database.isOpen()) {
            return Problem.storageAway();
        }
        Page page = resources.get();
        JsonArrayBuilder array = Answers.JSON.createArrayBuilder();
        page.resources().forEach(array::add);
        JsonObjectBuilder json = Answers.JSON.createObjectBuilder().add(what, array);
        page.end().ifPresent(end -> json.add("next", Query.cursor(end)));
        return Tagged.answer(json.build(), headers);
    }
}
