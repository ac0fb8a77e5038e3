package org.mxhooks.settings;

import static java.lang.System.Logger.Level.DEBUG;
import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads values of one kind each. What is not of the kind, or out of its range, is a problem, and the default is
 * returned so that reading continues.
 *
 * @param configured where the values are
 */
record ValueReader(Configured configured) {

    private static final System.Logger LOG = System.getLogger(ValueReader.class.getName());
    private static final int MAX_SHOWN = 60;

    Optional<String> text(String setting) {
        return configured.text(setting);
    }

    /** @param allowed values, the default first */
    String oneOf(String setting, List<String> allowed) {
        String value = text(setting).orElse(allowed.get(0));
        if (allowed.contains(value)) {
            return value;
        }
        problem(
                setting,
                "is '%s'; allowed: %s"
                        .formatted(cut(value), allowed.stream().sorted().collect(joining(", "))));
        return allowed.get(0);
    }

    /** A whole number from 1. */
    int wholeNumber(String setting, int byDefault, int max) {
        String value = text(setting).orElse(String.valueOf(byDefault));
        try {
            int number = Integer.parseInt(value.strip());
            if (number >= 1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            LOG.log(DEBUG, "{0} is not a number", setting);
        }
        problem(setting, "is '%s'; allowed: a whole number from 1 to %s".formatted(cut(value), max));
        return byDefault;
    }

    /** A duration in ISO 8601. */
    Duration duration(String setting, String byDefault, Duration min, Duration max) {
        String value = text(setting).orElse(byDefault);
        try {
            Duration duration = Duration.parse(value.strip());
            if (duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            LOG.log(DEBUG, "{0} is not a duration", setting);
        }
        problem(
                setting,
                "is '%s'; allowed: an ISO 8601 duration of days, hours, minutes, seconds (%s) from %s to %s"
                        .formatted(cut(value), byDefault, min, max));
        return Duration.parse(byDefault);
    }

    /** Addresses and ranges, separated by commas; none by default. */
    Set<Network> networks(String setting) {
        Set<Network> networks = new LinkedHashSet<>();
        for (String range : text(setting).orElse("").split(",")) {
            try {
                if (!range.isBlank()) {
                    networks.add(Network.parse(range.strip()));
                }
            } catch (IllegalArgumentException e) {
                problem(
                        setting,
                        "names '%s', which is %s; allowed: addresses and ranges such as 192.0.2.7, 10.0.0.0/8, 2001:db8::/32,"
                                        .formatted(cut(range.strip()), e.getMessage())
                                + " separated by commas");
            }
        }
        return Set.copyOf(networks);
    }

    void warn(String message, Object... parameters) {
        configured.problems().warn(message, parameters);
    }

    /** @param what follows the setting's name; holds nothing secret */
    void problem(String setting, String what) {
        configured.problem(setting, what);
    }

    static String cut(String value) {
        return value.length() > MAX_SHOWN ? value.substring(0, MAX_SHOWN) + "…" : value;
    }
}
