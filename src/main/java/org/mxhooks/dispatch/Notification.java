package org.mxhooks.dispatch;

import java.util.Optional;
import org.mxhooks.event.WebhookEvent;
import org.mxhooks.inbox.LogEntry;
import org.mxhooks.mendix.DecodedBody;
import org.mxhooks.mendix.Provenance;
import org.mxhooks.mendix.UndecodableBody;

/**
 * What a consumer is notified of.
 *
 * @param event the decoded delivery
 * @param headers every header of the request, unverified: a JSON object of arrays
 * @param body the bytes as they were received and signed; not to be changed
 */
public record Notification(WebhookEvent event, String headers, byte[] body) {

    /** Decodes a delivery; empty if its body is no event. */
    static Optional<Notification> of(LogEntry entry, boolean replay) {
        return entry.decodable()
                ? entry.body().map(body -> new Notification(decode(entry, body, replay), entry.headers(), body))
                : Optional.empty();
    }

    private static WebhookEvent decode(LogEntry entry, byte[] body, boolean replay) {
        try {
            return DecodedBody.decode(entry.scheme(), body)
                    .toEvent(new Provenance(
                            entry.delivery(),
                            entry.attributes().portalId(),
                            entry.endpoint(),
                            entry.position(),
                            entry.receivedAt(),
                            replay,
                            entry.headers()));
        } catch (UndecodableBody e) {
            throw new IllegalStateException("delivery %s was decoded before".formatted(entry.delivery()), e);
        }
    }
}
