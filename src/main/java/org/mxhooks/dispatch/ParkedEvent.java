package org.mxhooks.dispatch;

import java.time.Duration;
import java.util.Optional;

/**
 * An event that a consumer has not processed though its cursor has passed it.
 *
 * @param consumer the consumer's name
 * @param position of the delivery in the log
 * @param lane that it is in
 * @param resource what later events wait behind it for; empty where nothing does
 * @param replay whether an operator asked for it
 * @param attempts how many were begun
 * @param unended how many of the last attempts came to no end, because their node was gone
 * @param failingFor how long ago the first attempt failed
 */
record ParkedEvent(
        String consumer,
        long position,
        int lane,
        Optional<String> resource,
        boolean replay,
        int attempts,
        int unended,
        Duration failingFor) {

    ParkedEvent begun() {
        return new ParkedEvent(consumer, position, lane, resource, replay, attempts + 1, unended, failingFor);
    }
}
