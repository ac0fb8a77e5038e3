package org.mxhooks.mirror;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.time.OffsetDateTime;
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
 * @param <V> the read model
 * @param <S> the states
 * @param <C> the current version
 * @param <P> a past one
 */
record History<V, S extends ResourceState<V>, C extends Current<S> & Version<V>, P extends Past & Version<V>>(
        Class<C> current, Class<P> past, Function<ResourceKey, C> first, Superseded<S, P> superseded) {

    static final History<StorySnapshot, StoryState, Story, StoryVersion> STORIES =
            new History<>(Story.class, StoryVersion.class, Story::new, StoryVersion::new);
    static final History<SprintSnapshot, SprintState, Sprint, SprintVersion> SPRINTS =
            new History<>(Sprint.class, SprintVersion.class, Sprint::new, SprintVersion::new);

    private static final String OF_RESOURCE = " where p.key.appId = :app and p.key.id = :id";
    private static final String TIME = "p.state.origin.updatedAt";
    private static final String POSITION = "p.state.origin.position";

    /** Makes a past version. */
    interface Superseded<S, P> {
        P version(VersionKey key, S state, Instant supersededAt);
    }

    /** Keeps the state of an event as the current version or a past one; once, however often that is repeated. */
    void keep(EntityManager entities, ResourceKey key, WebhookEvent event, S state) {
        C known = entities.find(current, key);
        if (known == null) {
            C made = first.apply(key);
            made.replaceBy(event, state);
            entities.persist(made);
        } else if (known.state().origin().isOlderThan(state.origin())) {
            VersionKey before = new VersionKey(key, known.delivery());
            entities.persist(superseded.version(before, known.state(), Instant.now()));
            known.replaceBy(event, state);
        } else {
            keepLate(entities, known, new VersionKey(key, event.delivery().toString()), state);
        }
    }

    private void keepLate(EntityManager entities, C known, VersionKey key, S late) {
        if (!key.delivery().equals(known.delivery()) && entities.find(past, key) == null) {
            Instant end = firstEndAfter(entities, key.resource(), late.origin()).orElseGet(Instant::now);
            entities.persist(superseded.version(key, late, end));
        }
    }

    /**
     * When the first of the versions ended that are newer; so that a late version is not kept beyond those that
     * superseded it.
     */
    private Optional<Instant> firstEndAfter(EntityManager entities, ResourceKey key, Origin origin) {
        Optional<OffsetDateTime> time = origin.updatedAt().map(Columns::utc);
        String newer = time.isPresent()
                ? "(%s > :time or %1$s = :time and %s > :position)".formatted(TIME, POSITION)
                : "(%s is not null or %s > :position)".formatted(TIME, POSITION);
        TypedQuery<OffsetDateTime> query = of(
                        key,
                        entities.createQuery(
                                "select min(p.supersededAt) from " + past.getSimpleName() + " p" + OF_RESOURCE + " and "
                                        + newer,
                                OffsetDateTime.class))
                .setParameter("position", origin.position());
        time.ifPresent(known -> query.setParameter("time", known));
        return Optional.ofNullable(query.getSingleResult()).map(OffsetDateTime::toInstant);
    }

    /** The current version; empty if the resource is unknown. */
    Optional<C> latest(EntityManager entities, ResourceKey key) {
        return Optional.ofNullable(entities.find(current, key));
    }

    /** The version that was current at an instant by the portal's clock; empty if none was, or it is no longer kept. */
    Optional<Version<V>> at(EntityManager entities, ResourceKey key, Instant instant) {
        Optional<C> latest = latest(entities, key);
        return latest.filter(known -> known.state().origin().isReachedAt(instant))
                .<Version<V>>map(known -> known)
                .or(() -> latest.flatMap(known -> pastAt(entities, key, instant)));
    }

    private Optional<P> pastAt(EntityManager entities, ResourceKey key, Instant instant) {
        return newest(query(entities, key, TIME + " <= :at").setParameter("at", Columns.utc(instant)))
                .or(() -> newest(query(entities, key, TIME + " is null")));
    }

    private TypedQuery<P> query(EntityManager entities, ResourceKey key, String condition) {
        return of(
                key,
                entities.createQuery(
                        "select p from %s p%s and %s order by %s desc, %s desc"
                                .formatted(past.getSimpleName(), OF_RESOURCE, condition, TIME, POSITION),
                        past));
    }

    private static <T> TypedQuery<T> of(ResourceKey key, TypedQuery<T> query) {
        return query.setParameter("app", key.appId()).setParameter("id", key.id());
    }

    private static <T> Optional<T> newest(TypedQuery<T> query) {
        return query.setMaxResults(1).getResultStream().findFirst();
    }

    /** Deletes up to so many of the versions that were superseded before; returns whether there may be more. */
    boolean purge(EntityManager entities, Instant before, int max) {
        OffsetDateTime until = entities.createQuery(
                        "select p.supersededAt from %s p where p.supersededAt < :before order by p.supersededAt"
                                .formatted(past.getSimpleName()),
                        OffsetDateTime.class)
                .setParameter("before", Columns.utc(before))
                .setFirstResult(max - 1)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .orElse(Columns.utc(before));
        return entities.createQuery("delete from %s p where p.supersededAt <= :until".formatted(past.getSimpleName()))
                        .setParameter("until", until)
                        .executeUpdate()
                >= max;
    }
}
