package org.mxhooks.portal;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The sprints of an app. */
@Path("api/apps/{app}/sprints")
@Produces(MediaType.APPLICATION_JSON)
public final class SprintResource {

    private static final int MAX_NAME = 200;

    private record Listed(List<BoardSprint> sprints) {}

    private final Portal portal;

    SprintResource(Portal portal) {
        this.portal = portal;
    }

    @GET
    public Response list(@PathParam("app") String app) {
        return Response.ok(PortalJson.text(new Listed(portal.database()
                        .read(transaction -> portal.board()
                                .sprints(transaction, portal.board().app(transaction, app))))))
                .build();
    }

    @POST
    public Response create(@PathParam("app") String app, InputStream body) {
        JsonInput input = JsonInput.read(body, "name", "status", "startDate", "endDate");
        BoardSprint wanted = over(BoardSprint.named(input.requiredText("name", MAX_NAME)), input);
        BoardSprint sprint = portal.database()
                .write(transaction -> portal.board()
                        .createSprint(transaction, portal.board().app(transaction, app), portal.edit(), wanted));
        return Response.created(URI.create("api/apps/%s/sprints/%s".formatted(app, sprint.id())))
                .entity(PortalJson.text(sprint))
                .build();
    }

    @GET
    @Path("{id: \\d{1,18}}")
    public Response show(@PathParam("app") String app, @PathParam("id") long id) {
        return Response.ok(PortalJson.text(portal.database()
                        .read(transaction -> portal.board()
                                .sprint(transaction, portal.board().app(transaction, app), id))))
                .build();
    }

    @PATCH
    @Path("{id: \\d{1,18}}")
    public Response change(@PathParam("app") String app, @PathParam("id") long id, InputStream body) {
        JsonInput input = JsonInput.read(body, "name", "status", "startDate", "endDate", "version");
        return Response.ok(PortalJson.text(portal.database()
                        .write(transaction -> portal.board()
                                .changeSprint(
                                        transaction,
                                        portal.board().app(transaction, app),
                                        portal.edit(),
                                        id,
                                        present -> changed(present, input)))))
                .build();
    }

    private static BoardSprint changed(BoardSprint present, JsonInput input) {
        StoryResource.demandVersion(input, present.version());
        return over(present, input);
    }

    private static BoardSprint over(BoardSprint present, JsonInput input) {
        Optional<Instant> start = input.has("startDate") ? input.instant("startDate") : present.startDate();
        Optional<Instant> end = input.has("endDate") ? input.instant("endDate") : present.endDate();
        if (start.isPresent() && end.isPresent() && end.get().isBefore(start.get())) {
            throw Rejection.badRequest("endDate must not be before startDate.");
        }
        return new BoardSprint(
                present.id(),
                input.text("name", MAX_NAME).orElse(present.name()),
                input.oneOf("status", BoardSprint.STATUSES).orElse(present.status()),
                start,
                end,
                present.createdAt(),
                present.updatedAt(),
                present.version());
    }
}
