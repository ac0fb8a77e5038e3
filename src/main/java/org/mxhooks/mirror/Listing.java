package org.mxhooks.mirror;

import static java.util.stream.Collectors.joining;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Lists the current versions of an app's resources, the newest change first. A page is read in ranges, one after the
 * other, each of them a piece of an index in its order: so it costs the same however far back it is, and however many
 * changes have one time. Only what a list shows is read, of long texts their beginnings.
 */
final class Listing<V> {

    private static final String TIME = "c.state.origin.updatedAt";
    private static final String POSITION = "c.state.origin.position";

    private final EntityManager entities;
    private final Class<? extends Current<? extends ResourceState<V>>> type;
    private final String columns;
    private final Function<Row, ResourceState<V>> state;
    private final Map<String, Object> equal = new LinkedHashMap<>();

    private Listing(
            EntityManager entities,
            Class<? extends Current<? extends ResourceState<V>>> type,
            String columns,
            Function<Row, ResourceState<V>> state) {
        this.entities = entities;
        this.type = type;
        this.columns = columns;
        this.state = state;
    }

    static Listing<StorySnapshot> ofStories(EntityManager entities) {
        return new Listing<>(entities, Story.class, StoryState.columns("c.state."), StoryState::new);
    }

    static Listing<SprintSnapshot> ofSprints(EntityManager entities) {
        return new Listing<>(entities, Sprint.class, SprintState.columns("c.state."), SprintState::new);
    }

    /** Only those that have this value, letter for letter. */
    Listing<V> with(String attribute, Optional<?> value) {
        value.ifPresent(wanted -> equal.put("c.state." + attribute, wanted));
        return this;
    }

    List<V> read(String appId, Selection selection) {
        equal.put("c.key.appId", appId);
        with("status", selection.status());
        List<V> found = new ArrayList<>();
        for (Range range : ranges(selection)) {
            if (found.size() < selection.limit()) {
                found.addAll(read(range, selection.limit() - found.size()).stream()
                        .map(row -> snapshot(appId, row))
                        .toList());
            }
        }
        return found;
    }

    private V snapshot(String appId, Object... columnsOfRow) {
        Row row = new Row(columnsOfRow);
        long id = row.<Long>next();
        String delivery = row.next();
        ResourceState<V> shown = state.apply(row);
        return shown.snapshot(id, shown.origin().details(appId, delivery, row.cut()));
    }

    /** What a range has besides the conditions of all. */
    private record Range(String condition, Map<String, Object> parameters) {

        Range and(Range other) {
            Map<String, Object> both = new HashMap<>(parameters);
            both.putAll(other.parameters);
            return new Range(condition + " and " + other.condition, both);
        }
    }

    /** Those with a time, then those without. */
    private static List<Range> ranges(Selection selection) {
        Range timeless = new Range(TIME + " is null", Map.of());
        Range timed = selection
                .changedSince()
                .map(since -> new Range(TIME + " >= :since", Map.of("since", Columns.utc(since))))
                .orElse(new Range(TIME + " is not null", Map.of()));
        List<Range> ranges = selection.after().isPresent()
                ? after(selection.after().get(), timed, timeless)
                : List.of(timed, timeless);
        return selection.changedSince().isPresent()
                ? ranges.stream()
                        .filter(range -> range.parameters().containsKey("since"))
                        .toList()
                : ranges;
    }

    private static List<Range> after(Change end, Range timed, Range timeless) {
        Range before = new Range(POSITION + " < :position", Map.of("position", end.position()));
        return end.at()
                .map(Columns::utc)
                .map(time -> List.of(
                        timed.and(new Range(TIME + " = :time", Map.of("time", time)))
                                .and(before),
                        timed.and(new Range(TIME + " < :time", Map.of("time", time))),
                        timeless))
                .orElse(List.of(timeless.and(before)));
    }

    private List<Object[]> read(Range range, int max) {
        List<String> attributes = List.copyOf(equal.keySet());
        String conditions = IntStream.range(0, attributes.size())
                .mapToObj(i -> "%s = :value%s and ".formatted(attributes.get(i), i))
                .collect(joining());
        TypedQuery<Object[]> query = entities.createQuery(
                "select c.key.id, c.delivery, %s from %s c where %s%s order by %s desc, %s desc"
                        .formatted(columns, type.getSimpleName(), conditions, range.condition(), TIME, POSITION),
                Object[].class);
        for (int i = 0; i < attributes.size(); i++) {
            query.setParameter("value" + i, equal.get(attributes.get(i)));
        }
        range.parameters().forEach(query::setParameter);
        return query.setMaxResults(max).getResultList();
    }
}
