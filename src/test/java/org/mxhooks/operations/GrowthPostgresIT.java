package org.mxhooks.operations;

import static org.mxhooks.operations.LargeLog.BEGIN;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxhooks.database.Sql;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.operations.ConsumerState.State;
import org.mxhooks.orders.OrderKind;
import org.mxhooks.orders.OrderState;
import org.mxhooks.orders.WorkOrder;
import org.mxhooks.orders.WorkOrders;

/** What operators ask, and nodes ask for them, costs as much in a large log as in a small one. */
@Tag("persistence")
class GrowthPostgresIT {

    private static final int LIMIT = 10;
    private static final int MAX_SCAN = 1_000;

    private static final Optional<String> NONE = Optional.empty();
    private static final Optional<String> CONSUMER = Optional.of("consumer-1");
    private static final Optional<String> REASON = Optional.of("why 1");

    @Test
    void pagesOfDeliveries() throws Exception {
        Growth.assertNone((database, explained, inbox) -> {
            Search search = new Search(new Sql(explained), inbox, Engine.of(explained), MAX_SCAN);
            Map<String, DeliveryFilter> filters = new LinkedHashMap<>();
            filters.put("all", Filters.of());
            filters.put("frequent endpoint", Filters.of("endpoint", "default"));
            filters.put("no such endpoint", Filters.of("endpoint", "none"));
            filters.put("category", Filters.of("category", "sprints"));
            filters.put("no such category", Filters.of("category", "none"));
            filters.put("no such pair", Filters.of("endpoint", "other", "category", "stories"));
            filters.put("portal id", Filters.of("portalId", "portal 1"));
            filters.put("resource", Filters.of("resourceId", "1"));
            filters.put("app", Filters.of("appId", "none"));
            filters.put("hour", Filters.of("from", BEGIN.plusSeconds(7_200), "to", BEGIN.plusSeconds(10_800)));
            filters.put("text", Filters.of("text", "nowhere"));
            for (State state : State.values()) {
                filters.put(state.name(), Filters.of("state", state));
                filters.put(state + " of a category", Filters.of("state", state, "category", "stories"));
            }
            Map<String, Callable<?>> pages = new LinkedHashMap<>();
            filters.forEach((name, filter) -> {
                pages.put(name, () -> search.deliveries(filter, Long.MAX_VALUE, LIMIT));
                pages.put(name + ", further on", () -> search.deliveries(filter, inbox.head() / 2, LIMIT));
            });
            return pages;
        });
    }

    @Test
    void deadLettersAndRepairs() throws Exception {
        Growth.assertNone((database, explained, inbox) -> {
            Engine engine = Engine.of(explained);
            Search search = new Search(new Sql(explained), inbox, engine, MAX_SCAN);
            Operations operations = Operations.of(explained, database.transaction(), inbox, engine);
            List<OrderKind> kinds = Repairs.kinds(explained, inbox, engine);
            WorkOrders orders = WorkOrders.of(explained, database.transaction(), kinds);
            Repairs repairs = Repairs.of(explained, operations, orders);
            Instant from = BEGIN.plusSeconds(7_200);
            Map<String, Callable<?>> work = new LinkedHashMap<>();
            work.put("dead letters", () -> search.deadLetters(NONE, NONE, Long.MAX_VALUE, "", LIMIT));
            work.put("further on", () -> search.deadLetters(NONE, NONE, inbox.head() / 10, "", LIMIT));
            work.put("of a consumer", () -> search.deadLetters(CONSUMER, NONE, inbox.head() / 10, "", LIMIT));
            work.put("for a reason", () -> search.deadLetters(CONSUMER, REASON, inbox.head() / 10, "", LIMIT));
            work.put("who has any", operations::consumersWithDeadLetters);
            work.put("groups", () -> new DeadGroups(new Sql(explained), 100).all());
            work.put("one", () -> operations.delivery(deliveryAt(database, inbox.head() / 2)));
            for (OrderKind kind : kinds) {
                work.put(kind.name(), () -> kind.step(order(kind.name(), from)));
            }
            work.put("replay of a span", () -> operations.replay("consumer-1", from, from.plusSeconds(60)));
            work.put("count of a period", () -> repairs.countPeriod(from, from.plusSeconds(600)));
            return work;
        });
    }

    /** Just given. */
    private static WorkOrder order(String kind, Instant from) {
        RepairDetails details = kind.equals(RepairDetails.REPLAY_PERIOD)
                ? RepairDetails.ofPeriod("consumer-1", from, from.plusSeconds(600))
                : RepairDetails.ofDead(CONSUMER, NONE, Optional.empty());
        return new WorkOrder(
                UUID.randomUUID(),
                kind,
                "grace",
                Instant.now(),
                NONE,
                Optional.empty(),
                NONE,
                Optional.empty(),
                OrderState.RUNNING,
                details.json(),
                "",
                OptionalLong.empty(),
                0,
                NONE);
    }

    private static UUID deliveryAt(TestDatabase database, long position) throws Exception {
        return new WorkState(database.dataSource(), null).deliveryAt(position);
    }

    @Test
    void figures() throws Exception {
        Growth.assertNone((database, explained, inbox) -> {
            Sql sql = new Sql(explained);
            Overview overview = new Overview(sql, inbox);
            Map<String, Callable<?>> figures = new LinkedHashMap<>();
            while (inbox.countLanes()) {
                // what housekeeping does
            }
            figures.put("pulse", overview::pulse);
            figures.put("arrivals", () -> overview.arrivals(BEGIN, Duration.ofHours(1), 24));
            figures.put("nodes", overview::nodes);
            figures.put("activity", () -> new ActivityTable(sql).of(BEGIN, Duration.ofMinutes(2), 30));
            figures.put("purge of activity", () -> {
                new ActivityTable(sql).purge(BEGIN);
                return true;
            });
            figures.put("backlog", () -> inbox.countBeyond(Engine.of(explained).slowestCursors()));
            figures.put(
                    "first pending",
                    () -> inbox.firstBeyond(Engine.of(explained).slowestCursors()));
            figures.put("counting of lanes", inbox::countLanes);
            figures.put("last of an endpoint", () -> inbox.latest("other"));
            figures.put("rhythm", () -> inbox.activeHours("default", BEGIN, 5));
            figures.put("newest of a category", () -> inbox.newest("sprints", 0, 20, 1_000_000));
            figures.put("newest of none", () -> inbox.newest("alerts", 0, 20, 1_000_000));
            figures.put("look of a node", inbox::last);
            return figures;
        });
    }
}
