package org.mxhooks.portal;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The stories of an app. */
@Path("api/apps/{app}/stories")
@Produces(MediaType.APPLICATION_JSON)
public final class StoryResource {

    private static final int MAX_NAME = 200;
    private static final int MAX_DESCRIPTION = 10_000;
    private static final String[] FIELDS = {"name", "description", "status", "storyType", "sprint", "parent"};

    private record Listed(List<BoardStory> stories) {}

    private final Portal portal;

    StoryResource(Portal portal) {
        this.portal = portal;
    }

    @GET
    public Response list(@PathParam("app") String app, @QueryParam("sprint") String sprint) {
        return Response.ok(PortalJson.text(
                        new Listed(portal.database().read(transaction -> stories(transaction, app, sprint)))))
                .build();
    }

    private List<BoardStory> stories(PortalTransaction transaction, String id, String sprint) throws SQLException {
        PortalApp app = portal.board().app(transaction, id);
        if (sprint == null) {
            return portal.board().stories(transaction, app, "true");
        }
        if (sprint.equals("none")) {
            return portal.board().stories(transaction, app, "sprint is null and parent is null");
        }
        if (!sprint.matches("\\d{1,18}")) {
            throw Rejection.badRequest("sprint must be the id of a sprint, or none.");
        }
        return portal.board().stories(transaction, app, "sprint = ?", Long.parseLong(sprint));
    }

    @POST
    public Response create(@PathParam("app") String app, InputStream body) {
        JsonInput input = JsonInput.read(body, FIELDS);
        BoardStory wanted = over(BoardStory.named(input.requiredText("name", MAX_NAME)), input);
        BoardStory story = portal.database()
                .write(transaction -> portal.board()
                        .createStory(transaction, portal.board().app(transaction, app), portal.edit(), wanted));
        return Response.created(URI.create("api/apps/%s/stories/%s".formatted(app, story.id())))
                .entity(PortalJson.text(story))
                .build();
    }

    @GET
    @Path("{id: \\d{1,18}}")
    public Response show(@PathParam("app") String app, @PathParam("id") long id) {
        return Response.ok(PortalJson.text(portal.database()
                        .read(transaction ->
                                portal.board().story(transaction, portal.board().app(transaction, app), id))))
                .build();
    }

    @PATCH
    @Path("{id: \\d{1,18}}")
    public Response change(@PathParam("app") String app, @PathParam("id") long id, InputStream body) {
        JsonInput input =
                JsonInput.read(body, "name", "description", "status", "storyType", "sprint", "parent", "version");
        return Response.ok(PortalJson.text(portal.database()
                        .write(transaction -> portal.board()
                                .changeStory(
                                        transaction,
                                        portal.board().app(transaction, app),
                                        portal.edit(),
                                        id,
                                        present -> changed(present, input)))))
                .build();
    }

    private static BoardStory changed(BoardStory present, JsonInput input) {
        demandVersion(input, present.version());
        return over(present, input);
    }

    static void demandVersion(JsonInput input, int present) {
        input.number("version", 0, Integer.MAX_VALUE)
                .filter(version -> version != present)
                .ifPresent(stale -> {
                    throw Rejection.conflict(
                            "It was changed meanwhile: version is %s now. Read it again and repeat the change."
                                    .formatted(present));
                });
    }

    /** A story that gets a parent leaves its sprint. */
    private static BoardStory over(BoardStory present, JsonInput input) {
        Optional<Long> parent = number("parent", present.parent(), input);
        Optional<Long> sprint = parent.isPresent() && !input.has("sprint")
                ? Optional.empty()
                : number("sprint", present.sprint(), input);
        return present.with(
                input.text("name", MAX_NAME).orElse(present.name()),
                input.has("description")
                        ? input.longText("description", MAX_DESCRIPTION).filter(text -> !text.isEmpty())
                        : present.description(),
                input.oneOf("status", BoardStory.STATUSES).orElse(present.status()),
                input.oneOf("storyType", BoardStory.TYPES).orElse(present.storyType()),
                sprint,
                parent);
    }

    private static Optional<Long> number(String field, Optional<Long> present, JsonInput input) {
        return input.has(field) ? input.number(field, 1, Long.MAX_VALUE) : present;
    }
}
