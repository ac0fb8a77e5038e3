package org.mxhooks.inbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What this node appended last, so that those who follow closely need not read it from the database: a piece of the log
 * without gaps, bounded by bytes. Where another node appended, or the database came back older than it was, it begins
 * anew. Safe for use by many threads.
 */
final class RecentLog {

    /** A delivery takes so much in memory beside its bytes, roughly. */
    private static final int OVERHEAD = 1024;

    private final long maxBytes;
    private final Deque<LogEntry> all = new ArrayDeque<>();
    private final Map<Integer, NavigableMap<Long, LogEntry>> byLane = new TreeMap<>();
    private long bytes;

    /** The position behind which nothing is missing, up to the last one. */
    private long floor;

    RecentLog(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Adds what was appended.
     *
     * @param before what was the last of the log then, by its position; none if the log was empty
     * @param appended in the order of positions, without gaps
     */
    synchronized void add(Map<Long, UUID> before, List<LogEntry> appended) {
        if (!isLast(before)) {
            clear();
            floor = before.keySet().stream().findFirst().orElse(0L);
        }
        for (LogEntry entry : appended) {
            byLane.computeIfAbsent(entry.lane(), none -> new TreeMap<>()).put(entry.position(), entry);
            all.add(entry); // at last: where memory is short before it, what follows finds a gap
            bytes += size(entry);
        }
        while (bytes > maxBytes) {
            removeFirst();
        }
    }

    private boolean isLast(Map<Long, UUID> delivery) {
        return !all.isEmpty()
                && delivery.equals(
                        Map.of(all.getLast().position(), all.getLast().delivery()));
    }

    private void removeFirst() {
        LogEntry first = all.remove();
        byLane.get(first.lane()).remove(first.position());
        bytes -= size(first);
        floor = first.position();
    }

    /** Forgets all, unless the log still has, or had a moment ago, this delivery as its last. */
    synchronized void keepIfLast(Map<Long, UUID> last) {
        boolean known = last.entrySet().stream().anyMatch(this::has);
        if (!known) {
            clear();
        }
    }

    private boolean has(Map.Entry<Long, UUID> delivery) {
        return byLane.values().stream()
                .map(lane -> lane.get(delivery.getKey()))
                .anyMatch(entry -> entry != null && entry.delivery().equals(delivery.getValue()));
    }

    synchronized void clear() {
        all.clear();
        byLane.clear();
        bytes = 0;
    }

    /**
     * The next deliveries of a lane beyond a position, as {@link Inbox#read} returns them, up to the last that this
     * node appended; empty where that is not known.
     */
    synchronized Optional<List<LogEntry>> read(int lane, long after, int limit) {
        return all.isEmpty() || after < floor
                ? Optional.empty()
                : Optional.of(byLane.getOrDefault(lane, new TreeMap<>()).tailMap(after, false).values().stream()
                        .limit(limit)
                        .toList());
    }

    private static long size(LogEntry entry) {
        return OVERHEAD
                + entry.headers().length()
                + entry.body().map(body -> body.length).orElse(0);
    }
}
