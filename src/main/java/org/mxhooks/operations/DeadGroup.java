package org.mxhooks.operations;

import java.time.Instant;
import java.util.Optional;

/**
 * Dead letters with the same consumer and reason.
 *
 * @param consumer that failed; empty for deliveries that could not be decoded
 * @param reason as {@link DeadLetter#reason}
 * @param count how many
 * @param latest since when the newest of them is dead; empty for those that could not be decoded
 */
public record DeadGroup(Optional<String> consumer, String reason, long count, Optional<Instant> latest) {}
