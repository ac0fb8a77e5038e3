package org.mxhooks.inbox;

import java.util.Map;

/**
 * The end of the log, as far as it is in memory.
 *
 * @param since position behind which no delivery is missing
 * @param upTo the last position; where there is none beyond it, that of {@code since}
 * @param byLane the lanes that have deliveries there
 */
public record LogTail(long since, long upTo, Map<Integer, LaneTail> byLane) {}
