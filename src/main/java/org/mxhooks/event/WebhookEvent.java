package org.mxhooks.event;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One authentic delivery of the portal, decoded.
 *
 * <p>All of it comes from the signed body, except {@link #portalId()} and the trace context. What the portal may leave
 * out is {@link Optional}: a value that is absent, null or unusable is empty here and still to be found in
 * {@link #json()}; an unusable one is a remark on the delivery. Times are instants here, cut to microseconds; in the
 * body they are ISO 8601, {@code 2026-03-02T09:41:07.884Z}, in any of its usual variants, or numbers since the epoch.
 * Ids are numbers, also where the body writes them as text; the names of fields are read without regard to case.
 *
 * <p>Immutable, and the same for each notification of a delivery but for {@link #replay()}. What an observer may rely
 * on is told by the {@linkplain org.mxhooks.event package}.
 */
public interface WebhookEvent {

    /** Identifies the delivery within this mxhooks; given out when it was accepted, the same on every notification. */
    UUID delivery();

    /** The id that the portal gave the delivery, from a header that the signature may not cover: for reading only. */
    Optional<String> portalId();

    /** Name of the endpoint that accepted the delivery, as in {@code mxhooks.endpoints}. */
    String endpoint();

    /** Place in the inbox's log: of two deliveries the later accepted has the greater position. Gaps mean nothing. */
    long position();

    /**
     * {@code stories}, {@code sprints}, or another category in lower case, by the resource in the body; {@code unknown}
     * where the body names none, whatever a header says.
     */
    String category();

    /** {@code created}, {@code updated}, or another action in lower case; {@code unknown} where the body has none. */
    String action();

    /**
     * Id of the app that the event is about: a UUID in lower case with hyphens, however the body writes it, or another
     * text of at most 100 characters without control characters, slashes and semicolons.
     */
    Optional<String> appId();

    /**
     * When the resource was created, by the portal's clock; empty where that is more than a day ahead of the delivery's
     * arrival.
     */
    Optional<Instant> createdAt();

    /**
     * When the state in this event was reached, by the portal's clock: what is older is late news. Empty where that is
     * more than a day ahead of the delivery's arrival, as nothing that follows could be newer.
     */
    Optional<Instant> updatedAt();

    /** Who triggered the event; empty where the portal does not say. */
    Optional<Sender> sender();

    /** The app's project. */
    Optional<Project> project();

    /**
     * The sender's place in a distributed trace: its header {@code traceparent} (W3C Trace Context, Level 1), which no
     * signature covers – for passing on only. Empty where that is missing, repeated or malformed.
     */
    Optional<String> traceParent();

    /** The header {@code tracestate} that goes with {@link #traceParent()}, unverified too; empty without that. */
    Optional<String> traceState();

    /**
     * Whether an operator asked for this notification to be repeated. Newer events of the same resource may have been
     * seen before it. A retry, and a notification that a node's death repeats, is none.
     */
    boolean replay();

    /** The body as it arrived, with every field that has no accessor here. */
    JsonObject json();
}
