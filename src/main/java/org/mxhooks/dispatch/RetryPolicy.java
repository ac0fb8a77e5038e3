package org.mxhooks.dispatch;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When an event that failed is retried: delays double, up to a limit, and vary so that what failed together is not
 * retried together.
 *
 * @param minDelay after the first attempt
 * @param maxDelay between two attempts
 * @param maxDuration after the first failure, from which on a failed event is a dead letter
 */
record RetryPolicy(Duration minDelay, Duration maxDelay, Duration maxDuration) {

    private static final int MAX_DOUBLINGS = 30;

    static RetryPolicy lasting(Duration maxDuration) {
        return new RetryPolicy(Duration.ofSeconds(1), Duration.ofHours(1), maxDuration);
    }

    /** Between three quarters of the delay and all of it. */
    Duration delayAfter(int attempts) {
        Duration doubled = minDelay.multipliedBy(1L << Math.min(attempts - 1, MAX_DOUBLINGS));
        long millis = (doubled.compareTo(maxDelay) < 0 ? doubled : maxDelay).toMillis();
        return Duration.ofMillis(millis - ThreadLocalRandom.current().nextLong(millis / 4 + 1));
    }

    boolean isOver(Duration failingFor) {
        return failingFor.compareTo(maxDuration) >= 0;
    }
}
