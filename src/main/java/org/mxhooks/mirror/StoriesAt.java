package org.mxhooks.mirror;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The stories of an app as they were at an instant, by the portal's clock. Those that have changed since come first: of
 * each the version that was valid is looked up, so a page has a bound on how many it looks at. Those that have not are
 * found by their current state, by the index of the filter.
 */
final class StoriesAt {

    /** How many stories that have changed since are looked up for a page. */
    static final int MAX_LOOKUPS = 200;

    private final EntityManager entities;
    private final String appId;
    private final Instant at;

    StoriesAt(EntityManager entities, String appId, Instant at) {
        this.entities = entities;
        this.appId = appId;
        this.at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /** Those that match a filter; a page may be longer than the limit, by those that have changed since. */
    StoryPage page(StoryFilter filter, Optional<Change> after, int limit) {
        boolean changed =
                after.isEmpty() || after.get().at().filter(at::isBefore).isPresent();
        StoryPage since = changed ? changedSince(filter, after) : new StoryPage(List.of(), Optional.empty());
        if (since.next().isPresent()) {
            return since;
        }
        int room = Math.max(1, limit - since.stories().size());
        StoryPage rest = StoryPage.of(unchanged(filter, changed ? Optional.empty() : after, room + 1), room);
        return new StoryPage(
                Stream.concat(since.stories().stream(), rest.stories().stream()).toList(), rest.next());
    }

    /** Those that have changed since, as they were; the next page begins where these end. */
    StoryPage changedSince(StoryFilter filter, Optional<Change> after) {
        StoryFilter any = new StoryFilter(Optional.empty(), false, OptionalLong.empty());
        Selection selection =
                new Selection(Optional.empty(), Optional.of(at.plus(1, ChronoUnit.MICROS)), after, MAX_LOOKUPS + 1);
        List<StorySnapshot> changed = any.in(entities).read(appId, selection);
        List<StorySnapshot> stories = changed.stream()
                .limit(MAX_LOOKUPS)
                .flatMap(story -> asItWas(story.storyId()).stream())
                .filter(filter::matches)
                .toList();
        return new StoryPage(
                stories,
                changed.size() > MAX_LOOKUPS
                        ? Optional.of(changed.get(MAX_LOOKUPS - 1).version().change())
                        : Optional.empty());
    }

    private Optional<StorySnapshot> asItWas(long story) {
        return History.STORIES
                .pastAt(entities, new ResourceKey(appId, story), at)
                .map(StoryVersion::snapshot);
    }

    /** Those that have not changed since. */
    List<StorySnapshot> unchanged(StoryFilter filter, Optional<Change> after, int limit) {
        return filter.in(entities)
                .until(Optional.of(at))
                .read(appId, new Selection(Optional.empty(), Optional.empty(), after, limit));
    }
}
