package org.mxhooks.mendix;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.mxhooks.event.Project;
import org.mxhooks.event.Sender;
import org.mxhooks.event.WebhookEvent;

/** What a body says, read by the published fields of one family of webhooks. */
interface PortalBody {

    /** A time of the portal's that is further ahead of the arrival is not used: nothing that follows could be newer. */
    Duration MAX_AHEAD = Duration.ofDays(1);

    static boolean isUsable(Instant time, Instant receivedAt) {
        return !time.isAfter(receivedAt.plus(MAX_AHEAD));
    }

    JsonObject json();

    /** As {@link WebhookEvent#category()}. */
    default String category() {
        return knownCategory().orElse(Attributes.UNKNOWN);
    }

    /** The category that the body names. */
    Optional<String> knownCategory();

    /** As {@link WebhookEvent#action()}. */
    String action();

    /** As {@link WebhookEvent#appId()}. */
    Optional<String> appId();

    /** What the body is about; empty where it has no usable id. */
    Optional<Resource> resource();

    /**
     * As {@link WebhookEvent#createdAt()}.
     *
     * @param receivedAt when the body arrived
     */
    Optional<Instant> createdAt(Instant receivedAt);

    /**
     * As {@link WebhookEvent#updatedAt()}.
     *
     * @param receivedAt when the body arrived
     */
    Optional<Instant> updatedAt(Instant receivedAt);

    /** As {@link WebhookEvent#sender()}. */
    Optional<Sender> sender();

    /** As {@link WebhookEvent#project()}. */
    Optional<Project> project();
}
