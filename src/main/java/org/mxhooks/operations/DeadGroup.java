package org.mxhooks.operations;

import java.time.Instant;
import java.util.Optional;

/**
 * Dead letters with the same consumer and reason.
 *
 * @param consumer that failed; empty for deliveries that could not be decoded
 * @param reason as {@link DeadLetter#reason}
 * @param count how many, counted up to 10,000
 * @param latest since when that of the newest delivery is dead; empty for those that could not be decoded
 */
public record DeadGroup(Optional<String> consumer, String reason, BoundedCount count, Optional<Instant> latest) {}
