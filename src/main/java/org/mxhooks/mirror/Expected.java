package org.mxhooks.mirror;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Current versions that are about to change: read at once, so that each is found in the persistence context. */
record Expected(EntityManager entities) {

    void read(Class<? extends Current<?>> current, Stream<ResourceKey> keys) {
        Map<String, TreeSet<Long>> byApp =
                keys.collect(groupingBy(ResourceKey::appId, mapping(ResourceKey::id, toCollection(TreeSet::new))));
        byApp.forEach((appId, ids) -> read(current, appId, new ArrayList<>(ids)));
    }

    private void read(Class<? extends Current<?>> current, String appId, List<Long> ids) {
        if (ids.size() > 1) {
            entities.createQuery(
                            "select c from %s c where c.key.appId = :app and c.key.id in :ids"
                                    .formatted(current.getSimpleName()),
                            current)
                    .setParameter("app", appId)
                    .setParameter("ids", padded(ids))
                    .getResultList();
        }
    }

    /** To a power of two, by one of them: the statements for other numbers would each be planned for itself. */
    private static List<Long> padded(List<Long> ids) {
        List<Long> padded = new ArrayList<>(ids);
        while (Integer.bitCount(padded.size()) != 1) {
            padded.add(ids.get(0));
        }
        return padded;
    }
}
