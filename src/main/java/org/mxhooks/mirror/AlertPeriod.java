package org.mxhooks.mirror;

import java.time.Instant;
import java.util.Optional;

/**
 * How long something was, or is, wrong with a service.
 *
 * @param from when the alerts began that its newest one continues or ends, by the portal's clock; empty if none of them
 *     is kept or has a time
 * @param until when they ended; empty if they have not
 * @param longer whether they may have begun before, since not all of the past alerts were looked at
 */
public record AlertPeriod(Optional<Instant> from, Optional<Instant> until, boolean longer) {}
