package org.mxhooks.operations;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A failed attempt to notify a consumer.
 *
 * @param endedAt when it failed, by the database's clock
 * @param took how long it took, where that was measured
 * @param reason class of what was thrown, or a word for it
 * @param message what it said, cut
 */
public record FailedAttempt(Instant endedAt, Optional<Duration> took, String reason, String message) {

    private static final int COLUMNS = 4;

    /** The lines of a history that are whole, the oldest first. */
    static List<FailedAttempt> parse(String history) {
        List<FailedAttempt> attempts = new ArrayList<>();
        for (String line : history == null ? new String[0] : history.split("\n")) {
            String[] columns = line.split("\t", COLUMNS);
            if (columns.length == COLUMNS && columns[0].matches("@[0-9.]+")) { // else the line was cut
                attempts.add(new FailedAttempt(
                        instant(new BigDecimal(columns[0].substring(1))),
                        columns[1].isEmpty()
                                ? Optional.empty()
                                : Optional.of(Duration.ofMillis(Long.parseLong(columns[1]))),
                        columns[2],
                        columns[3]));
            }
        }
        return List.copyOf(attempts);
    }

    private static Instant instant(BigDecimal seconds) {
        long whole = seconds.longValue();
        return Instant.ofEpochSecond(
                whole,
                seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue());
    }
}
