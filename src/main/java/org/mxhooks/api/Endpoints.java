package org.mxhooks.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.mxhooks.database.Database;
import org.mxhooks.ingest.EndpointState;
import org.mxhooks.settings.EndpointSettings;
import org.mxhooks.settings.Secret;
import org.mxhooks.settings.Settings;

/** Where webhooks arrive, and what came of it. */
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

    /** All, in the order of their names. */
    @GET
    public Response endpoints(@Context UriInfo uri) throws Exception {
        new Query(uri);
        return Answers.from(database, () -> {
            JsonArrayBuilder json = Answers.JSON.createArrayBuilder();
            endpoints.all().forEach(state -> json.add(json(settings.endpoints().get(state.name()), state)));
            return Answers.of(json);
        });
    }

    private static JsonObjectBuilder json(EndpointSettings endpoint, EndpointState state) {
        JsonObjectBuilder json = Answers.JSON
                .createObjectBuilder()
                .add("name", endpoint.name())
                .add("scheme", endpoint.scheme().name())
                .add("keyDerivation", endpoint.scheme().keyDerivation())
                .add("fingerprint", endpoint.secret().fingerprint());
        Answers.add(json, "previousFingerprint", endpoint.previousSecret().map(Secret::fingerprint));
        Answers.add(json, "lastDelivery", state.lastDelivery());
        Answers.add(json, "webhooksVersion", state.webhooksVersion());
        Answers.add(json, "versionExpiry", state.versionExpiry());
        Answers.add(json, "lastPreviousSecretUse", state.lastPreviousSecretUse());
        json.add("refused", state.refused());
        state.lastRefusal()
                .map(refusal -> Answers.JSON
                        .createObjectBuilder()
                        .add("at", refusal.at().toString())
                        .add("why", refusal.why()))
                .ifPresent(refusal -> json.add("lastRefusal", refusal));
        return json;
    }
}
