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
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.database.Database;
import org.mxhooks.mirror.Mirror;
import org.mxhooks.mirror.PushSnapshot;
import org.mxhooks.mirror.Selection;

/** Pushes to the branches of an app, the latest to arrive first. */
@Path("apps/{appId}/pushes")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class Pushes {

    @Inject
    Mirror mirror;

    @Inject
    Database database;

    /** A push with its commits, by its delivery; 404 if there is none. */
    @GET
    @Path("{delivery}")
    public Response push(
            @PathParam("appId") String appId,
            @PathParam("delivery") String delivery,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        UUID id = Query.delivery(delivery);
        new Query(uri);
        return Mirrored.one(database, "push", headers, DeploymentJson::of, () -> mirror.push(Mirrored.app(appId), id));
    }

    /** Pushes without their commits; none if the app is unknown. */
    @GET
    public Response pushes(@PathParam("appId") String appId, @Context UriInfo uri, @Context HttpHeaders headers) {
        Query query = new Query(uri, "branch", "story", "changedSince", "limit", "cursor");
        Optional<String> branch = query.label("branch");
        Optional<String> story = query.label("story");
        JsonPage<PushSnapshot> page =
                new JsonPage<>("pushes", query.limit(), DeploymentJson::listed, push -> Query.cursor(push.change()));
        Selection selection = Mirrored.selection(Optional.empty(), query, page);
        return Mirrored.list(
                database, headers, page, () -> mirror.pushes(Mirrored.app(appId), branch, story, selection));
    }
}
