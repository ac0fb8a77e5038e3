package org.mxhooks.mendix;

import java.time.Instant;
import java.util.List;
import org.mxhooks.event.WebhookEvent;

/** The body of a deployment webhook: a push, a package, an alert, or an unknown one. */
record DeploymentDecoding(DeploymentBody body) implements Decoding {

    @Override
    public WebhookEvent toEvent(Provenance provenance) {
        return body.kind()
                .<WebhookEvent>map(kind -> switch (kind) {
                    case PUSH -> new DecodedPush(body, provenance);
                    case PACKAGE -> new DecodedPackage(body, provenance);
                    case ALERT -> new DecodedAlert(body, provenance);
                })
                .orElseGet(() -> new DecodedUnknown(body, provenance));
    }

    @Override
    public List<String> remarks(boolean hasUniqueNames, Instant receivedAt) {
        return new DeploymentRemarks(body, receivedAt).all(hasUniqueNames);
    }
}
