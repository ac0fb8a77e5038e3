package org.mxhooks.operations;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.mxhooks.database.Database;
import org.mxhooks.database.Sql;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.orders.OrderKind;
import org.mxhooks.orders.OrderStep;
import org.mxhooks.orders.WorkOrder;

/** Orders that discard dead letters, also deliveries that could not be decoded, 200 in a step. */
@ApplicationScoped
class DeadDiscard implements OrderKind {

    @Resource(lookup = Database.DATA_SOURCE)
    DataSource dataSource;

    @Inject
    Inbox inbox;

    @Inject
    Engine engine;

    /** For programs without a container. */
    static DeadDiscard of(DataSource dataSource, Inbox inbox, Engine engine) {
        DeadDiscard kind = new DeadDiscard();
        kind.dataSource = dataSource;
        kind.inbox = inbox;
        kind.engine = engine;
        return kind;
    }

    @Override
    public String name() {
        return RepairDetails.DISCARD_DEAD;
    }

    @Override
    public OrderStep step(WorkOrder order) throws Exception {
        Optional<String> note = RepairDetails.parse(order.details()).note();
        return new DeadSelection(new Sql(dataSource), true)
                .step(order, (consumer, positions) -> discard(consumer, positions, order.orderedBy(), note));
    }

    private int discard(String consumer, List<Long> positions, String by, Optional<String> note) throws SQLException {
        return consumer.isEmpty()
                ? engine.discardUndecodable(positions, by, note)
                : engine.discard(consumer, positions, by, note);
    }
}
