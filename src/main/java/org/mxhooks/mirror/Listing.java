package org.mxhooks.mirror;

import static java.util.stream.Collectors.joining;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Lists the resources of an app, or of all, the newest change first. A page is read in ranges, one after the other,
 * each of them a piece of an index in its order: so it costs the same however far back it is, and however many changes
 * have one time. Only what a list shows is read, of long texts their beginnings.
 */
final class Listing<V> {

    private static final String TIME = "moment.updatedAt";
    private static final String POSITION = "moment.position";

    private final EntityManager entities;
    private final Listed<V> listed;
    private final Map<String, Object> equal = new LinkedHashMap<>();
    private final List<Range> conditions = new ArrayList<>();
    private Optional<Instant> until = Optional.empty();

    Listing(EntityManager entities, Listed<V> listed) {
        this.entities = entities;
        this.listed = listed;
    }

    /** Only those that have this value, letter for letter. */
    Listing<V> with(String attribute, Optional<?> value) {
        value.ifPresent(wanted -> equal.put(listed.path() + attribute, wanted));
        return this;
    }

    /** Only those for which a condition of JPQL about {@code c} holds, if its parameter has a value. */
    Listing<V> where(String condition, String parameter, Optional<?> value) {
        return value.isPresent() ? where(condition, Map.of(parameter, value.get())) : this;
    }

    /** Only those for which a condition of JPQL about {@code c} holds. */
    Listing<V> where(String condition, Map<String, ?> parameters) {
        conditions.add(new Range(condition, parameters));
        return this;
    }

    /** Only those that were changed at this instant or before, or at no known time. */
    Listing<V> until(Optional<Instant> instant) {
        until = instant;
        return this;
    }

    List<V> read(String appId, Selection selection) {
        equal.put(listed.appId(), appId);
        return read(selection);
    }

    /** Of all apps, where no app was chosen. */
    List<V> read(Selection selection) {
        with("status", selection.status());
        List<V> found = new ArrayList<>();
        for (Range range : ranges(selection)) {
            if (found.size() < selection.limit()) {
                found.addAll(read(range, selection.limit() - found.size()).stream()
                        .map(Row::new)
                        .map(row -> listed.reader().apply(row.next(), row))
                        .toList());
            }
        }
        return found;
    }

    /** How many of an app's there are; if more than a maximum, that. */
    int count(String appId, int max) {
        equal.put(listed.appId(), appId);
        int count = 0;
        for (Range range : ranges(new Selection(Optional.empty(), Optional.empty(), Optional.empty(), max))) {
            count += count < max
                    ? query(position(), Long.class, range, max - count).size()
                    : 0;
        }
        return count;
    }

    /** What a range has besides the conditions of all. */
    private record Range(String condition, Map<String, ?> parameters) {

        Range and(Range other) {
            Map<String, Object> both = new HashMap<>(parameters);
            both.putAll(other.parameters);
            return new Range(condition + " and " + other.condition, both);
        }
    }

    /** Those with a time, then those without. */
    private List<Range> ranges(Selection selection) {
        Range timeless = new Range(time() + " is null", Map.of());
        Range timed = selection
                .changedSince()
                .map(since -> new Range(time() + " >= :since", Map.of("since", Columns.utc(since))))
                .orElse(new Range(time() + " is not null", Map.of()));
        if (until.isPresent()) {
            timed = timed.and(new Range(time() + " <= :until", Map.of("until", Columns.utc(until.get()))));
        }
        List<Range> ranges = selection.after().isPresent()
                ? after(selection.after().get(), timed, timeless)
                : List.of(timed, timeless);
        return selection.changedSince().isPresent()
                ? ranges.stream()
                        .filter(range -> range.parameters().containsKey("since"))
                        .toList()
                : ranges;
    }

    private List<Range> after(Change end, Range timed, Range timeless) {
        Range before = new Range(position() + " < :position", Map.of("position", end.position()));
        return end.at()
                .map(Columns::utc)
                .map(time -> List.of(
                        timed.and(new Range(time() + " = :time", Map.of("time", time)))
                                .and(before),
                        timed.and(new Range(time() + " < :time", Map.of("time", time))),
                        timeless))
                .orElse(List.of(timeless.and(before)));
    }

    private List<Object[]> read(Range range, int max) {
        return query(listed.appId() + ", " + listed.columns(), Object[].class, range, max);
    }

    private <T> List<T> query(String columns, Class<T> type, Range range, int max) {
        List<String> attributes = List.copyOf(equal.keySet());
        String equalities = IntStream.range(0, attributes.size())
                .mapToObj(i -> "%s = :value%s and ".formatted(attributes.get(i), i))
                .collect(joining());
        Range whole = conditions.stream().reduce(range, Range::and);
        TypedQuery<T> query = entities.createQuery(
                "select %s from %s c where %s%s order by %s desc, %s desc"
                        .formatted(columns, listed.entity(), equalities, whole.condition(), time(), position()),
                type);
        for (int i = 0; i < attributes.size(); i++) {
            query.setParameter("value" + i, equal.get(attributes.get(i)));
        }
        whole.parameters().forEach(query::setParameter);
        return query.setMaxResults(max).getResultList();
    }

    private String time() {
        return listed.path() + TIME;
    }

    private String position() {
        return listed.path() + POSITION;
    }
}
