package org.mxhooks.mendix;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.mxhooks.event.WebhookEvent;

/** What the body of a projects webhook says, read by its published fields. */
final class PortalBody {

    /** A time of the portal's that is further ahead of the arrival is not used: nothing that follows could be newer. */
    static final Duration MAX_AHEAD = Duration.ofDays(1);

    private final JsonObject json;
    private final Optional<Subject> subject;

    PortalBody(JsonObject json) {
        this.json = json;
        this.subject = Subject.of(json);
    }

    JsonObject json() {
        return json;
    }

    Optional<Subject> subject() {
        return subject;
    }

    /** As {@link WebhookEvent#category()}. */
    String category() {
        return knownCategory().orElse(Attributes.UNKNOWN);
    }

    /** The category that the body names by the resource in it. */
    Optional<String> knownCategory() {
        return subject.map(known -> known.kind().category());
    }

    /** As {@link WebhookEvent#action()}. */
    String action() {
        return PortalFields.ACTION
                .of(json)
                .map(action -> action.toLowerCase(Locale.ROOT))
                .orElse(Attributes.UNKNOWN);
    }

    /** As {@link WebhookEvent#appId()}. */
    Optional<String> appId() {
        return PortalFields.PROJECT.of(json).flatMap(PortalFields.APP_ID::of);
    }

    /** The story or sprint that the body is about; empty where it has no usable id. */
    Optional<Resource> resource() {
        return subject.flatMap(Subject::resource);
    }

    /**
     * As {@link WebhookEvent#createdAt()}.
     *
     * @param receivedAt when the body arrived
     */
    Optional<Instant> createdAt(Instant receivedAt) {
        return time(PortalFields.CREATED_AT, receivedAt);
    }

    /**
     * As {@link WebhookEvent#updatedAt()}.
     *
     * @param receivedAt when the body arrived
     */
    Optional<Instant> updatedAt(Instant receivedAt) {
        return time(PortalFields.UPDATED_AT, receivedAt);
    }

    private Optional<Instant> time(Field<Instant> field, Instant receivedAt) {
        return PortalFields.META.of(json).flatMap(field::of).filter(time -> !time.isAfter(receivedAt.plus(MAX_AHEAD)));
    }
}
