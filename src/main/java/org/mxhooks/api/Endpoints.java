package org.mxhooks.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.mxhooks.database.Database;
import org.mxhooks.settings.Settings;

/** Endpoints that receive webhooks, with their counters. */
@Path("endpoints")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class Endpoints {

    @Inject
    Settings settings;

    @Inject
    org.mxhooks.ingest.EndpointRegistry endpoints;

    @Inject
    Database database;

    /** Lists all endpoints by name. */
    @GET
    public Response endpoints(@Context UriInfo uri) throws Exception {
        new Query(uri);
        return Answers.from(database, () -> {
            JsonArrayBuilder json = JsonObjects.array();
            endpoints
                    .all()
                    .forEach(state ->
                            json.add(EndpointJson.of(settings.endpoints().get(state.name()), state)));
            return Answers.of(json);
        });
    }
}
