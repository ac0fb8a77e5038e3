package org.mxhooks.mirror;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads a board, now or as of an instant. However many stories an app has, a board costs three queries for each of its
 * columns, each a piece of an index, and a lookup for each of the {@link StoriesAt#MAX_LOOKUPS latest} stories that
 * have changed since that instant.
 */
final class BoardReader {

    private static final int MAX_COLUMNS = 20;

    /** Those of the portal, also of its older vocabulary; a team's own come between the last two. */
    private static final List<String> BEFORE = List.of("to-do", "open", "running", "started");

    private static final String AFTER = "done";

    private static final Comparator<StorySnapshot> NEWEST_FIRST = comparing(
                    (StorySnapshot story) -> story.version().updatedAt().orElse(Instant.MIN))
            .thenComparing(story -> story.version().position())
            .reversed();

    private final EntityManager entities;
    private final String appId;
    private final OptionalLong sprint;
    private final Optional<Instant> at;
    private final int limit;

    /** @param limit how many stories a column shows */
    BoardReader(EntityManager entities, String appId, OptionalLong sprint, Optional<Instant> at, int limit) {
        this.entities = entities;
        this.appId = appId;
        this.sprint = sprint;
        this.at = at;
        this.limit = limit;
    }

    StoryBoard read() {
        StoryFilter all = new StoryFilter(Optional.empty(), false, sprint);
        StoryPage changed = at.map(
                        instant -> new StoriesAt(entities, appId, instant).changedSince(all, Optional.empty()))
                .orElse(new StoryPage(List.of(), Optional.empty()));
        Map<Optional<String>, List<StorySnapshot>> then =
                changed.stories().stream().collect(groupingBy(BoardReader::column));
        TreeSet<String> statuses = statuses();
        then.keySet().forEach(status -> status.ifPresent(statuses::add));
        List<StoryBoard.StatusColumn> columns = Stream.concat(
                        statuses.stream().limit(MAX_COLUMNS).map(Optional::of), Stream.of(Optional.<String>empty()))
                .map(status -> column(status, then.getOrDefault(status, List.of())))
                .filter(column -> column.count() > 0)
                .toList();
        return new StoryBoard(
                columns, statuses.size() <= MAX_COLUMNS && changed.next().isEmpty());
    }

    private static Optional<String> column(StorySnapshot story) {
        return story.status().filter(text -> !text.isEmpty());
    }

    /** Those of the app's current stories, each found by a look into the index behind the one before. */
    private TreeSet<String> statuses() {
        TreeSet<String> statuses = new TreeSet<>(comparing(BoardReader::rank).thenComparing(Comparator.naturalOrder()));
        Optional<String> last = Optional.of("");
        while (last.isPresent() && statuses.size() <= MAX_COLUMNS) {
            last = entities.createQuery(
                            "select c.state.status from Story c where c.key.appId = :app and c.state.status > :last"
                                    + " order by c.key.appId, c.state.status",
                            String.class)
                    .setParameter("app", appId)
                    .setParameter("last", last.get())
                    .setMaxResults(1)
                    .getResultStream()
                    .findFirst();
            last.ifPresent(statuses::add);
        }
        return statuses;
    }

    private static int rank(String status) {
        int known = BEFORE.indexOf(status.toLowerCase(Locale.ROOT));
        return known >= 0 ? known : status.equalsIgnoreCase(AFTER) ? BEFORE.size() + 1 : BEFORE.size();
    }

    /** @param then stories that had the status and have changed since */
    private StoryBoard.StatusColumn column(Optional<String> status, List<StorySnapshot> then) {
        StoryFilter filter = new StoryFilter(Optional.empty(), false, sprint).inColumn(status);
        List<StorySnapshot> stories = new ArrayList<>(then);
        stories.addAll(filter.in(entities)
                .until(at)
                .read(appId, new Selection(Optional.empty(), Optional.empty(), Optional.empty(), limit)));
        int unchanged = stories.size() - then.size();
        int count =
                unchanged < limit ? unchanged : filter.in(entities).until(at).count(appId, StoryBoard.MAX_COUNT + 1);
        List<StorySnapshot> latest =
                stories.stream().sorted(NEWEST_FIRST).limit(limit).toList();
        return new StoryBoard.StatusColumn(status, latest, then.size() + count);
    }
}
