package org.mxhooks.mirror;

import java.time.Instant;
import java.util.Optional;

/**
 * A place in the order of changes.
 *
 * @param at when, by the portal's clock; empty where the portal sent no time, which counts as before all others
 * @param position of the delivery in the log, for those of the same time
 */
public record Change(Optional<Instant> at, long position) {}
