package org.mxhooks.inbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The end of the log, so that those who follow closely need not read it from the database: a piece without gaps,
 * bounded by bytes and number. The writer adds what it appends; what other nodes appended is read once for all and
 * added. Where the database came back older than it was, the piece begins anew. Safe for use by many threads.
 */
final class RecentLog {

    /** A delivery takes so much in memory beside its bytes, roughly. */
    private static final int OVERHEAD = 1024;

    /**
     * More than a group, and what is read of other nodes at once, so that they stay whole; no more, since each
     * collection of garbage copies what is new.
     */
    private static final int MAX_DELIVERIES = 4_096;

    private final long maxBytes;
    private final Deque<LogEntry> all = new ArrayDeque<>();
    private final Map<Integer, NavigableMap<Long, LogEntry>> byLane = new HashMap<>();
    private long bytes;

    /** The position behind which nothing is missing, up to the last one. */
    private long floor;

    /** The last delivery of the piece by its position; none while there is no piece. */
    private Optional<Map<Long, UUID>> last = Optional.empty();

    /** Up to here the writer appended, behind what is missing. */
    private long missingUpTo;

    RecentLog(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Adds what the writer appended, unless other nodes appended something before it: then it is read with that.
     *
     * @param before what was the last of the log then, by its position; none if the log was empty
     * @param appended in the order of positions, without gaps
     */
    synchronized void add(Map<Long, UUID> before, List<LogEntry> appended) {
        if (last.isPresent() && position(before) > lastPosition()) {
            missingUpTo = appended.isEmpty()
                    ? missingUpTo
                    : appended.get(appended.size() - 1).position();
            return;
        }
        if (!continues(before, appended)) {
            beginBehind(before);
        }
        append(appended);
    }

    /**
     * What was appended may be here already: it can be read as soon as it is committed. Or it is before the piece,
     * which began behind it meanwhile: that stays, since it was followed to its end.
     */
    private boolean continues(Map<Long, UUID> before, List<LogEntry> appended) {
        return isLast(before)
                || (has(before) || position(before) < begin())
                        && appended.stream().allMatch(this::agrees);
    }

    private boolean agrees(LogEntry appended) {
        boolean within = appended.position() >= begin() && appended.position() <= lastPosition();
        return !within || isLast(byId(appended)) || has(byId(appended));
    }

    /** Below nothing is known; 0 while there is no piece, whose floor says nothing then. */
    private long begin() {
        if (last.isEmpty()) {
            return 0;
        }
        return all.isEmpty() ? floor : floor + 1;
    }

    private boolean isLast(Map<Long, UUID> delivery) {
        return last.filter(delivery::equals).isPresent();
    }

    private void append(List<LogEntry> entries) {
        for (LogEntry entry : entries) {
            if (entry.position() > lastPosition()) {
                byLane.computeIfAbsent(entry.lane(), none -> new TreeMap<>()).put(entry.position(), entry);
                all.add(entry);
                bytes += size(entry);
                last = Optional.of(byId(entry)); // at last: where memory is short before it, what follows finds a gap
            }
        }
        while (bytes > maxBytes || all.size() > MAX_DELIVERIES) {
            removeFirst();
        }
    }

    private void removeFirst() {
        LogEntry first = all.remove();
        byLane.get(first.lane()).remove(first.position());
        bytes -= size(first);
        floor = first.position();
    }

    /**
     * Compares the piece with the last delivery of the log; begins anew where they have nothing in common. A delivery
     * before the piece proves nothing: it was the last when it was read, and the writer has gone on.
     *
     * @return the last delivery of the piece, if some are missing behind it
     */
    synchronized Optional<Map<Long, UUID>> lastBefore(Map<Long, UUID> lastOfLog) {
        if (position(lastOfLog) < begin() || isLast(lastOfLog) || has(lastOfLog)) {
            return Optional.empty();
        }
        if (last.isPresent() && position(lastOfLog) > lastPosition()) {
            return last;
        }
        beginBehind(lastOfLog);
        return Optional.empty();
    }

    /**
     * Adds what was missing, unless the piece has changed meanwhile; begins anew where that is not all of it.
     *
     * @param from the last delivery of the piece when it was read
     * @param read the log from there, with that delivery
     * @param lastOfLog when it was read
     */
    synchronized void extend(Map<Long, UUID> from, List<LogEntry> read, Map<Long, UUID> lastOfLog) {
        if (last.filter(from::equals).isEmpty()) {
            return;
        }
        boolean stands = from.isEmpty() || !read.isEmpty() && byId(read.get(0)).equals(from);
        boolean whole = !read.isEmpty() && read.get(read.size() - 1).position() >= position(lastOfLog);
        if (stands && whole) {
            append(read);
        } else {
            beginBehind(lastOfLog);
        }
    }

    private void beginBehind(Map<Long, UUID> delivery) {
        clear();
        floor = position(delivery);
        last = Optional.of(delivery);
    }

    /** Whether the writer appended something behind what is missing here. */
    synchronized boolean isBehind() {
        return missingUpTo > lastPosition();
    }

    synchronized void clear() {
        all.clear();
        byLane.clear();
        bytes = 0;
        last = Optional.empty();
        missingUpTo = 0;
    }

    /**
     * The next deliveries of a lane beyond a position, as {@link Inbox#read} returns them, up to the last that is here;
     * empty where that is not known.
     */
    synchronized Optional<List<LogEntry>> read(int lane, long after, int limit) {
        if (last.isEmpty() || after < floor) {
            return Optional.empty();
        }
        List<LogEntry> next = new ArrayList<>();
        NavigableMap<Long, LogEntry> ofLane = byLane.get(lane);
        if (ofLane != null) {
            Iterator<LogEntry> beyond = ofLane.tailMap(after, false).values().iterator();
            while (beyond.hasNext() && next.size() < limit) {
                next.add(beyond.next());
            }
        }
        return Optional.of(next);
    }

    /** What is here beyond a position. */
    synchronized LogTail tail(long after) {
        Map<Integer, LinkedList<LogEntry>> lanes = new HashMap<>();
        Iterator<LogEntry> newestFirst = all.descendingIterator();
        boolean beyond = true;
        while (beyond && newestFirst.hasNext()) {
            LogEntry entry = newestFirst.next();
            beyond = entry.position() > after;
            if (beyond) {
                lanes.computeIfAbsent(entry.lane(), none -> new LinkedList<>()).addFirst(entry);
            }
        }
        Map<Integer, LaneTail> tails = new HashMap<>();
        lanes.forEach((lane, entries) -> tails.put(lane, laneTail(lane, entries)));
        return new LogTail(Math.max(after, floor), last.isEmpty() ? after : Math.max(after, lastPosition()), tails);
    }

    private LaneTail laneTail(int lane, LinkedList<LogEntry> entries) {
        Map.Entry<Long, LogEntry> previous =
                byLane.get(lane).lowerEntry(entries.getFirst().position());
        return previous == null
                ? new LaneTail(floor, Optional.empty(), List.copyOf(entries))
                : new LaneTail(
                        previous.getKey(), Optional.of(previous.getValue().delivery()), List.copyOf(entries));
    }

    /** Whether a delivery is here. */
    synchronized boolean contains(Map<Long, UUID> delivery) {
        return has(delivery);
    }

    private boolean has(Map<Long, UUID> delivery) {
        return delivery.entrySet().stream()
                .anyMatch(known -> byLane.values().stream()
                        .map(lane -> lane.get(known.getKey()))
                        .anyMatch(entry -> entry != null && entry.delivery().equals(known.getValue())));
    }

    private long lastPosition() {
        return last.map(RecentLog::position).orElse(0L);
    }

    /** Of a delivery by its position; 0 of none. */
    static long position(Map<Long, UUID> delivery) {
        return delivery.keySet().stream().findFirst().orElse(0L);
    }

    private static Map<Long, UUID> byId(LogEntry entry) {
        return Map.of(entry.position(), entry.delivery());
    }

    private static long size(LogEntry entry) {
        return OVERHEAD
                + entry.headers().length()
                + entry.body().map(body -> body.length).orElse(0);
    }
}
