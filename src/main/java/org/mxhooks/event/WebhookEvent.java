package org.mxhooks.event;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The decoded form of one authentic delivery.
 *
 * <p>All values come from the signed body, except {@link #portalId()} and the trace context. Values that the portal may
 * omit are {@link Optional}: empty if absent, null or unusable. An unusable value is still in {@link #json()}, and is a
 * remark on the delivery. Times are truncated to microseconds; in the body they are ISO 8601,
 * {@code 2026-03-02T09:41:07.884Z}, in any usual variant, or numbers since the epoch. Ids of stories and sprints are
 * numbers, also if the body contains them as text, other ids are texts, also if the body contains them as numbers.
 * Names of fields are case-insensitive.
 *
 * <p>Immutable, and equal for each notification of a delivery, except {@link #replay()}. The
 * {@linkplain org.mxhooks.event package} describes the guarantees for observers.
 */
public interface WebhookEvent {

    /** Id of the delivery, assigned by mxhooks when it was accepted; the same on every notification. */
    UUID delivery();

    /** The portal's id of the delivery, from a header that the signature may not cover: do not base decisions on it. */
    Optional<String> portalId();

    /** Name of the endpoint that accepted the delivery, as in {@code mxhooks.endpoints}. */
    String endpoint();

    /**
     * Position in the inbox's log: of two deliveries the later accepted one has the greater position. Gaps have no
     * meaning.
     */
    long position();

    /**
     * {@code stories}, {@code sprints}, {@code teamserver.push}, {@code package.uploaded}, {@code alerts}, or another
     * category in lower case, according to the body; {@code unknown} if the body names none, regardless of headers.
     */
    String category();

    /**
     * {@code created}, {@code updated}, or another action in lower case; of a push {@code push}, of a package
     * {@code uploaded}, of an alert its severity in lower case; {@code unknown} if the body contains none.
     */
    String action();

    /**
     * Id of the app that the event is about: a UUID in lower case with hyphens, in whatever form the body contains it,
     * or another text of at most 100 characters without control characters, slashes and semicolons. Of an
     * {@link AlertEvent} it is the app's name.
     */
    Optional<String> appId();

    /**
     * When the resource was created, by the portal's clock; empty if more than a day after the arrival of the delivery.
     */
    Optional<Instant> createdAt();

    /**
     * When the resource reached this state, by the portal's clock: compare it to detect states that arrive late. Empty
     * if more than a day after the arrival of the delivery, since no later state could be newer.
     */
    Optional<Instant> updatedAt();

    /** When the delivery was accepted, by the database's clock. */
    Instant receivedAt();

    /** Who triggered the event. */
    Optional<Sender> sender();

    /** The app's project. */
    Optional<Project> project();

    /**
     * The header {@code traceparent} of the delivery (W3C Trace Context, Level 1), to be passed on. No signature covers
     * it. Empty if missing, repeated or malformed.
     */
    Optional<String> traceParent();

    /** The header {@code tracestate} that belongs to {@link #traceParent()}, unverified too; empty without it. */
    Optional<String> traceState();

    /**
     * Whether this is a replay that an operator ordered. Newer events of the same resource may have been notified
     * before. Retries, and notifications that are repeated after a node died, are no replays.
     */
    boolean replay();

    /** The body as received, including fields without an accessor. */
    JsonObject json();
}
