package org.mxhooks.operations;

import org.mxhooks.database.Sql;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.orders.OrderKind;
import org.mxhooks.orders.OrderStep;
import org.mxhooks.orders.WorkOrder;

/** Orders that replay dead letters, 200 in a step; those of a resource in their order. */
record DeadReplay(Sql sql, Engine engine) implements OrderKind {

    @Override
    public String name() {
        return RepairDetails.REPLAY_DEAD;
    }

    @Override
    public OrderStep step(WorkOrder order) throws Exception {
        return new DeadSelection(sql, false).step(order, engine::replayDead);
    }
}
