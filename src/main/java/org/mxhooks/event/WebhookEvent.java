package org.mxhooks.event;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One authentic delivery of the portal, decoded.
 *
 * <p>What it tells of the portal's news comes from the signed body, but for {@link #portalId()}, the trace context and, where the body names none,
 * {@link #category()}. What the portal may leave out is {@link Optional}: a value that is absent, null or of another type than documented is empty here and still to be
 * found in {@link #json()}. Times are ISO 8601 in the body, {@code 2026-03-02T09:41:07.884Z}, and instants here; ids are numbers, also where the body writes them as text; the
 * names of fields are read without regard to case.
 *
 * <p>Immutable, and the same for each notification of a delivery but for {@link #replay()}. What an observer may rely on is told by the {@linkplain org.mxhooks.event package}.
 */
public interface WebhookEvent {

    /** Identifies the delivery within this mxhooks; given out when it was accepted, the same on every notification. */
    UUID delivery();

    /** The id that the portal gave the delivery, from a header that the signature may not cover: for reading only. */
    Optional<String> portalId();

    /** Name of the endpoint that accepted the delivery, as in {@code mxhooks.endpoints}. */
    String endpoint();

    /**
     * Place in the inbox's log: of two deliveries the later accepted has the greater position. Gaps mean nothing.
     */
    long position();

    /**
     * {@code stories}, {@code sprints}, or another category in lower case. Where the body names none, the portal's
     * header tells it, unverified; {@code unknown} where that is missing too.
     */
    String category();

    /** {@code created}, {@code updated}, or another action in lower case; {@code unknown} where the body has none. */
    String action();

    /** Id of the app (a UUID in text form) that the news is about. */
    Optional<String> appId();

    /** When the resource was created, by the portal's clock. */
    Optional<Instant> createdAt();

    /** When the state in this event was reached, by the portal's clock: what is older is late news. */
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
     * Whether an operator asked for this notification to be repeated. Newer events of the same resource may have been seen before it. A retry, and a notification that a node's death repeats, is none.
     */
    boolean replay();

    /** The body as it arrived, with every field that has no accessor here. */
    JsonObject json();
}
