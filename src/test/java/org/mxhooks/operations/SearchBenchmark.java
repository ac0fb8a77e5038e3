package org.mxhooks.operations;

import static org.mxhooks.Latency.measure;
import static org.mxhooks.operations.LargeLog.BEGIN;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.database.Sql;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.inbox.AcceptLoad;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.operations.ConsumerState.State;

/**
 * How long operators wait for a page of 50 on PostgreSQL with a {@link LargeLog} of a million deliveries
 * ({@code deliveries}) and 250 consumers, one event in fifty ({@code parked}) parked, replayed or dead. Before that,
 * how many are accepted in a second, and by an empty database, in turns.
 */
@Tag("benchmark")
class SearchBenchmark {

    private static final int DELIVERIES = Integer.getInteger("deliveries", 1_000_000);
    private static final int CONSUMERS = 250;
    private static final int PARKED = Integer.getInteger("parked", DELIVERIES / 50);
    private static final int ROUNDS = 5;
    private static final int LIMIT = 51;

    private final Random random = new Random(1);

    @TempDir
    Path scratch;

    @Test
    void findsAmongAMillion() throws Exception {
        try (FilledPostgres filled = FilledPostgres.start(new LargeLog(DELIVERIES, CONSUMERS, PARKED), scratch);
                TestDatabase database = TestDatabase.at(filled.url()).migrated();
                Inbox inbox = new Inbox(
                        database.database(),
                        database.dataSource(),
                        Executors.defaultThreadFactory(),
                        new SimpleMeterRegistry())) {
            measureAccepts(inbox, filled.empty());
            for (boolean more = true; more; ) {
                more = inbox.countLanes();
            }
            Search search = new Search(
                    new Sql(database.dataSource()), inbox, Engine.of(database.dataSource()), Search.MAX_SCAN);
            measure("the newest", () -> page(search, filter("", "", ""), Long.MAX_VALUE));
            measure("from somewhere on", () -> page(search, filter("", "", ""), somewhere()));
            measure("a frequent endpoint", () -> page(search, filter("default", "", ""), somewhere()));
            measure("a rare endpoint", () -> page(search, filter("other", "", ""), Long.MAX_VALUE));
            measure("a rare category", () -> page(search, filter("", "sprints", ""), somewhere()));
            measure("a portal's id", () -> page(search, filter("", "", "portal " + somewhere()), Long.MAX_VALUE));
            measure("an hour", () -> page(search, anHour(), Long.MAX_VALUE));
            for (State state : State.values()) {
                measure(state.name(), () -> page(search, filter(state), Long.MAX_VALUE));
                measure(state.name() + " from somewhere on", () -> page(search, filter(state), somewhere()));
            }
            measure("dead letters", () -> letters(search, Optional.empty(), Long.MAX_VALUE));
            measure("dead letters of a consumer", () -> letters(search, Optional.of("consumer-1"), somewhere()));
            measure(
                    "dead letters of a consumer and reason",
                    () -> search.deadLetters(Optional.of("consumer-1"), Optional.of("why 1"), somewhere(), "", LIMIT));
            measure("how many are dead", () -> search.countDead(Optional.empty(), Optional.empty(), true));
            measure(
                    "how many of a consumer and reason",
                    () -> search.countDead(Optional.of("consumer-1"), Optional.of("why 1"), true));
            measure(
                    "a text that the newest have",
                    100,
                    () -> page(search, Filters.of("text", "story number", "field", "name"), Long.MAX_VALUE));
            measure(
                    "a text that none has, until the page is cut",
                    50,
                    () -> page(search, Filters.of("text", "no story has this"), Long.MAX_VALUE));
            measure("a resource", () -> page(search, Filters.of("resourceId", "4711"), Long.MAX_VALUE));
            measure(
                    "backlog of one consumer",
                    () -> new Backlogs(new Sql(database.dataSource()), inbox).of("consumer-0"));
            measure("backlogs", () -> new Backlogs(new Sql(database.dataSource()), inbox).all());
            Overview overview = new Overview(new Sql(database.dataSource()), inbox);
            measure(
                    "dead letters by reason",
                    () -> new DeadGroups(new Sql(database.dataSource()), DeadGroups.MAX_COUNTED).all());
            measure(
                    "arrivals in an hour",
                    () -> overview.arrivals(BEGIN.plusSeconds(DELIVERIES - 3600), Duration.ofMinutes(2), 30));
            measure("whether anything changed", overview::pulse);
        }
    }

    private static void measureAccepts(Inbox full, String emptyDatabase) throws Exception {
        try (TestDatabase database = TestDatabase.at(emptyDatabase).migrated();
                Inbox empty = new Inbox(
                        database.database(),
                        database.dataSource(),
                        Executors.defaultThreadFactory(),
                        new SimpleMeterRegistry())) {
            AcceptLoad.accept(full, 32); // warms up
            for (int round = 0; round < ROUNDS; round++) {
                System.out.printf(
                        "accepts/s with 64 waiting: %d in an empty log, %d in the full one%n",
                        AcceptLoad.accept(empty, 64), AcceptLoad.accept(full, 64));
            }
        }
    }

    private static Object page(Search search, DeliveryFilter filter, long before) throws SQLException {
        return search.deliveries(filter, before, LIMIT);
    }

    private static Object letters(Search search, Optional<String> consumer, long before) throws SQLException {
        return search.deadLetters(consumer, Optional.empty(), before, "", LIMIT);
    }

    private long somewhere() {
        return 1 + random.nextInt(DELIVERIES);
    }

    private static DeliveryFilter filter(String endpoint, String category, String portalId) {
        return Filters.of(
                "endpoint",
                given(endpoint).orElse(null),
                "category",
                given(category).orElse(null),
                "portalId",
                given(portalId).orElse(null));
    }

    private static DeliveryFilter filter(State state) {
        return Filters.of("state", state);
    }

    private DeliveryFilter anHour() {
        Instant from = BEGIN.plusSeconds(somewhere());
        return Filters.of("from", from, "to", from.plusSeconds(3_600));
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(it -> !it.isEmpty());
    }
}
