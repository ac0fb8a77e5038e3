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

/** Reads what lanes have beyond their cursors. */
record LaneReader(Inbox inbox) {

    static final int MAX_READ = 32;
    static final long MAX_BYTES = 1024 * 1024;

    /**
     * The next deliveries of a lane, at most so many.
     *
     * @throws LaneLost if what was passed before in memory alone stands there no longer
     */
    List<LogEntry> read(Lane lane, int limit) throws SQLException, LaneLost {
        Optional<Passed> passed = lane.passed();
        List<LogEntry> read = inbox.follow(lane.claim().lane(), lane.position(), limit, MAX_BYTES);
        if (passed.isPresent()
                && !read.isEmpty()
                && !inbox.standsBeforeRead(
                        Map.of(passed.get().position(), passed.get().delivery()))) {
            throw new LaneLost(lane.claim());
        }
        return read;
    }

    /**
     * Passes, unread, what a consumer does not want by its category.
     *
     * @throws LaneLost if what was passed before in memory alone stands there no longer
     */
    void skip(Lane lane, EventConsumer consumer) throws SQLException, LaneLost {
        Optional<Set<String>> wanted = consumer.categories();
        if (wanted.isEmpty()) {
            return;
        }
        Optional<Map.Entry<Long, UUID>> last =
                inbox.lastBefore(wanted.get(), lane.claim().lane(), lane.position());
        Optional<Passed> before = lane.passed();
        if (last.isPresent()
                && before.isPresent()
                && !inbox.stand(Map.of(before.get().position(), before.get().delivery()))) {
            throw new LaneLost(lane.claim());
        }
        last.ifPresent(found -> lane.passTo(new Passed(found.getKey(), found.getValue())));
    }

    /** Nothing is beyond the cursor of a lane: the death of its owner is not held against an event. */
    static void settle(Lane lane, LaneTable lanes) throws SQLException {
        if (lane.claim().claims() > 0) {
            lanes.resetClaims(lane.claim());
            lane.resetClaims();
        }
    }
}
