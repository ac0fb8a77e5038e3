package org.mxhooks.mirror;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.mxhooks.event.WebhookEvent;

/**
 * The versions of the resources of a kind, in the transaction of the thread.
 *
 * @param current what is the newest version
 * @param past what is any other
 * @param first makes a resource that was not known
 * @param superseded makes a past version of a state
 * @param keys of past versions
 * @param <K> the key of a resource
 * @param <V> the read model
 * @param <S> the states
 * @param <C> the current version
 * @param <P> a past one
 */
record History<K, V, S extends ResourceState, C extends Current<S> & Version<V>, P extends Past & Version<V>>(
        Class<C> current, Class<P> past, Function<K, C> first, Superseded<K, S, P> superseded, PastKeys<K> keys) {

    static final History<ResourceKey, StorySnapshot, StoryState, Story, StoryVersion> STORIES =
            new History<>(Story.class, StoryVersion.class, Story::new, StoryVersion::new, PastKeys.OF_APP);
    static final History<ResourceKey, SprintSnapshot, SprintState, Sprint, SprintVersion> SPRINTS =
            new History<>(Sprint.class, SprintVersion.class, Sprint::new, SprintVersion::new, PastKeys.OF_APP);
    static final History<String, AlertSnapshot, AlertState, Alert, AlertVersion> ALERTS =
            new History<>(Alert.class, AlertVersion.class, Alert::new, AlertVersion::new, PastKeys.OF_SERVICE);

    private static final String TIME = "c.state.moment.updatedAt";
    private static final String POSITION = "c.state.moment.position";

    /** Makes a past version. */
    interface Superseded<K, S, P> {
        P version(K resource, String delivery, S state, Instant supersededAt);
    }

    /** Keeps the state of an event as the current version or a past one; once, however often that is repeated. */
    void keep(EntityManager entities, K key, WebhookEvent event, S state) {
        C known = entities.find(current, key);
        if (known == null) {
            C made = first.apply(key);
            made.replaceBy(event, state);
            entities.persist(made);
        } else if (known.state().moment().isOlderThan(state.moment())) {
            entities.persist(superseded.version(key, known.delivery(), known.state(), Instant.now()));
            known.replaceBy(event, state);
        } else {
            keepLate(entities, key, known, event.delivery().toString(), state);
        }
    }

    private void keepLate(EntityManager entities, K key, C known, String delivery, S late) {
        if (!delivery.equals(known.delivery()) && entities.find(past, keys.key().apply(key, delivery)) == null) {
            Instant end = firstEndAfter(entities, key, late.moment()).orElseGet(Instant::now);
            entities.persist(superseded.version(key, delivery, late, end));
        }
    }

    /**
     * When the first of the versions ended that are newer; so that a late version is not kept beyond those that
     * superseded it. One version is read, however many are newer.
     */
    private Optional<Instant> firstEndAfter(EntityManager entities, K key, Moment moment) {
        if (moment.updatedAt().isEmpty()) {
            Map<String, Object> position = Map.of("position", moment.position());
            return firstEnd(entities, key, "%s is null and %s > :position".formatted(TIME, POSITION), position)
                    .or(() -> firstEnd(entities, key, TIME + " is not null", Map.of()));
        }
        OffsetDateTime time = Columns.utc(moment.updatedAt().get());
        return firstEnd(
                entities,
                key,
                "%s >= :time and (%1$s > :time or %s > :position)".formatted(TIME, POSITION),
                Map.of("time", time, "position", moment.position()));
    }

    private Optional<Instant> firstEnd(
            EntityManager entities, K key, String condition, Map<String, Object> parameters) {
        TypedQuery<OffsetDateTime> query = of(
                key,
                entities.createQuery(
                        "select c.supersededAt from %s c where %s and %s order by %s, %s"
                                .formatted(past.getSimpleName(), keys.condition(), condition, TIME, POSITION),
                        OffsetDateTime.class));
        parameters.forEach(query::setParameter);
        return first(query).map(OffsetDateTime::toInstant);
    }

    /** The current version; empty if the resource is unknown. */
    Optional<C> latest(EntityManager entities, K key) {
        return Optional.ofNullable(entities.find(current, key));
    }

    /** The version that was current at an instant by the portal's clock; empty if none was, or it is no longer kept. */
    Optional<Version<V>> at(EntityManager entities, K key, Instant instant) {
        Optional<C> latest = latest(entities, key);
        return latest.filter(known -> known.state().moment().isReachedAt(instant))
                .<Version<V>>map(known -> known)
                .or(() -> latest.flatMap(known -> pastAt(entities, key, instant)));
    }

    /** The past version that was current at an instant at which the current one was not. */
    Optional<P> pastAt(EntityManager entities, K key, Instant instant) {
        return first(query(entities, key, TIME + " <= :at").setParameter("at", Columns.utc(instant)))
                .or(() -> first(query(entities, key, TIME + " is null")));
    }

    /**
     * The versions that are kept, in full, the newest first by the portal's clock.
     *
     * @param after where the page before ended
     */
    List<V> versions(EntityManager entities, K key, Optional<Change> after, int limit) {
        List<V> versions = new ArrayList<>();
        latest(entities, key)
                .filter(known -> after.isEmpty() || known.state().moment().isOlderThan(new Moment(after.get())))
                .ifPresent(known -> versions.add(known.snapshot()));
        Selection rest = new Selection(Optional.empty(), Optional.empty(), after, limit - versions.size());
        versions.addAll(new Listing<>(entities, Listed.past(past, keys.appId()))
                .where(keys.condition(), keys.parameters().apply(key))
                .read(rest));
        return versions;
    }

    private TypedQuery<P> query(EntityManager entities, K key, String condition) {
        return of(
                key,
                entities.createQuery(
                        "select c from %s c where %s and %s order by %s desc, %s desc"
                                .formatted(past.getSimpleName(), keys.condition(), condition, TIME, POSITION),
                        past));
    }

    private <T> TypedQuery<T> of(K key, TypedQuery<T> query) {
        keys.parameters().apply(key).forEach(query::setParameter);
        return query;
    }

    private static <T> Optional<T> first(TypedQuery<T> query) {
        return query.setMaxResults(1).getResultStream().findFirst();
    }

    /** Deletes up to so many of the versions that were superseded before; returns whether there may be more. */
    boolean purge(EntityManager entities, Instant before, int max) {
        return new Ageing(past.getSimpleName(), "supersededAt").purge(entities, before, max);
    }
}
