package org.mxhooks.dispatch;

import java.util.Optional;
import org.mxhooks.event.WebhookEvent;
import org.mxhooks.inbox.LogEntry;
import org.mxhooks.mendix.DecodedBody;
import org.mxhooks.mendix.Provenance;
import org.mxhooks.mendix.UndecodableBody;

/** Turns what the log keeps into events again. */
final class Decoding {

    private Decoding() {}

    /** The event of a delivery; empty if its body is not one. */
    static Optional<WebhookEvent> event(LogEntry delivery, boolean replay) {
        if (!delivery.decodable()) {
            return Optional.empty();
        }
        try {
            Provenance provenance = new Provenance(
                    delivery.delivery(),
                    delivery.attributes().portalId(),
                    delivery.endpoint(),
                    delivery.position(),
                    delivery.receivedAt(),
                    replay,
                    delivery.headers());
            return Optional.of(DecodedBody.decode(delivery.body().orElseThrow()).toEvent(provenance));
        } catch (UndecodableBody e) {
            throw new IllegalStateException("delivery %s was decoded before".formatted(delivery.delivery()), e);
        }
    }
}
