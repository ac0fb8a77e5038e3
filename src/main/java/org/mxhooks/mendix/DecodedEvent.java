package org.mxhooks.mendix;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.event.Project;
import org.mxhooks.event.Sender;
import org.mxhooks.event.WebhookEvent;

/** What every event offers, read from the payload when it is asked for. */
abstract class DecodedEvent implements WebhookEvent {

    private final PortalBody payload;
    private final Provenance provenance;

    DecodedEvent(PortalBody payload, Provenance provenance) {
        this.payload = payload;
        this.provenance = provenance;
    }

    @Override
    public final UUID delivery() {
        return provenance.delivery();
    }

    @Override
    public final Optional<String> portalId() {
        return provenance.portalId();
    }

    @Override
    public final String endpoint() {
        return provenance.endpoint();
    }

    @Override
    public final long position() {
        return provenance.position();
    }

    @Override
    public final Optional<String> traceParent() {
        return TraceContext.of(provenance.headers()).parent();
    }

    @Override
    public final Optional<String> traceState() {
        return TraceContext.of(provenance.headers()).state();
    }

    @Override
    public final boolean replay() {
        return provenance.replay();
    }

    final Optional<Resource> resource() {
        return payload.resource();
    }

    @Override
    public final String category() {
        return payload.category();
    }

    @Override
    public final String action() {
        return payload.action();
    }

    @Override
    public final Optional<String> appId() {
        return payload.appId();
    }

    @Override
    public final Optional<Instant> createdAt() {
        return payload.createdAt(provenance.receivedAt());
    }

    @Override
    public final Optional<Instant> updatedAt() {
        return payload.updatedAt(provenance.receivedAt());
    }

    @Override
    public final Instant receivedAt() {
        return provenance.receivedAt();
    }

    @Override
    public final Optional<Sender> sender() {
        return payload.sender();
    }

    @Override
    public final Optional<Project> project() {
        return payload.project();
    }

    @Override
    public final JsonObject json() {
        return payload.json();
    }

    /** Short enough for a log, whatever the action is. */
    @Override
    public final String toString() {
        return "%s %.100s, delivery %s".formatted(category(), action(), delivery());
    }
}
