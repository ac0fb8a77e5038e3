package org.mxhooks.operations;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import javax.sql.DataSource;
import org.mxhooks.database.Database;
import org.mxhooks.database.Sql;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.orders.OrderKind;
import org.mxhooks.orders.OrderState;
import org.mxhooks.orders.WorkOrder;
import org.mxhooks.orders.WorkOrders;

/**
 * Orders about many dead letters or deliveries. They are worked in steps, on any node: a step and how far the order has
 * come are one commit, so no dead letter is replayed or discarded twice by one order, whichever node dies. An order is
 * about what was there when it was given.
 */
@ApplicationScoped
public class Repairs {

    /** Up to here the deliveries of a period are counted. */
    private static final int MAX_COUNTED = 1_000_000;

    @Resource(lookup = Database.DATA_SOURCE)
    DataSource dataSource;

    @Inject
    Operations operations;

    @Inject
    WorkOrders orders;

    @Inject
    Inbox inbox;

    @Inject
    Engine engine;

    private LogTimes times;

    /** For programs without a container. */
    public static Repairs of(DataSource dataSource, Operations operations, WorkOrders orders) {
        Repairs repairs = new Repairs();
        repairs.dataSource = dataSource;
        repairs.operations = operations;
        repairs.orders = orders;
        repairs.open();
        return repairs;
    }

    /** Its kinds of orders, for programs without a container. */
    public static List<OrderKind> kinds(DataSource dataSource, Inbox inbox, Engine engine) {
        Sql sql = new Sql(dataSource);
        return List.of(new DeadReplay(sql, engine), new DeadDiscard(sql, engine), new PeriodReplay(sql, inbox, engine));
    }

    @Produces
    @ApplicationScoped
    OrderKind deadReplay() {
        return new DeadReplay(new Sql(dataSource), engine);
    }

    @Produces
    @ApplicationScoped
    OrderKind deadDiscard() {
        return new DeadDiscard(new Sql(dataSource), engine);
    }

    @Produces
    @ApplicationScoped
    OrderKind periodReplay() {
        return new PeriodReplay(new Sql(dataSource), inbox, engine);
    }

    @PostConstruct
    void open() {
        times = new LogTimes(new Sql(dataSource));
    }

    /** How many deliveries arrived from one instant until before another, counted up to a million. */
    public BoundedCount countPeriod(Instant from, Instant to) throws SQLException {
        return times.count(from, to, MAX_COUNTED);
    }

    /**
     * Orders the replay of the dead letters of one or all consumers, those of a resource in their order.
     *
     * @param reason as {@link DeadLetter#reason}; empty is any
     * @param by the user who orders it
     */
    public WorkOrder replayDead(Optional<String> consumer, Optional<String> reason, String by) throws SQLException {
        RepairDetails details = RepairDetails.ofDead(consumer, reason, Optional.empty());
        return give(RepairDetails.REPLAY_DEAD, by, details, operations.countReplayable(consumer, reason));
    }

    /**
     * Orders that dead letters are discarded, as {@link Operations#discard} does.
     *
     * @param consumer whose; empty is any, with deliveries that could not be decoded
     * @param note what the user says about it, at most {@link Operations#MAX_NOTE} characters
     */
    public WorkOrder discardDead(Optional<String> consumer, Optional<String> reason, Optional<String> note, String by)
            throws SQLException {
        RepairDetails details = RepairDetails.ofDead(consumer, reason, note);
        return give(RepairDetails.DISCARD_DEAD, by, details, operations.countDead(consumer, reason));
    }

    /**
     * Orders the replay of all that arrived from one instant until before another. What arrives later is not replayed,
     * if the other is in the future.
     */
    public WorkOrder replayPeriod(String consumer, Instant from, Instant to, String by) throws SQLException {
        Instant now = Instant.now();
        Instant end = to.isAfter(now) ? now : to;
        return give(
                RepairDetails.REPLAY_PERIOD, by, RepairDetails.ofPeriod(consumer, from, end), countPeriod(from, end));
    }

    private WorkOrder give(String kind, String by, RepairDetails details, BoundedCount matching) throws SQLException {
        OptionalLong total = matching.more() ? OptionalLong.empty() : OptionalLong.of(matching.number());
        UUID id = orders.give(kind, by, details.json(), total, OrderState.RUNNING);
        return orders.find(id).orElseThrow();
    }

    /** An order; empty if there is none. */
    public Optional<WorkOrder> order(UUID id) throws SQLException {
        return orders.find(id);
    }

    /** The orders of all kinds, the newest first. */
    public List<WorkOrder> orders(Instant before, int limit) throws SQLException {
        return orders.newest(Optional.empty(), before, limit);
    }

    /** Ends an order after the step that is under way; what is done stays done. Returns false if it has ended. */
    public boolean cancel(UUID id, String by) throws Exception {
        return orders.cancel(id, by);
    }
}
