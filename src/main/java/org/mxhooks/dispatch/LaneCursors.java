package org.mxhooks.dispatch;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.mxhooks.inbox.Inbox;

/**
 * Moves cursors, in the transaction of the effects. What was read, and what was passed in memory alone, must stand
 * there still: after a failover to an older database positions are given out again, and the cursor would skip who has
 * them now.
 */
record LaneCursors(Inbox inbox, LaneTable lanes) {

    /** @throws LaneLost if the transaction has to be rolled back */
    void move(Advance advance) throws SQLException, LaneLost {
        demandStanding(List.of(advance));
        lanes.advance(advance.claim(), advance.to().position());
    }

    /** @throws LaneLost if the transaction has to be rolled back */
    void move(List<Advance> advances) throws SQLException, LaneLost {
        demandStanding(advances);
        lanes.advance(
                advances.stream().map(Advance::claim).toList(),
                advances.stream().map(advance -> advance.to().position()).toList());
    }

    private void demandStanding(List<Advance> advances) throws SQLException, LaneLost {
        Map<Long, UUID> believed = new HashMap<>();
        advances.forEach(advance -> advance.addBelieved(believed));
        if (!inbox.stand(believed)) {
            throw new LaneLost(advances.get(0).claim());
        }
    }
}
