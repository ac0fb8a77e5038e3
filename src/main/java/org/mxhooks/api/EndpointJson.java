package org.mxhooks.api;

import static org.mxhooks.api.JsonObjects.add;
import static org.mxhooks.api.JsonObjects.array;
import static org.mxhooks.api.JsonObjects.object;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import org.mxhooks.ingest.EndpointState;
import org.mxhooks.settings.EndpointSettings;
import org.mxhooks.settings.Network;
import org.mxhooks.settings.Secret;

/** Endpoints as JSON. */
final class EndpointJson {

    private EndpointJson() {}

    static JsonObjectBuilder of(EndpointSettings endpoint, EndpointState state) {
        JsonObjectBuilder json = object().add("name", endpoint.name())
                .add("scheme", endpoint.scheme().name())
                .add("keyDerivation", endpoint.scheme().keyDerivation())
                .add("fingerprint", endpoint.secret().fingerprint());
        add(json, "previousFingerprint", endpoint.previousSecret().map(Secret::fingerprint));
        if (!endpoint.allowedSenders().isEmpty()) {
            json.add("allowedSenders", senders(endpoint));
        }
        add(json, "lastDelivery", state.lastDelivery());
        add(json, "webhooksVersion", state.webhooksVersion());
        add(json, "versionExpiry", state.versionExpiry());
        add(json, "lastPreviousSecretUse", state.lastPreviousSecretUse());
        json.add("refused", state.refused());
        state.lastRefusal()
                .map(refusal -> object().add("at", refusal.at().toString()).add("why", refusal.why()))
                .ifPresent(refusal -> json.add("lastRefusal", refusal));
        return json;
    }

    private static JsonArrayBuilder senders(EndpointSettings endpoint) {
        return array(endpoint.allowedSenders().stream()
                .map(Network::toString)
                .sorted()
                .toList());
    }
}
