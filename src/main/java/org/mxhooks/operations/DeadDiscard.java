package org.mxhooks.operations;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.mxhooks.database.Sql;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.orders.OrderKind;
import org.mxhooks.orders.OrderStep;
import org.mxhooks.orders.WorkOrder;

/** Orders that discard dead letters, also deliveries that could not be decoded, 200 in a step. */
record DeadDiscard(Sql sql, Engine engine) implements OrderKind {

    @Override
    public String name() {
        return RepairDetails.DISCARD_DEAD;
    }

    @Override
    public OrderStep step(WorkOrder order) throws Exception {
        Optional<String> note = RepairDetails.parse(order.details()).note();
        return new DeadSelection(sql, true)
                .step(order, (consumer, positions) -> discard(consumer, positions, order.orderedBy(), note));
    }

    private int discard(String consumer, List<Long> positions, String by, Optional<String> note) throws SQLException {
        return consumer.isEmpty()
                ? engine.discardUndecodable(positions, by, note)
                : engine.discard(consumer, positions, by, note);
    }
}
