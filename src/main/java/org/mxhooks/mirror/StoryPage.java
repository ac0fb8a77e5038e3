package org.mxhooks.mirror;

import java.util.List;
import java.util.Optional;

/**
 * A page of stories, the newest change first.
 *
 * @param stories may be none although another page follows: of those that have changed since the instant that was asked
 *     for, a page looks at so many only
 * @param next where the next page begins; empty if this is the last
 */
public record StoryPage(List<StorySnapshot> stories, Optional<Change> next) {

    /** @param found one more than the limit shows that another page follows */
    static StoryPage of(List<StorySnapshot> found, int limit) {
        return found.size() <= limit
                ? new StoryPage(found, Optional.empty())
                : new StoryPage(
                        found.subList(0, limit),
                        Optional.of(found.get(limit - 1).version().change()));
    }
}
