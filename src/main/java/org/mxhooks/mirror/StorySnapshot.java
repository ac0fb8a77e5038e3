package org.mxhooks.mirror;

import java.time.Instant;
import java.util.Optional;

/**
 * A version of a story; the names are those of {@link org.mxhooks.event.StoryEvent}.
 *
 * @param version where it comes from
 */
public record StorySnapshot(
        long storyId,
        Optional<String> name,
        Optional<String> description,
        Optional<String> status,
        Optional<String> storyType,
        Optional<Boolean> hasSubStories,
        Optional<Long> parentId,
        Optional<String> parentType,
        Optional<Instant> creationDate,
        VersionDetails version) {}
