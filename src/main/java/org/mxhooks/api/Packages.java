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
import org.mxhooks.mirror.PackageSnapshot;
import org.mxhooks.mirror.Selection;

/** Packages of an app that were uploaded, the latest upload first. */
@Path("apps/{appId}/packages")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class Packages {

    @Inject
    Mirror mirror;

    @Inject
    Database database;

    /** An uploaded package, by its delivery; 404 if there is none. */
    @GET
    @Path("{delivery}")
    public Response uploadedPackage(
            @PathParam("appId") String appId,
            @PathParam("delivery") String delivery,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        UUID id = Query.delivery(delivery);
        new Query(uri);
        return Mirrored.one(
                database,
                "package",
                headers,
                DeploymentJson::of,
                () -> mirror.uploadedPackage(Mirrored.app(appId), id));
    }

    /** Uploaded packages; none if the app is unknown. */
    @GET
    public Response packages(@PathParam("appId") String appId, @Context UriInfo uri, @Context HttpHeaders headers) {
        Query query = new Query(uri, "name", "changedSince", "limit", "cursor");
        Optional<String> name = query.label("name");
        JsonPage<PackageSnapshot> page = new JsonPage<>(
                "packages", query.limit(), DeploymentJson::of, uploaded -> Query.cursor(uploaded.change()));
        Selection selection = Mirrored.selection(Optional.empty(), query, page);
        return Mirrored.list(database, headers, page, () -> mirror.packages(Mirrored.app(appId), name, selection));
    }
}
