package org.mxhooks.mirror;

import java.time.Instant;
import java.util.Optional;

/**
 * Which of an app's resources to list.
 *
 * @param status as the portal sends it, letter for letter
 * @param changedSince those changed at this instant or later, by the portal's clock
 * @param after where the page before ended
 * @param limit how many at most
 */
public record Selection(Optional<String> status, Optional<Instant> changedSince, Optional<Change> after, int limit) {}
