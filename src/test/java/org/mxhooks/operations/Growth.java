package org.mxhooks.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.mxhooks.database.StatementCosts;
import org.mxhooks.database.StatementCosts.Cost;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.inbox.Inbox;

/**
 * Compares what is read on PostgreSQL in a log, and in one with four times as many deliveries, parked and dead events.
 */
public final class Growth {

    private static final int DELIVERIES = 20_000;
    private static final int CONSUMERS = 4;
    private static final int PARKED = 5_000;
    private static final int TIMES = 4;

    /** Levels of indexes, for some lookups; all of an index would be more. */
    private static final int TOLERATED_PAGES = 100;

    private static final Map<LargeLog, String> FILLED = new ConcurrentHashMap<>();

    private Growth() {}

    /** What is looked at, by name. */
    public interface Scenario {

        /**
         * @param explained the database, with what its statements cost
         * @param inbox on that
         */
        Map<String, Callable<?>> on(TestDatabase database, DataSource explained, Inbox inbox) throws Exception;
    }

    /** Asserts that each reads as many pages in the larger log, but for a third and a few. */
    public static void assertNone(Scenario scenario) throws Exception {
        Map<String, List<Cost>> small = costs(new LargeLog(DELIVERIES, CONSUMERS, PARKED), scenario);
        Map<String, List<Cost>> large = costs(new LargeLog(TIMES * DELIVERIES, CONSUMERS, TIMES * PARKED), scenario);
        assertThat(large.keySet()).isNotEmpty().isEqualTo(small.keySet());
        assertThat(large.values()).doesNotContain(List.of());
        assertThat(large.entrySet())
                .allSatisfy(each -> assertThat(pages(each.getValue()))
                        .as(() -> each.getKey() + "\n" + text(each.getValue()))
                        .isLessThanOrEqualTo(pages(small.get(each.getKey())) * 4 / 3 + TOLERATED_PAGES));
    }

    private static Map<String, List<Cost>> costs(LargeLog log, Scenario scenario) throws Exception {
        String copy = "template " + FILLED.computeIfAbsent(log, Growth::fill) + " strategy file_copy";
        try (TestDatabase database = TestDatabase.postgres(copy).migrated()) {
            StatementCosts statements = new StatementCosts(database.dataSource());
            try (Inbox inbox = new Inbox(
                    database.database(),
                    statements.dataSource(),
                    Executors.defaultThreadFactory(),
                    new SimpleMeterRegistry())) {
                Map<String, List<Cost>> costs = new LinkedHashMap<>();
                for (Map.Entry<String, Callable<?>> each :
                        scenario.on(database, statements.dataSource(), inbox).entrySet()) {
                    statements.take();
                    each.getValue().call();
                    costs.put(each.getKey(), statements.take());
                }
                return costs;
            }
        }
    }

    /** Returns the name of the database. */
    private static String fill(LargeLog log) {
        try {
            TestDatabase database = TestDatabase.postgres().migrated();
            try (Connection connection =
                    DriverManager.getConnection(database.settings().url(), "postgres", "")) {
                log.fill(connection);
            }
            return database.keep();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long pages(List<Cost> costs) {
        return costs.stream().mapToLong(Cost::pages).sum();
    }

    private static String text(List<Cost> costs) {
        return costs.stream()
                .map(cost -> cost.pages() + " pages: " + cost.statement() + "\n" + cost.plan())
                .collect(Collectors.joining("\n\n"));
    }
}
