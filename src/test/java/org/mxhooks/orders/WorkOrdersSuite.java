package org.mxhooks.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.mxhooks.CapturedLog;
import org.mxhooks.database.Sql;
import org.mxhooks.database.TestDatabase;

/** What orders promise on every supported database. */
@Tag("persistence")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WorkOrdersSuite {

    private static final Instant EVER = Instant.parse("9999-01-01T00:00:00Z");

    /** The details of an order that waits for its start after its first step. */
    private static final String ASKS = "asks";

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);

    private TestDatabase database;
    private Sql sql;
    private WorkOrders orders;
    private Counting counting;

    abstract TestDatabase database() throws SQLException;

    /** Adds one to a row in each step, up to the number that is ordered. */
    private final class Counting implements OrderKind {
        private final List<UUID> tended = new ArrayList<>();
        private volatile boolean failing;
        private volatile boolean failsToTend;
        private volatile boolean waits;
        private volatile Runnable beforeStep = () -> {};
        private volatile CompletableFuture<Void> entered = new CompletableFuture<>();
        private volatile CompletableFuture<Void> mayLeave = CompletableFuture.completedFuture(null);

        @Override
        public String name() {
            return "count";
        }

        @Override
        public OrderStep step(WorkOrder order) throws Exception {
            beforeStep.run();
            if (waits) {
                return order.later();
            }
            sql.update("update mxhooks.retention set cursor = cursor + 1");
            entered.complete(null);
            mayLeave.join();
            if (failing) {
                throw new IllegalStateException(new SQLException("Ada Quist is there already", "23505"));
            }
            if (order.details().equals(ASKS)) {
                return new OrderStep(OrderState.WAITING, "1", "asked", order.total(), 0);
            }
            long done = order.done() + 1;
            return done < Long.parseLong(order.details())
                    ? order.next(String.valueOf(done), done)
                    : order.end(String.valueOf(done), done);
        }

        @Override
        public String afterwards(WorkOrder cancelled) {
            return "forgotten";
        }

        @Override
        public int kept() {
            return 2;
        }

        @Override
        public void tend(WorkOrder running) {
            tended.add(running.id());
            if (failsToTend) {
                throw new IllegalStateException("failed on purpose");
            }
        }
    }

    @BeforeAll
    void open() throws SQLException {
        database = database().migrated();
        sql = new Sql(database.dataSource());
    }

    @BeforeEach
    void begin() throws SQLException {
        sql.update("delete from mxhooks.work_order");
        sql.update("update mxhooks.retention set cursor = 0");
        counting = new Counting();
        orders = node();
    }

    private WorkOrders node() {
        WorkOrders node = WorkOrders.of(database.dataSource(), database.transaction(), List.of(counting));
        node.nanoTime = clock::get;
        return node;
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void isWorkedInStepsUntilItIsDone() throws Exception {
        UUID id = give(3);

        assertThat(orders.work()).isTrue();
        assertThat(order(id).state()).isEqualTo(OrderState.RUNNING);
        assertThat(order(id).done()).isEqualTo(1);
        assertThat(orders.work()).isTrue();
        assertThat(orders.work()).isFalse();

        WorkOrder done = order(id);
        assertThat(done.state()).isEqualTo(OrderState.DONE);
        assertThat(done.orderedBy()).isEqualTo("ada");
        assertThat(done.total()).hasValue(3);
        assertThat(done.endedAt()).isPresent();
        assertThat(count()).isEqualTo(3);
        assertThat(orders.work()).isFalse();
    }

    @Test
    void ordersGoOnSideBySide() throws Exception {
        UUID longOne = give(100);
        UUID shortOne = give(1);

        orders.work();

        assertThat(order(shortOne).state()).isEqualTo(OrderState.DONE);
        assertThat(order(longOne).done()).isEqualTo(1);
    }

    @Test
    void whatAFailedStepDidIsUndoneAndRepeatedTenSecondsLaterWhileOthersGoOn() throws Exception {
        counting.failing = true;
        UUID id = give(1);

        try (CapturedLog log = new CapturedLog()) {
            orders.work();
            assertThat(String.join("\n", log.lines()))
                    .contains("SQLSTATE 23505")
                    .doesNotContain("Ada");
        }

        assertThat(count()).isZero();
        assertThat(order(id).failure())
                .hasValueSatisfying(text -> assertThat(text).contains("server's log"));
        counting.failing = false;
        UUID other = give(1);
        clock.addAndGet(Duration.ofSeconds(10).toNanos() - 1);
        orders.work();
        assertThat(order(other).state()).isEqualTo(OrderState.DONE);
        assertThat(order(id).state()).as("it rests").isEqualTo(OrderState.RUNNING);
        clock.incrementAndGet();
        orders.work();
        assertThat(order(id).state()).isEqualTo(OrderState.DONE);
        assertThat(order(id).failure()).isEmpty();
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void anotherNodeNeedNotWaitWhereAStepFailed() throws Exception {
        counting.failing = true;
        UUID id = give(1);
        orders.work();
        counting.failing = false;

        node().work();

        assertThat(order(id).state()).isEqualTo(OrderState.DONE);
    }

    @Test
    void aCancelledOrderIsNotRepeatedAndSaysSo() throws Exception {
        counting.failing = true;
        UUID id = give(1);
        orders.work();

        orders.cancel(id, "grace");

        assertThat(order(id).failure()).isEmpty();
    }

    @Test
    void aStepIsDoneByOneNodeOnly() throws Exception {
        UUID id = give(1);
        counting.mayLeave = new CompletableFuture<>();
        CompletableFuture<Boolean> first = CompletableFuture.supplyAsync(this::workElsewhere);
        counting.entered.join();

        assertThat(node().work()).isFalse();

        counting.mayLeave.complete(null);
        assertThat(first.join()).isFalse();
        assertThat(order(id).state()).isEqualTo(OrderState.DONE);
        assertThat(count()).isEqualTo(1);
    }

    private boolean workElsewhere() {
        try {
            return node().work();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void isCancelledBetweenSteps() throws Exception {
        UUID id = give(5);
        orders.work();

        assertThat(orders.cancel(id, "grace")).isTrue();
        assertThat(orders.work()).isFalse();

        assertThat(order(id).state()).isEqualTo(OrderState.CANCELLED);
        assertThat(order(id).endedBy()).contains("grace");
        assertThat(order(id).details()).isEqualTo("forgotten");
        assertThat(count()).isEqualTo(1);
        assertThat(orders.cancel(id, "grace")).isFalse();
        assertThat(orders.start(id, "grace")).isFalse();
    }

    /** What it read of the order before the step is no longer true after it. */
    @Test
    void aCancellationWaitsForTheStepUnderWay() throws Exception {
        UUID id = give(1);
        counting.mayLeave = new CompletableFuture<>();
        CompletableFuture<Boolean> last = CompletableFuture.supplyAsync(this::workElsewhere);
        counting.entered.join();
        CompletableFuture<Boolean> cancelled = CompletableFuture.supplyAsync(() -> cancelElsewhere(id));
        await().atMost(Duration.ofSeconds(60)).until(database::someoneWaitsForALock);

        counting.mayLeave.complete(null);

        last.join();
        assertThat(cancelled.join()).isFalse();
        assertThat(order(id).state()).isEqualTo(OrderState.DONE);
    }

    private boolean cancelElsewhere(UUID id) {
        try {
            return node().cancel(id, "grace");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Timeout(30)
    void anOrderThatIsGivenOrStartedWakesItsNode() throws Exception {
        give(1);
        orders.await(Duration.ofDays(1));
        UUID waiting = orders.give("count", "ada", "1", OptionalLong.empty(), OrderState.WAITING);
        orders.await(Duration.ofDays(1));
        orders.start(waiting, "grace");
        orders.await(Duration.ofDays(1));

        orders.await(Duration.ZERO); // nothing is left that would wake it
    }

    @Test
    void theDayBeginsWhenItBeginsToWait() throws Exception {
        UUID asking = orders.give("count", "ada", ASKS, OptionalLong.empty(), OrderState.RUNNING);
        sql.update("update mxhooks.work_order set waits_since = waits_since - interval '25' hour");
        orders.work();

        orders.tend();

        assertThat(order(asking).state()).isEqualTo(OrderState.WAITING);
        assertThat(orders.start(asking, "grace")).isTrue();
        assertThat(orders.start(asking, "grace")).isFalse();
    }

    @Test
    void waitsForItsStartAndForADayAtMost() throws Exception {
        UUID started = orders.give("count", "ada", "1", OptionalLong.empty(), OrderState.WAITING);
        UUID forgotten = orders.give("count", "ada", "1", OptionalLong.empty(), OrderState.WAITING);
        assertThat(orders.work()).isFalse();
        assertThat(count()).isZero();

        assertThat(orders.start(started, "grace")).isTrue();
        orders.tend();
        assertThat(counting.tended).containsExactly(started);
        assertThat(order(forgotten).state()).isEqualTo(OrderState.WAITING);
        orders.work();
        assertThat(order(started).startedBy()).contains("grace");
        assertThat(count()).isEqualTo(1);

        sql.update("update mxhooks.work_order set waits_since = waits_since - interval '25' hour");
        orders.tend();
        assertThat(order(forgotten).state()).isEqualTo(OrderState.CANCELLED);
        assertThat(order(forgotten).endedBy()).isEmpty();
        assertThat(order(forgotten).details()).isEqualTo("forgotten");
    }

    @Test
    void listsTheNewestAndKeepsNoMoreThanItsKindWants() throws Exception {
        UUID other = orders.give("unknown here", "ada", "", OptionalLong.empty(), OrderState.RUNNING);
        List<UUID> ended = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ended.add(0, give(1));
            orders.work();
        }

        assertThat(orders.newest(Optional.of("count"), EVER, 10))
                .extracting(WorkOrder::id)
                .containsExactlyElementsOf(ended.subList(0, 2));
        assertThat(orders.newest(Optional.empty(), EVER, 10)).hasSize(3);
        assertThat(orders.newest(Optional.empty(), order(ended.get(1)).orderedAt(), 10))
                .extracting(WorkOrder::id)
                .containsExactly(other);
        assertThat(order(other).state()).isEqualTo(OrderState.RUNNING);
    }

    @Test
    void aFailureToTendKeepsNoOtherFromIt() throws Exception {
        UUID forgotten = orders.give("count", "ada", "1", OptionalLong.empty(), OrderState.WAITING);
        sql.update("update mxhooks.work_order set waits_since = waits_since - interval '25' hour");
        UUID one = give(1);
        UUID other = give(1);
        counting.failsToTend = true;

        orders.tend();

        assertThat(counting.tended).containsExactly(one, other);
        assertThat(order(forgotten).state()).isEqualTo(OrderState.CANCELLED);
    }

    @Test
    void whyAnOrderIsNotTendedIsLoggedNowAndThenAndShownUntilItIs() throws Exception {
        AtomicLong clock = new AtomicLong();
        orders.nanoTime = clock::get;
        UUID id = give(5);
        counting.waits = true;
        counting.failsToTend = true;
        try (CapturedLog log = new CapturedLog()) {
            for (int second = 0; second < 5; second++) {
                orders.tend();
                orders.work();
            }
            assertThat(log.lines())
                    .filteredOn(line -> line.contains(id.toString()))
                    .hasSize(1);
            assertThat(order(id).failure())
                    .hasValueSatisfying(text -> assertThat(text).contains("its part"));
            counting.waits = false;
            orders.work();
            counting.waits = true;
            orders.tend();
            assertThat(order(id).failure()).as("a step was done meanwhile").isPresent();
            clock.addAndGet(RareWarnings.PERIOD.toNanos());
            orders.tend();
            assertThat(log.lines())
                    .filteredOn(line -> line.contains(id.toString()))
                    .hasSize(2);
        }

        counting.failsToTend = false;
        orders.tend();

        assertThat(order(id).failure()).isEmpty();
    }

    @Test
    void aStepThatFailsAgainAndAgainIsLoggedNowAndThen() throws Exception {
        AtomicLong clock = new AtomicLong();
        orders.nanoTime = clock::get;
        UUID id = give(1);
        counting.failing = true;
        try (CapturedLog log = new CapturedLog()) {
            for (int tries = 0; tries < 5; tries++) {
                orders.work();
                clock.addAndGet(Duration.ofSeconds(10).toNanos());
            }
            assertThat(log.lines())
                    .filteredOn(line -> line.contains(id.toString()))
                    .hasSize(1);
        }
        assertThat(count()).isZero();
    }

    @Test
    void keepsNoMoreThatWereCancelledEither() throws Exception {
        for (int i = 0; i < 4; i++) {
            orders.cancel(give(1), "ada");
        }

        assertThat(orders.newest(Optional.of("count"), EVER, 10)).hasSize(2);
    }

    @Test
    void recordsTheEndOnceAlsoWhereAnotherNodeWasToGoOn() throws Exception {
        UUID first = give(1);
        UUID second = give(1);
        counting.beforeStep = () -> {
            counting.beforeStep = () -> {};
            CompletableFuture.supplyAsync(this::workElsewhere).join(); // ends the second, as the first is taken
        };
        try (CapturedLog audit = new CapturedLog()) {
            orders.work();

            assertThat(order(first).state()).isEqualTo(OrderState.DONE);
            assertThat(audit.audit())
                    .filteredOn(line -> line.contains(second.toString()))
                    .hasSize(1);
        }
    }

    @Test
    void refusesMoreThanAHundredThatHaveNotEnded() throws Exception {
        for (int i = 0; i < 100; i++) {
            give(1);
        }

        assertThatThrownBy(() -> give(1)).isInstanceOf(TooManyOrders.class).hasMessageContaining("cancel some");
    }

    private UUID give(int steps) throws SQLException {
        return orders.give("count", "ada", String.valueOf(steps), OptionalLong.of(steps), OrderState.RUNNING);
    }

    private WorkOrder order(UUID id) throws SQLException {
        return orders.find(id).orElseThrow();
    }

    private long count() throws SQLException {
        return sql.first("select cursor from mxhooks.retention", row -> row.getLong(1))
                .orElseThrow();
    }
}
