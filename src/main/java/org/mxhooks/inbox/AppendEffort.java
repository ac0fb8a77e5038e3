package org.mxhooks.inbox;

/**
 * What this node's writer has done since the node started.
 *
 * @param nanos how long it took over its commits, all together
 * @param deliveries how many they carried, duplicates too
 */
public record AppendEffort(long nanos, long deliveries) {}
