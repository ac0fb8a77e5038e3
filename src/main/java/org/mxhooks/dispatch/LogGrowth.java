package org.mxhooks.dispatch;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.LogTail;
import org.mxhooks.inbox.Place;

/**
 * What was appended to the log lately, signalled to the consumers of this node. The end of the log is looked at once
 * for all of them, in memory. Called by the dispatch loop, but for {@link #note}.
 */
final class LogGrowth {

    private static final List<Integer> ALL_LANES =
            IntStream.range(0, Place.LANES).boxed().toList();

    private final Inbox inbox;
    private final Roster roster;

    /** Bits of the lanes to which this node appended. */
    private final AtomicLong grown = new AtomicLong();

    private long signalledUpTo;
    private Map<Long, UUID> lookedUpTo = Map.of();

    LogGrowth(Inbox inbox, Roster roster) {
        this.inbox = inbox;
        this.roster = roster;
    }

    /** The consumers know of what there is until now. */
    void begin() throws SQLException {
        lookedUpTo = inbox.last();
        signalledUpTo = position(lookedUpTo);
    }

    /** This node appended to these lanes; on any thread. */
    void note(Set<Integer> lanes) {
        for (int lane : lanes) {
            grown.accumulateAndGet(1L << lane, (before, bit) -> before | bit);
        }
    }

    /**
     * Signals what this node appended, to those that may want some of it; the others pass it when it is
     * {@linkplain #look looked} for the next time, with all of that moment. Returns false, and signals nothing, if it
     * has to be {@linkplain #look looked} for first what others appended before.
     */
    boolean signalNoted() {
        if (inbox.isBehind()) {
            return false;
        }
        long bits = grown.getAndSet(0);
        if (bits != 0) {
            LogTail tail = inbox.tail(signalledUpTo);
            List<Integer> lanes =
                    ALL_LANES.stream().filter(lane -> (bits & 1L << lane) != 0).toList();
            signal(tail, lanes, coordinator -> coordinator.signalIfWanted(tail.byLane()));
            signalledUpTo = tail.upTo();
        }
        return true;
    }

    /** Signals what was appended since it was looked for the last time, on any node. */
    void look() throws SQLException {
        Map<Long, UUID> last = inbox.last();
        if (!last.equals(lookedUpTo)) {
            if (inbox.stand(lookedUpTo)) {
                signalBetween(position(lookedUpTo), position(last));
            } else {
                // a database that came back older has given out positions again, perhaps beyond the last already
                signal(ALL_LANES);
                signalledUpTo = position(last);
            }
        }
        lookedUpTo = last;
    }

    private void signalBetween(long after, long upTo) throws SQLException {
        LogTail tail = inbox.tail(after);
        boolean known = tail.since() <= after && tail.upTo() >= upTo;
        signal(
                tail,
                known ? List.of() : inbox.lanesGrown(after, upTo),
                coordinator -> coordinator.signalGrown(tail.byLane()));
    }

    /** @param grown lanes that have grown, perhaps by something that is not in memory */
    private void signal(LogTail tail, Collection<Integer> grown, Consumer<ConsumerCoordinator> signal) {
        List<Integer> unknown =
                grown.stream().filter(lane -> !tail.byLane().containsKey(lane)).toList();
        roster.runningInTurn().forEach(signal);
        if (!unknown.isEmpty()) {
            signal(unknown);
        }
    }

    private void signal(Collection<Integer> lanes) {
        roster.runningInTurn().forEach(coordinator -> coordinator.signalPending(lanes));
    }

    private static long position(Map<Long, UUID> delivery) {
        return delivery.keySet().stream().findFirst().orElse(0L);
    }
}
