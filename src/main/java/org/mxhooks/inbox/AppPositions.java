package org.mxhooks.inbox;

import java.util.List;

/**
 * Where deliveries about an app stand in a piece of the log.
 *
 * @param positions of these, in their order
 * @param lookedUpTo the last position of the piece; 0 where nothing follows
 */
public record AppPositions(List<Long> positions, long lookedUpTo) {}
