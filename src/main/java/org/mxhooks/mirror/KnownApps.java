package org.mxhooks.mirror;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The apps of the mirror, each found by a look into the index behind the one before. */
final class KnownApps {

    private static final Selection LATEST = new Selection(Optional.empty(), Optional.empty(), Optional.empty(), 1);

    private final EntityManager entities;

    KnownApps(EntityManager entities) {
        this.entities = entities;
    }

    /** In the order of their ids, those after one. */
    List<AppSummary> after(String appId, int limit) {
        return Stream.iterate(next(appId), Optional::isPresent, app -> next(app.get()))
                .limit(limit)
                .map(app -> summary(app.get()))
                .toList();
    }

    private Optional<String> next(String appId) {
        return Stream.of("Story", "Sprint")
                .flatMap(kind -> next(kind, appId).stream())
                .min(naturalOrder());
    }

    private Optional<String> next(String kind, String appId) {
        return entities.createQuery(
                        "select c.key.appId from %s c where c.key.appId > :last order by c.key.appId".formatted(kind),
                        String.class)
                .setParameter("last", appId)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    private AppSummary summary(String appId) {
        List<VersionDetails> latest = Stream.concat(
                        new Listing<>(entities, Listed.STORIES)
                                .read(appId, LATEST).stream().map(StorySnapshot::version),
                        new Listing<>(entities, Listed.SPRINTS)
                                .read(appId, LATEST).stream().map(SprintSnapshot::version))
                .sorted(comparing(
                                (VersionDetails version) -> version.updatedAt().orElse(Instant.MIN))
                        .reversed())
                .toList();
        return new AppSummary(
                appId,
                latest.stream()
                        .flatMap(version -> version.projectName().stream())
                        .findFirst(),
                latest.stream().flatMap(version -> version.updatedAt().stream()).findFirst());
    }
}
