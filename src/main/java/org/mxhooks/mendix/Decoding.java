package org.mxhooks.mendix;

import java.time.Instant;
import java.util.List;
import org.mxhooks.event.WebhookEvent;

/** A body as the decoder of one family of webhooks reads it. */
interface Decoding {

    PortalBody body();

    /** The event that observers are notified of. */
    WebhookEvent toEvent(Provenance provenance);

    /**
     * What is to be remarked about the body.
     *
     * @param hasUniqueNames whether no object of it has a name twice
     * @param receivedAt when it arrived
     */
    List<String> remarks(boolean hasUniqueNames, Instant receivedAt);
}
