package org.mxhooks.mendix;

import static java.time.ZoneOffset.UTC;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * Reads a time in the form in which nearly all are sent, {@code 2026-03-03T09:41:07.884Z}, without a regular
 * expression, which costs many times as much.
 */
final class InternetTime {

    private static final String FORM = "0000-00-00T00:00:00";
    private static final int MAX_FRACTION = 9;

    private InternetTime() {}

    /** Empty where a text has another form, or names no time: other readers may make sense of it. */
    static Optional<Instant> of(String text) {
        int fraction = Math.max(0, text.length() - FORM.length() - 2);
        if (!hasForm(text) || fraction > MAX_FRACTION) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.of(
                            number(text, 0, 4),
                            number(text, 5, 7),
                            number(text, 8, 10),
                            number(text, 11, 13),
                            number(text, 14, 16),
                            number(text, 17, 19),
                            nanos(text, fraction))
                    .toInstant(UTC));
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }

    private static boolean hasForm(String text) {
        int last = text.length() - 1;
        return last >= FORM.length()
                && text.charAt(last) == 'Z'
                && hasForm(text, 0, FORM.length())
                && (last == FORM.length()
                        || last > FORM.length() + 1
                                && text.charAt(FORM.length()) == '.'
                                && hasDigits(text, FORM.length() + 1, last));
    }

    private static boolean hasForm(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char expected = FORM.charAt(i);
            if (expected == '0' ? !isDigit(text.charAt(i)) : text.charAt(i) != expected) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasDigits(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static int nanos(String text, int digits) {
        int nanos = number(text, FORM.length() + 1, FORM.length() + 1 + digits);
        for (int i = digits; i < MAX_FRACTION; i++) {
            nanos *= 10;
        }
        return nanos;
    }

    private static int number(String text, int start, int end) {
        int number = 0;
        for (int i = start; i < end; i++) {
            number = 10 * number + text.charAt(i) - '0';
        }
        return number;
    }
}
