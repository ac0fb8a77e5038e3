package org.mxhooks.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxhooks.database.Sql;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.operations.ConsumerState.State;
import org.mxhooks.operations.WorkState.Parked;
import org.mxhooks.orders.OrderState;
import org.mxhooks.orders.WorkOrder;
import org.mxhooks.orders.WorkOrders;

/** Orders about many dead letters or deliveries on every supported database, worked by two nodes in turn. */
@Tag("persistence")
abstract class RepairSuite extends WorkFixture {

    private Operations operations;
    private Repairs repairs;
    private WorkOrders node;
    private WorkOrders other;

    @BeforeEach
    void meet() {
        operations = work.operator(database);
        node = node();
        other = node();
        repairs = Repairs.of(database.dataSource(), operations, node);
    }

    private WorkOrders node() {
        return WorkOrders.of(
                database.dataSource(),
                database.transaction(),
                Repairs.kinds(database.dataSource(), inbox, Engine.of(database.dataSource())));
    }

    @Test
    void replaysWhatMatchedOnce() throws Exception {
        dead("one", "full", 450);
        dead("two", "full", 30);
        dead("one", "broken", 20);

        WorkOrder order = repairs.replayDead(Optional.of("one"), Optional.of("full"), "operator");
        assertThat(order.total()).isEqualTo(OptionalLong.of(450));
        node.work();
        assertThat(repairs.order(order.id()).orElseThrow().done()).isEqualTo(200);
        work.execute("update mxhooks.parked set dead = true, dead_at = current_timestamp where replay"
                + " and position < (select max(position) from mxhooks.parked where replay)");
        toTheEnd();

        assertThat(repairs.order(order.id()).orElseThrow().done()).isEqualTo(450);
        assertThat(repairs.order(order.id()).orElseThrow().state()).isEqualTo(OrderState.DONE);
        assertThat(count("replay and not dead")).isEqualTo(251);
        assertThat(count("dead and not replay")).isEqualTo(50);
    }

    @Test
    void replaysThoseOfEachConsumer() throws Exception {
        List<Long> all = dead("one", "full", 210);
        work.register("two", last(all));
        for (long position : all.subList(1, 210)) { // so that a step ends between two letters of one delivery
            work.park("two", position, Parked.DEAD);
        }
        work.makeUndecodable(work.arrive(1).get(0));

        WorkOrder order = repairs.replayDead(Optional.empty(), Optional.empty(), "operator");
        toTheEnd();

        assertThat(order.total()).isEqualTo(OptionalLong.of(419));
        assertThat(repairs.order(order.id()).orElseThrow().done()).isEqualTo(419);
        assertThat(count("replay and not dead")).isEqualTo(419);
    }

    @Test
    void discardsWithANoteAlsoWhatCouldNotBeDecoded() throws Exception {
        List<Long> all = dead("one", "full", 205);
        long undecodable = work.arrive(1).get(0);
        work.makeUndecodable(undecodable);

        WorkOrder order = repairs.discardDead(Optional.empty(), Optional.empty(), Optional.of("lost <cause>"), "ops");
        toTheEnd();

        assertThat(order.total()).isEqualTo(OptionalLong.of(206));
        assertThat(repairs.order(order.id()).orElseThrow().done()).isEqualTo(206);
        assertThat(operations.countDead(Optional.empty(), Optional.empty())).isEqualTo(BoundedCount.NONE);
        ConsumerState state = operations.states(work.deliveryAt(all.get(0))).get(0);
        assertThat(state.state()).isEqualTo(State.DISCARDED);
        assertThat(state.discarded().orElseThrow().by()).contains("ops");
        assertThat(state.discarded().orElseThrow().note()).contains("lost <cause>");
        assertThat(operations
                        .delivery(work.deliveryAt(undecodable))
                        .flatMap(DeliveryDetail::discarded)
                        .flatMap(Discarded::note))
                .contains("lost <cause>");
        assertThat(operations.delivery(work.deliveryAt(all.get(0))).flatMap(DeliveryDetail::discarded))
                .isEmpty();
    }

    @Test
    void discardsOnlyWhatCouldNotBeDecoded() throws Exception {
        dead("one", "full", 3);
        List<Long> undecodable = work.arrive(2);
        undecodable.forEach(this::makeUndecodable);

        repairs.discardDead(Optional.empty(), Optional.of(DeadLetter.UNDECODABLE), Optional.empty(), "ops");
        toTheEnd();

        assertThat(operations.countDead(Optional.empty(), Optional.empty()).number())
                .isEqualTo(3);
    }

