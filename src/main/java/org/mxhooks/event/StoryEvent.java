package org.mxhooks.event;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A story was created or updated; the accessors tell its state from then on, all of it, not what changed. Its fields
 * are those that the portal publishes for stories; each but the number may be absent, and then it is not known, which
 * is not the same as cleared.
 */
public interface StoryEvent extends WebhookEvent {

    /** The story's number, unique within the app ({@link #appId()}), not beyond. */
    long storyId();

    /** Number of what the story is planned in, the sprint's for example. */
    OptionalLong parentId();

    /** What the story is planned in: {@code Sprint}. */
    Optional<String> parentType();

    /** The title. */
    Optional<String> name();

    /** The text below the title, as the portal sends it. */
    Optional<String> description();

    /** {@code To-do}, {@code Running}, {@code Done}, or what the team's board says. */
    Optional<String> status();

    /** {@code Feature} or {@code Bug}. */
    Optional<String> storyType();

    /** Whether the story is divided into tasks. */
    Optional<Boolean> hasSubStories();

    /** When the story was written. */
    Optional<Instant> creationDate();
}
