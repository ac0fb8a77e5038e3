package org.mxhooks.operations;

import java.time.Instant;
import java.util.Optional;
import org.mxhooks.inbox.DeliverySummary;

/**
 * An event that a consumer failed on for good, or a delivery that could not be decoded.
 *
 * @param summary what is logged of the delivery
 * @param consumer the consumer that failed; empty if the body could not be decoded
 * @param deadAt since when, by the database's clock
 * @param attempts how many were made
 * @param reason class of what the last one threw, or a word for it
 * @param message what it said
 */
public record DeadLetter(
        DeliverySummary summary,
        Optional<String> consumer,
        Instant deadAt,
        int attempts,
        String reason,
        String message) {

    /** The reason of a delivery whose body could not be decoded. */
    public static final String UNDECODABLE = "undecodable";
}
