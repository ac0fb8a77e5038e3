package org.mxhooks.mirror;

import java.time.Instant;
import java.util.Optional;

/**
 * A version of a sprint; the names are those of {@link org.mxhooks.event.SprintEvent}.
 *
 * @param version where it comes from
 */
public record SprintSnapshot(
        long sprintId,
        Optional<String> name,
        Optional<String> description,
        Optional<String> status,
        Optional<Instant> startDate,
        Optional<Instant> endDate,
        Optional<Instant> creationDate,
        VersionDetails version) {}
