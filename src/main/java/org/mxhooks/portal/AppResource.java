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
import java.util.List;
import java.util.UUID;

/** Apps. */
@Path("api/apps")
@Produces(MediaType.APPLICATION_JSON)
public final class AppResource {

    private static final int MAX_NAME = 200;
    private static final int MAX_APPS = 1_000;

    private record Listed(List<PortalApp> apps) {}

    private final Portal portal;

    AppResource(Portal portal) {
        this.portal = portal;
    }

    @GET
    public Response list() {
        return Response.ok(PortalJson.text(new Listed(portal.database().read(portal.board()::apps))))
                .build();
    }

    @POST
    public Response create(InputStream body) {
        String name = JsonInput.read(body, "name").requiredText("name", MAX_NAME);
        PortalApp app = portal.database().write(transaction -> {
            if (portal.board().apps(transaction).size() >= MAX_APPS) {
                throw Rejection.conflict("There are %s apps; use one of them.".formatted(MAX_APPS));
            }
            return portal.board()
                    .createApp(
                            transaction,
                            UUID.randomUUID().toString(),
                            name,
                            portal.edit().at());
        });
        return Response.created(URI.create("api/apps/" + app.id()))
                .entity(PortalJson.text(app))
                .build();
    }

    @GET
    @Path("{app}")
    public Response show(@PathParam("app") String id) {
        return Response.ok(PortalJson.text(
                        portal.database().read(transaction -> portal.board().app(transaction, id))))
                .build();
    }

    @PATCH
    @Path("{app}")
    public Response rename(@PathParam("app") String id, InputStream body) {
        String name = JsonInput.read(body, "name").requiredText("name", MAX_NAME);
        return Response.ok(PortalJson.text(
                        portal.database().write(transaction -> portal.board().renameApp(transaction, id, name))))
                .build();
    }
}
