package org.mxhooks.event;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** A story was created or updated; the accessors tell its state from then on. */
public interface StoryEvent extends WebhookEvent {

    /** The story's number, unique within the app. */
    long storyId();

    /** Number of what the story is planned in. */
    OptionalLong parentId();

    /** What the story is planned in: {@code Sprint}. */
    Optional<String> parentType();

    /** The title. */
    Optional<String> name();

    /** The text below the title. */
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
