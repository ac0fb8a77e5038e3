package org.mxhooks.portal;

import java.time.Instant;
import java.util.Optional;

/**
 * What came of an attempt.
 *
 * @param status of the answer
 * @param error why there was none
 * @param response the answer's first kilobyte
 */
record DeliveryAttempt(
        int number,
        Instant startedAt,
        long durationMs,
        Optional<Integer> status,
        Optional<String> error,
        Optional<String> response) {

    boolean isSuccess() {
        return status.filter(code -> code / 100 == 2).isPresent();
    }
}
