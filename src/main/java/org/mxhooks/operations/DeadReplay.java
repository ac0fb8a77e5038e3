package org.mxhooks.operations;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import javax.sql.DataSource;
import org.mxhooks.database.Database;
import org.mxhooks.database.Sql;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.orders.OrderKind;
import org.mxhooks.orders.OrderStep;
import org.mxhooks.orders.WorkOrder;

/** Orders that replay dead letters, 200 in a step; those of a resource in their order. */
@ApplicationScoped
class DeadReplay implements OrderKind {

    @Resource(lookup = Database.DATA_SOURCE)
    DataSource dataSource;

    @Inject
    Engine engine;

    /** For programs without a container. */
    static DeadReplay of(DataSource dataSource, Engine engine) {
        DeadReplay kind = new DeadReplay();
        kind.dataSource = dataSource;
        kind.engine = engine;
        return kind;
    }

    @Override
    public String name() {
        return RepairDetails.REPLAY_DEAD;
    }

    @Override
    public OrderStep step(WorkOrder order) throws Exception {
        return new DeadSelection(new Sql(dataSource), false).step(order, engine::replayDead);
    }
}
