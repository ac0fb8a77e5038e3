package org.mxhooks.console;

import java.time.Duration;
import java.time.Instant;
import org.mxhooks.operations.FailedAttempt;
import org.mxhooks.relay.Attempt;
import org.mxhooks.relay.SentAttempt;

/**
 * An attempt to notify a consumer of a delivery, as its page shows it.
 *
 * @param endedAt when it ended
 * @param consumer that was notified
 * @param success whether it took the delivery
 * @param millis how long it took, or null where that was not measured
 * @param reason why it failed, or the status of the answer
 * @param message what was said, or empty
 */
public record TimelineRow(
        Instant endedAt, String consumer, boolean success, Long millis, String reason, String message) {

    /** Clocks of nodes and of the database differ a little. */
    private static final Duration SKEW = Duration.ofSeconds(2);

    /** Whether this failure is that of a call. */
    boolean isAbout(TimelineRow call) {
        return !call.success
                && consumer.equals(call.consumer)
                && Duration.between(endedAt, call.endedAt).abs().compareTo(SKEW) <= 0;
    }

    static TimelineRow of(String consumer, FailedAttempt attempt) {
        return new TimelineRow(
                attempt.endedAt(),
                consumer,
                false,
                attempt.took().map(Duration::toMillis).orElse(null),
                attempt.reason(),
                attempt.message());
    }

    static TimelineRow of(SentAttempt sent) {
        Attempt attempt = sent.attempt();
        String status =
                attempt.status().isPresent() ? "HTTP " + attempt.status().getAsInt() : "";
        return new TimelineRow(
                attempt.startedAt().plus(attempt.duration()),
                sent.consumer(),
                attempt.status().isPresent() && attempt.status().getAsInt() / 100 == 2,
                attempt.duration().toMillis(),
                status,
                attempt.error().or(attempt::responseExcerpt).orElse(""));
    }
}
