package org.mxhooks.dispatch;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When an event that failed is tried again: delays double, up to a limit, and vary so that what failed together does
 * not come back together.
 *
 * @param first delay after the first attempt
 * @param most longest delay
 * @param goesOnFor how long after the first failure the event is a dead letter
 */
record RetryPolicy(Duration first, Duration most, Duration goesOnFor) {

    private static final int MAX_DOUBLINGS = 30;

    static RetryPolicy lasting(Duration goesOnFor) {
        return new RetryPolicy(Duration.ofSeconds(1), Duration.ofHours(1), goesOnFor);
    }

    /** Between three quarters of the delay and all of it. */
    Duration delayAfter(int attempts) {
        Duration doubled = first.multipliedBy(1L << Math.min(attempts - 1, MAX_DOUBLINGS));
        long millis = (doubled.compareTo(most) < 0 ? doubled : most).toMillis();
        return Duration.ofMillis(millis - ThreadLocalRandom.current().nextLong(millis / 4 + 1));
    }

    boolean isOver(Duration failingFor) {
        return failingFor.compareTo(goesOnFor) >= 0;
    }
}
