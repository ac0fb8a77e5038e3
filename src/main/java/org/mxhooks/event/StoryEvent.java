package org.mxhooks.event;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A story was created or updated. The accessors return its complete state after the change, not what changed. The
 * portal may omit every field but the number: an absent field is unknown, not cleared.
 */
public interface StoryEvent extends WebhookEvent {

    /** The story's number, unique only within the app ({@link #appId()}). */
    long storyId();

    /** Number of the parent in which the story is planned, usually a sprint. */
    OptionalLong parentId();

    /** Type of the parent: {@code Sprint}. */
    Optional<String> parentType();

    /** The title. */
    Optional<String> name();

    /** The description, as the portal sends it. */
    Optional<String> description();

    /** {@code To-do}, {@code Running}, {@code Done}, or another status of the team's board. */
    Optional<String> status();

    /** {@code Feature} or {@code Bug}. */
    Optional<String> storyType();

    /** Whether the story is divided into tasks. */
    Optional<Boolean> hasSubStories();

    /** When the story was created. */
    Optional<Instant> creationDate();
}
