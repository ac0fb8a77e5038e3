package org.mxhooks.portal;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How fast a team works.
 *
 * @param text as typed: {@code 5/s} or {@code 30/min}
 * @param period from one step to the next
 */
record PlayRate(String text, Duration period) {

    private static final int MAX_STEPS = 10_000;
    private static final Pattern TEXT = Pattern.compile("([1-9]\\d{0,4})/(s|min)");

    static final String ALLOWED = "1/s to %s/s, or 1/min to %s/min".formatted(MAX_STEPS, MAX_STEPS);

    static Optional<PlayRate> of(String text) {
        Matcher rate = TEXT.matcher(text);
        if (!rate.matches() || Integer.parseInt(rate.group(1)) > MAX_STEPS) {
            return Optional.empty();
        }
        Duration unit = rate.group(2).equals("s") ? Duration.ofSeconds(1) : Duration.ofMinutes(1);
        return Optional.of(new PlayRate(text, unit.dividedBy(Long.parseLong(rate.group(1)))));
    }
}
