package org.mxhooks.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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
import org.mxhooks.database.Database;
import org.mxhooks.mirror.Mirror;
import org.mxhooks.mirror.Selection;
import org.mxhooks.mirror.SprintSnapshot;
import org.mxhooks.mirror.StorySnapshot;

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
        String app = Mirrored.app(appId);
        long id = Query.number("storyId", storyId);
        Optional<Instant> at = new Query(uri, "at").instant("at");
        return Mirrored.one(
                database,
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
        String app = Mirrored.app(appId);
        long id = Query.number("sprintId", sprintId);
        Optional<Instant> at = new Query(uri, "at").instant("at");
        return Mirrored.one(
                database,
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
        Selection selection = Mirrored.selection(query.label("status"), query, page);
        return Mirrored.list(
                database, headers, page, () -> mirror.stories(Mirrored.app(appId), type, sprint, selection));
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
        Selection selection = Mirrored.selection(query.label("status"), query, page);
        return Mirrored.list(database, headers, page, () -> mirror.sprints(Mirrored.app(appId), selection));
    }
}
