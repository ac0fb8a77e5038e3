package org.mxhooks.inbox;

import java.util.List;

/**
 * The newest deliveries of a lane.
 *
 * @param since position behind which no delivery of the lane is missing among them
 * @param entries in the order of positions; at least one
 */
public record LaneTail(long since, List<LogEntry> entries) {}
