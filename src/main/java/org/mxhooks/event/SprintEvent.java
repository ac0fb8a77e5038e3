package org.mxhooks.event;

import java.time.Instant;
import java.util.Optional;

/**
 * A sprint was created or updated. The accessors return its state after the change. The portal has not published the
 * fields of sprints: only {@link #sprintId()} is certain, the others are assumptions, and all of them may be absent.
 */
public interface SprintEvent extends WebhookEvent {

    /** The sprint's number, unique only within the app ({@link #appId()}). */
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

    /** When the sprint was created. */
    Optional<Instant> creationDate();
}
