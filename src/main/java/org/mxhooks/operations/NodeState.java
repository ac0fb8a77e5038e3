package org.mxhooks.operations;

import java.time.Instant;
import java.util.UUID;

/**
 * A node that runs, or was there within the last day.
 *
 * @param id its own since it started
 * @param startedAt when, by the database's clock
 * @param seenUntil until when its lease lasts, or lasted
 * @param running whether its lease is valid
 */
public record NodeState(UUID id, Instant startedAt, Instant seenUntil, boolean running) {}
