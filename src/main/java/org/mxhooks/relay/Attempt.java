package org.mxhooks.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A call of a subscription's URL.
 *
 * @param number grows with time, on each node
 * @param delivery that was sent
 * @param position of the delivery in the log
 * @param duration until the end of the answer
 * @param status of the answer; empty if there was none
 * @param error why there was no answer
 * @param responseExcerpt the first kilobyte of the answer's body, with control characters escaped
 * @param nextAttemptAt when it is tried again; empty if it is not, or waits for another
 */
public record Attempt(
        long number,
        UUID delivery,
        long position,
        Instant startedAt,
        Duration duration,
        OptionalInt status,
        Optional<String> error,
        Optional<String> responseExcerpt,
        Optional<Instant> nextAttemptAt) {}
