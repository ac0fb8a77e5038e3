package org.mxhooks.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a call ended.
 *
 * @param duration until the end of the answer
 * @param status of the answer; empty if there was none
 * @param reason how, in a few words by which failures are grouped: {@code HTTP 500}
 * @param failure why there was no answer
 * @param excerpt the beginning of the answer's body
 * @param retryAfter when the receiver wants to be called again
 */
record CallResult(
        Instant startedAt,
        Duration duration,
        OptionalInt status,
        String reason,
        Optional<String> failure,
        Optional<String> excerpt,
        Optional<Duration> retryAfter) {

    boolean isSuccess() {
        return status.isPresent() && status.getAsInt() / 100 == 2;
    }

    boolean is(int expected) {
        return status.isPresent() && status.getAsInt() == expected;
    }

    /** For logs and failures. */
    String describe() {
        return failure.orElseGet(() -> "it answered " + status.orElse(0));
    }
}
