package org.mxhooks.mirror;

import jakarta.persistence.EntityManager;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which stories of an app a board or a list of the console shows.
 *
 * @param status as the portal sends it, letter for letter
 * @param withoutStatus only those that have none
 * @param sprint in which they are planned
 */
public record StoryFilter(Optional<String> status, boolean withoutStatus, OptionalLong sprint) {

    private static final String SPRINT = "Sprint";

    /** Those of the same sprint that have this status; an empty one stands for none. */
    StoryFilter inColumn(Optional<String> column) {
        return new StoryFilter(column, column.isEmpty(), sprint);
    }

    boolean matches(StorySnapshot story) {
        Optional<String> known = story.status().filter(text -> !text.isEmpty());
        boolean ofStatus = withoutStatus ? known.isEmpty() : status.isEmpty() || status.equals(known);
        return ofStatus && isPlanned(story);
    }

    private boolean isPlanned(StorySnapshot story) {
        return sprint.isEmpty()
                || story.parentId().filter(id -> id == sprint.getAsLong()).isPresent()
                        && story.parentType().filter(SPRINT::equals).isPresent();
    }

    Listing<StorySnapshot> in(EntityManager entities) {
        Optional<Long> parent = sprint.isPresent() ? Optional.of(sprint.getAsLong()) : Optional.empty();
        Listing<StorySnapshot> listing = new Listing<>(entities, Listed.STORIES)
                .with("status", status)
                .with("parentId", parent)
                .with("parentType", parent.map(any -> SPRINT));
        return withoutStatus ? listing.where("(c.state.status is null or c.state.status = '')", Map.of()) : listing;
    }
}
