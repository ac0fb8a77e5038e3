package org.mxhooks.mendix;

import java.time.Instant;
import java.util.Optional;

/**
 * Reads the header {@code MxAPI-Webhooks-Version-Expiry}, whose format was never published. Nobody signed it: good for
 * a warning, never for a decision.
 */
public final class VersionExpiry {

    private VersionExpiry() {}

    /**
     * The instant that a value stands for: a date (its beginning), a date and time, with an offset or in UTC, by ISO
     * 8601, or as HTTP writes it; empty for anything else, and for a year before 1970 or after 9999.
     */
    public static Optional<Instant> read(String value) {
        return Instants.of(value.strip()).value().filter(instant -> !instant.isBefore(Instant.EPOCH));
    }
}
