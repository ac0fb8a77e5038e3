package org.mxhooks.mirror;

import java.util.List;
import java.util.Optional;

/**
 * The stories of an app, or of one of its sprints, by status.
 *
 * @param columns in the portal's order
 * @param complete whether there is no story beside these and those that the columns count: false where the app has too
 *     many statuses, or too many stories have changed since the instant that was asked for
 */
public record StoryBoard(List<StatusColumn> columns, boolean complete) {

    /** As far as a column counts its stories. */
    public static final int MAX_COUNT = 1_000;

    /**
     * The stories of a status.
     *
     * @param status empty for those that have none
     * @param stories the latest changes
     * @param count how many there are; more than {@link #MAX_COUNT} stands for any number above it
     */
    public record StatusColumn(Optional<String> status, List<StorySnapshot> stories, int count) {}
}
