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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.database.Database;
import org.mxhooks.mirror.AlertSnapshot;
import org.mxhooks.mirror.Mirror;
import org.mxhooks.mirror.Selection;

/** The newest alert of each service of an app, the latest first. */
@Path("apps/{appId}/alerts")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class Alerts {

    @Inject
    Mirror mirror;

    @Inject
    Database database;

    /** The newest alert of a service, or that of the instant {@code at}; 404 if there is none. */
    @GET
    @Path("{serviceId}")
    public Response alert(
            @PathParam("appId") String appId,
            @PathParam("serviceId") String serviceId,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        String app = Mirrored.app(appId);
        UUID id = Query.uuid("serviceId", serviceId, "a UUID, as the list of alerts shows it");
        Optional<Instant> at = new Query(uri, "at").instant("at");
        return Mirrored.one(
                database,
                "alert",
                headers,
                DeploymentJson::of,
                () -> at.isPresent() ? mirror.alert(app, id, at.get()) : mirror.alert(app, id));
    }

    /** The newest alert of each service; none if the app is unknown. */
    @GET
    public Response alerts(@PathParam("appId") String appId, @Context UriInfo uri, @Context HttpHeaders headers) {
        Query query = new Query(uri, "open", "severity", "environment", "changedSince", "limit", "cursor");
        Optional<Boolean> open = query.oneOf("open", List.of("true", "false")).map(Boolean::valueOf);
        Optional<String> severity = query.label("severity");
        Optional<String> environment = query.label("environment").map(Mirrored::app);
        JsonPage<AlertSnapshot> page =
                new JsonPage<>("alerts", query.limit(), DeploymentJson::of, alert -> Query.cursor(alert.change()));
        Selection selection = Mirrored.selection(Optional.empty(), query, page);
        return Mirrored.list(
                database,
                headers,
                page,
                () -> mirror.alerts(Mirrored.app(appId), open, severity, environment, selection));
    }
}
