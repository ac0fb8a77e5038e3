package org.mxhooks.event;

import java.time.Instant;
import java.util.Optional;

/**
 * A sprint was created or updated; the accessors tell its state from then on. The portal never published the fields of
 * a sprint: only {@link #sprintId()} is certain, the others are what is likely, and all may be absent.
 */
public interface SprintEvent extends WebhookEvent {

    /** The sprint's number, unique within the app ({@link #appId()}), not beyond. */
    long sprintId();

    /** The title. */
    Optional<String> name();

    /** The sprint's goal. */
    Optional<String> description();

    /** {@code Planned}, {@code Active}, {@code Completed}, or another. */
    Optional<String> status();

    /** When the sprint begins. */
    Optional<Instant> startDate();

    /** When the sprint ends. */
    Optional<Instant> endDate();

    /** When the sprint was planned. */
    Optional<Instant> creationDate();
}
