package org.mxhooks.dispatch;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.mxhooks.dispatch.Lane.Passed;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.LogEntry;
import org.mxhooks.inbox.Place;

/** Reads what lanes have beyond their cursors, for a consumer. */
record LaneReader(Inbox inbox, EventConsumer consumer) {

    static final int MAX_READ = 32;
    static final long MAX_BYTES = 1024 * 1024;

    /**
     * What was read of a lane.
     *
     * @param entries its next deliveries, in their order
     * @param isFromDatabase whether that cost more than a look at memory
     * @param isEnd whether nothing is beyond the lane's position
     */
    record LanePiece(List<LogEntry> entries, boolean isFromDatabase, boolean isEnd) {
        static final LanePiece NOT_READ = new LanePiece(List.of(), false, false);
    }

    /**
     * The next deliveries of a lane, at most so many. Where they are not in memory, those are left out that the
     * consumer does not want by their category; where the next thousand are such, they are passed, unread.
     *
     * @throws LaneLost if what was passed before in memory alone stands there no longer
     */
    LanePiece read(Lane lane, int limit) throws SQLException, LaneLost {
        Place beyond = new Place(lane.claim().lane(), lane.position());
        Optional<Passed> passed = lane.passed();
        Optional<List<LogEntry>> recent = inbox.recent(beyond, limit, MAX_BYTES);
        List<LogEntry> read = recent.isPresent() ? recent.get() : fetch(beyond, limit);
        if (passed.isPresent()
                && !read.isEmpty()
                && !inbox.standsBeforeRead(
                        Map.of(passed.get().position(), passed.get().delivery()))) {
            throw new LaneLost(lane.claim());
        }
        boolean skipped = recent.isEmpty() && read.isEmpty() && skip(lane, beyond);
        return new LanePiece(read, recent.isEmpty(), read.isEmpty() && !skipped);
    }

    private List<LogEntry> fetch(Place beyond, int limit) throws SQLException {
        Optional<Set<String>> wanted = consumer.categories();
        return wanted.isPresent()
                ? inbox.readOf(wanted.get(), beyond, limit, MAX_BYTES)
                : inbox.read(beyond.lane(), beyond.position(), limit, MAX_BYTES);
    }

    /** Passes, unread, what the consumer does not want by its category; returns whether there was any. */
    private boolean skip(Lane lane, Place beyond) throws SQLException, LaneLost {
        Optional<Set<String>> wanted = consumer.categories();
        Optional<Map.Entry<Long, UUID>> last =
                wanted.isPresent() ? inbox.lastBefore(wanted.get(), beyond) : Optional.empty();
        Optional<Passed> before = lane.passed();
        if (last.isPresent()
                && before.isPresent()
                && !inbox.stand(Map.of(before.get().position(), before.get().delivery()))) {
            throw new LaneLost(lane.claim());
        }
        last.ifPresent(found -> lane.passTo(new Passed(found.getKey(), found.getValue())));
        return last.isPresent();
    }

    /** Nothing is beyond the cursor of a lane: the death of its owner is not held against an event. */
    static void settle(Lane lane, LaneTable lanes) throws SQLException {
        if (lane.claim().claims() > 0) {
            lanes.resetClaims(lane.claim());
            lane.resetClaims();
        }
    }
}
