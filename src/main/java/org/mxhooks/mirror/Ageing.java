package org.mxhooks.mirror;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * What is deleted by its age.
 *
 * @param entity its name in JPQL
 * @param time the attribute with the time from which it ages
 */
record Ageing(String entity, String time) {

    /** Deletes up to so many of those that are older, the oldest first; returns whether there may be more. */
    boolean purge(EntityManager entities, Instant before, int max) {
        OffsetDateTime until = entities.createQuery(
                        "select p.%s from %s p where p.%1$s < :before order by p.%1$s".formatted(time, entity),
                        OffsetDateTime.class)
                .setParameter("before", Columns.utc(before))
                .setFirstResult(max - 1)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .orElse(Columns.utc(before));
        return entities.createQuery("delete from %s p where p.%s <= :until".formatted(entity, time))
                        .setParameter("until", until)
                        .executeUpdate()
                >= max;
    }
}
