package org.mxhooks.console;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.mxhooks.mirror.StorySnapshot;

/**
 * A story, as a board or a list shows it.
 *
 * @param id its number
 * @param name its title, or empty
 * @param status as the portal sends it, or empty
 * @param type as the portal sends it, or empty
 * @param sprint the name or number of the sprint that it is planned in, or empty
 * @param changedAt by the portal's clock, or null
 * @param url its page
 * @param delivery the page of the delivery that it comes from
 */
public record StoryCard(
        long id,
        String name,
        String status,
        String type,
        String sprint,
        Instant changedAt,
        String url,
        String delivery) {

    /** @param sprints names by number */
    static StoryCard of(StorySnapshot story, Map<Long, String> sprints, Optional<Instant> at) {
        return new StoryCard(
                story.storyId(),
                story.name().orElse(""),
                story.status().orElse(""),
                story.storyType().orElse(""),
                story.parentId()
                        .map(parent ->
                                sprints.getOrDefault(parent, story.parentType().orElse("") + " #" + parent))
                        .orElse(""),
                story.version().updatedAt().orElse(null),
                url(story, at),
                PageUrl.delivery(story.version().delivery()));
    }

    private static String url(StorySnapshot story, Optional<Instant> at) {
        return PageUrl.of(
                "story",
                "app",
                story.version().appId(),
                "id",
                String.valueOf(story.storyId()),
                "at",
                at.map(Instant::toString).orElse(""));
    }
}