    @Test
    void discardsNothingThatHasAnotherReason() throws Exception {
        dead("one", "full", 3);
        makeUndecodable(work.arrive(1).get(0));

        WorkOrder order = repairs.discardDead(Optional.empty(), Optional.of("full"), Optional.empty(), "ops");
        toTheEnd();

        assertThat(repairs.order(order.id()).orElseThrow().done()).isEqualTo(3);
        assertThat(operations.countDead(Optional.empty(), Optional.empty()).number())
                .isEqualTo(1);
    }

    @Test
    void leavesWhatDiedAfterTheOrder() throws Exception {
        dead("one", "full", 3);
        WorkOrder order = repairs.discardDead(Optional.empty(), Optional.empty(), Optional.empty(), "ops");
        List<Long> later = work.arrive(2);
        work.park("one", later.get(0), Parked.DEAD);
        work.makeUndecodable(later.get(1));
        toTheEnd();

        assertThat(repairs.order(order.id()).orElseThrow().done()).isEqualTo(3);
        assertThat(operations.countDead(Optional.empty(), Optional.empty()).number())
                .isEqualTo(2);
    }

    @Test
    void whatIsDoneWhenAnOrderIsCancelledStaysDone() throws Exception {
        dead("one", "full", 450);
        WorkOrder order = repairs.discardDead(Optional.of("one"), Optional.empty(), Optional.empty(), "ops");
        other.work();

        assertThat(repairs.cancel(order.id(), "chief")).isTrue();
        toTheEnd();

        assertThat(repairs.cancel(order.id(), "chief")).isFalse();
        WorkOrder cancelled = repairs.order(order.id()).orElseThrow();
        assertThat(cancelled.state()).isEqualTo(OrderState.CANCELLED);
        assertThat(cancelled.endedBy()).contains("chief");
        assertThat(cancelled.done()).isEqualTo(200);
        assertThat(count("dead")).isEqualTo(250);
    }

    @Test
    void replaysAPeriod() throws Exception {
        List<Long> all = work.arrive(1_200);
        work.register("one", last(all));
        work.age(all.get(1_150), 2);
        work.age(all.get(99), 4);
        Instant from = Instant.now().minus(Duration.ofDays(3)).truncatedTo(ChronoUnit.MILLIS);
        Instant to = from.plus(Duration.ofDays(2));
        // transactions of several nodes get their turns in another order than they began
        receivedAt(all.get(100), from.minusSeconds(30));
        receivedAt(all.get(500), to);
        receivedAt(all.get(1_150), to.plusSeconds(30));

        WorkOrder order = repairs.replayPeriod("one", from, to, "operator");
        toTheEnd();

        assertThat(order.total()).isEqualTo(OptionalLong.of(1_048));
        assertThat(repairs.order(order.id()).orElseThrow().done()).isEqualTo(1_048);
        List<Long> within = new ArrayList<>(all.subList(101, 1_150));
        within.remove(all.get(500));
        assertThat(work.positions("select position from mxhooks.parked where replay order by position"))
                .isEqualTo(within);
        assertThat(RepairDetails.of(repairs.order(order.id()).orElseThrow()).flatMap(RepairDetails::consumer))
                .contains("one");
    }

    private void receivedAt(long position, Instant at) throws SQLException {
        work.execute("update mxhooks.delivery set received_at = ? where position = ?", Sql.time(at), position);
    }

    private void toTheEnd() throws SQLException {
        boolean more = true;
        while (more) {
            more = other.work();
            more |= node.work();
        }
    }

    /** Letters of deliveries that arrive for it. */
    private List<Long> dead(String consumer, String reason, int howMany) throws SQLException {
        List<Long> all = work.arrive(howMany);
        if (!operations.consumers().contains(consumer)) {
            work.register(consumer, last(all));
        }
        work.moveCursors(consumer, last(all));
        work.execute("""
                insert into mxhooks.parked (consumer, position, lane, replay, dead, attempts, unended, parked_at, dead_at, reason)
                select ?, position, lane, false, true, 1, 0, current_timestamp, current_timestamp, ?
                from mxhooks.delivery where position between ? and ?""", consumer, reason, all.get(0), last(all));
        return all;
    }

    private void makeUndecodable(long position) {
        try {
            work.makeUndecodable(position);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private int count(String which) throws SQLException {
        return work.positions("select position from mxhooks.parked where " + which)
                .size();
    }

    private static long last(List<Long> positions) {
        return positions.get(positions.size() - 1);
    }
}
