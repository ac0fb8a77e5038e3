package org.mxhooks.dispatch.model;

import java.util.HashMap;
import java.util.Map;

/**
 * What a transaction wrote and, thereby, locked.
 *
 * @param effects bits of the events whose effect it holds
 * @param parked rows it inserted or changed, by position
 * @param lane the lane's row as it changed it, or null
 */
public record Transaction(int effects, Map<Integer, ParkedRow> parked, LaneRow lane) {

    public static final Transaction EMPTY = new Transaction(0, Map.of(), null);

    Transaction withEffect(int event) {
        return new Transaction(effects | 1 << event, parked, lane);
    }

    Transaction with(int event, ParkedRow row) {
        Map<Integer, ParkedRow> rows = new HashMap<>(parked);
        rows.put(event, row);
        return new Transaction(effects, Map.copyOf(rows), lane);
    }

    Transaction with(LaneRow changed) {
        return new Transaction(effects, parked, changed);
    }

    Transaction attemptsReplaced(int node, int by) {
        return new Transaction(effects, Database.attemptsReplaced(parked, node, by), lane);
    }

    public boolean locksLane() {
        return lane != null;
    }

    public boolean locks(int event) {
        return parked.containsKey(event);
    }
}
