package org.mxhooks.signature;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How far a signed time is from the clock that judges it.
 *
 * @param ahead of the clock; negative where it is behind
 * @param tolerance how far it may be off, either way
 */
record ClockSkew(Duration ahead, Duration tolerance) {

    boolean isTolerated() {
        return ahead.abs().compareTo(tolerance) <= 0;
    }

    /** As a sentence without its beginning: {@code is 7 min 3 s behind the receiver's clock; 5 min are allowed}. */
    String text() {
        return "is %s %s the receiver's clock; %s is allowed"
                .formatted(text(ahead.abs()), ahead.isNegative() ? "behind" : "ahead of", text(tolerance));
    }

    /** In its two greatest units. */
    private static String text(Duration duration) {
        String text = Stream.of(
                        part(duration.toDays(), "d"),
                        part(duration.toHoursPart(), "h"),
                        part(duration.toMinutesPart(), "min"),
                        part(duration.toSecondsPart(), "s"))
                .filter(part -> !part.isEmpty())
                .limit(2)
                .collect(Collectors.joining(" "));
        return text.isEmpty() ? "0 s" : text;
    }

    private static String part(long amount, String unit) {
        return amount == 0 ? "" : amount + " " + unit;
    }
}
