package org.mxhooks.admin;

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
import java.util.Comparator;
import org.mxhooks.settings.Secret;
import org.mxhooks.settings.Settings;
import org.mxhooks.settings.Settings.Endpoint;

/** Where webhooks arrive, and what came of it. */
@Path("endpoints")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class Endpoints {

    @Inject
    Settings settings;

    /** All, in the order of their names. */
    @GET
    public Response endpoints(@Context UriInfo uri) {
        new Query(uri);
        JsonArrayBuilder endpoints = Answers.JSON.createArrayBuilder();
        settings.endpoints().values().stream()
                .sorted(Comparator.comparing(Endpoint::name))
                .forEach(endpoint -> endpoints.add(json(endpoint)));
        return Answers.of(endpoints);
    }

    private static JsonObjectBuilder json(Endpoint endpoint) {
        JsonObjectBuilder json = Answers.JSON
                .createObjectBuilder()
                .add("name", endpoint.name())
                .add("scheme", "projects")
                .add("keyDerivation", endpoint.keyDerivation().text())
                .add("fingerprint", endpoint.secret().fingerprint());
        Answers.add(json, "previousFingerprint", endpoint.previousSecret().map(Secret::fingerprint));
        return json;
    }
}
