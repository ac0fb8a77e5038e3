package org.mxhooks.mendix;

import jakarta.json.JsonObject;
import java.util.function.Function;

/** The portal's families of webhooks, each with its decoder; the scheme that a delivery is signed by determines it. */
enum Family {
    PROJECTS(json -> new ProjectsDecoding(new ProjectsBody(json))),
    DEPLOYMENT(json -> new DeploymentDecoding(new DeploymentBody(json)));

    private static final String SCHEME_OF_DEPLOYMENT = "standard-webhooks";

    private final Function<JsonObject, Decoding> decoder;

    Family(Function<JsonObject, Decoding> decoder) {
        this.decoder = decoder;
    }

    /** @param scheme the name that is stored with a delivery */
    static Family of(String scheme) {
        return scheme.equals(SCHEME_OF_DEPLOYMENT) ? DEPLOYMENT : PROJECTS;
    }

    Decoding decode(JsonObject body) {
        return decoder.apply(body);
    }
}
