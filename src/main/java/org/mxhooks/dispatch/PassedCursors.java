package org.mxhooks.dispatch;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.mxhooks.database.Transaction;
import org.mxhooks.dispatch.Lane.Passed;
import org.mxhooks.inbox.Inbox;

/**
 * Writes cursors of lanes, of any consumers, in which nobody works and the latest deliveries were not wanted: many in
 * one transaction.
 */
final class PassedCursors {

    /** Nobody works on the lanes meanwhile. */
    private static final int MAX_TOGETHER = 512;

    private final Inbox inbox;
    private final LaneTable table;
    private final Transaction transaction;

    PassedCursors(Inbox inbox, LaneTable table, Transaction transaction) {
        this.inbox = inbox;
        this.table = table;
        this.transaction = transaction;
    }

    /** Writes those that have to be written, until that fails. */
    void write(Collection<Lane> lanes) throws Exception {
        List<Lane> passed =
                lanes.stream().filter(lane -> lane.passed().isPresent()).toList();
        for (int begin = 0; begin < passed.size(); begin += MAX_TOGETHER) {
            writeTogether(passed.subList(begin, Math.min(passed.size(), begin + MAX_TOGETHER)));
        }
    }

    private void writeTogether(List<Lane> lanes) throws Exception {
        List<Lane> taken = lanes.stream().filter(lane -> lane.schedule().take()).toList();
        try {
            List<Lane> passed =
                    taken.stream().filter(lane -> lane.passed().isPresent()).toList(); // a turn may just have ended
            if (!passed.isEmpty()) {
                move(passed);
            }
        } finally {
            taken.forEach(lane -> lane.schedule().endTurn());
        }
    }

    private void move(List<Lane> lanes) throws Exception {
        List<Passed> passed =
                lanes.stream().map(lane -> lane.passed().orElseThrow()).toList();
        List<Long> positions = passed.stream().map(Passed::position).toList();
        List<Boolean> moved = new ArrayList<>();
        transaction.run(() -> {
            if (stand(passed)) {
                moved.addAll(table.pass(lanes.stream().map(Lane::claim).toList(), positions));
            }
        });
        if (moved.isEmpty()) {
            lanes.forEach(lane -> lane.schedule().lose());
        }
        for (int i = 0; i < moved.size(); i++) {
            if (moved.get(i)) {
                lanes.get(i).moveTo(positions.get(i));
            }
        }
    }

    /** Lanes may have passed the same delivery; where they believe to have passed another, one of them is wrong. */
    private boolean stand(List<Passed> passed) throws SQLException {
        Map<Long, UUID> believed = new HashMap<>();
        boolean agreed = true;
        for (Passed last : passed) {
            UUID other = believed.putIfAbsent(last.position(), last.delivery());
            agreed &= other == null || other.equals(last.delivery());
        }
        return agreed && inbox.stand(believed);
    }
}
