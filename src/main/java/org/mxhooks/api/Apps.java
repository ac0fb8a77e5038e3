package org.mxhooks.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.mxhooks.database.Database;
import org.mxhooks.mendix.AppId;
import org.mxhooks.mirror.Mirror;
import org.mxhooks.mirror.Selection;
import org.mxhooks.mirror.SprintSnapshot;
import org.mxhooks.mirror.StorySnapshot;
import org.mxhooks.web.Problem;

/** Stories and sprints of an app, one by one and in lists, the newest change first. */
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
                MirrorJson::of,
                () -> at.isPresent() ? mirror.story(app, id, at.get()) : mirror.story(app, id));
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
                MirrorJson::of,
                () -> at.isPresent() ? mirror.sprint(app, id, at.get()) : mirror.sprint(app, id));
    }

    /** The latest states of the app's stories; none if the app is unknown. */
    @GET
    @Path("stories")
    public Response stories(@PathParam("appId") String appId, @Context UriInfo uri, @Context HttpHeaders headers) {
        Query query = new Query(uri, "status", "type", "sprint", "changedSince", "limit", "cursor");
        Optional<String> type = query.label("type");
        OptionalLong sprint = query.number("sprint");
        JsonPage<StorySnapshot> page = new JsonPage<>(
                "stories",
                query.limit(),
                MirrorJson::of,
                story -> Query.cursor(story.version().change()));
        Selection selection = selection(query, page);
        return list(headers, page, () -> mirror.stories(app(appId), type, sprint, selection));
    }

    /** The latest states of the app's sprints; none if the app is unknown. */
    @GET
    @Path("sprints")
    public Response sprints(@PathParam("appId") String appId, @Context UriInfo uri, @Context HttpHeaders headers) {
        Query query = new Query(uri, "status", "changedSince", "limit", "cursor");
        JsonPage<SprintSnapshot> page = new JsonPage<>(
                "sprints",
                query.limit(),
                MirrorJson::of,
                sprint -> Query.cursor(sprint.version().change()));
        Selection selection = selection(query, page);
        return list(headers, page, () -> mirror.sprints(app(appId), selection));
    }

    /** The id in the form that the mirror keeps; a text that cannot be an app's id stays as it is, and is not found. */
    private static String app(String appId) {
        return AppId.normalized(appId).orElse(appId);
    }

    private static Selection selection(Query query, JsonPage<?> page) {
        return new Selection(query.label("status"), query.instant("changedSince"), query.change(), page.toRead());
    }

    private <T> Response one(
            String what, HttpHeaders headers, Function<T, JsonObjectBuilder> json, Supplier<Optional<T>> state) {
        if (!database.isOpen()) {
            return Problem.storageUnavailable();
        }
        return state.get()
                .map(known -> Tagged.answer(json.apply(known).build(), headers))
                .orElseGet(() -> Problem.of(
                        Response.Status.NOT_FOUND,
                        ("The mirror has no such %s, or had none at that time. It appears once a delivery about it was accepted and mirrored; past versions are deleted after mxhooks.retention.")
                                .formatted(what)));
    }

    private <T> Response list(HttpHeaders headers, JsonPage<T> page, Supplier<List<T>> resources) {
        return database.isOpen() ? Tagged.answer(page.of(resources.get()), headers) : Problem.storageUnavailable();
    }
}
