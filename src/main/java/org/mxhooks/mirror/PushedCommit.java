package org.mxhooks.mirror;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A commit of a push; the names are those of {@link org.mxhooks.event.Commit}. */
public record PushedCommit(
        Optional<String> id,
        Optional<String> message,
        Optional<String> authorName,
        Optional<String> authorEmail,
        Optional<Instant> authorDate,
        Optional<String> mendixVersion,
        List<String> relatedStories) {}
