package org.mxhooks.process.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.operations.FilledPostgres;
import org.mxhooks.operations.LargeLog;
import org.mxhooks.process.harness.NextRelease;
import org.mxhooks.process.harness.PayaraMicro;
import org.mxhooks.process.harness.Senders;

/**
 * What is accepted, and accepted and mirrored, in a second by a node with a {@link LargeLog} of ten million deliveries
 * ({@code deliveries}), over those of a node with an empty one on the same PostgreSQL, in turns.
 */
@Tag("benchmark")
class LargeLogBenchmark {

    private static final String SECRET = "of-the-portal";
    private static final int DELIVERIES = Integer.getInteger("deliveries", 10_000_000);
    private static final int ROUNDS = Integer.getInteger("rounds", 7);
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("warm-up", 60));
    private static final Duration ROUND = Duration.ofSeconds(8);

    @TempDir
    Path scratch;

    /** @param senders what it was sent */
    private record Node(PayaraMicro server, String database, Senders senders, long before) implements AutoCloseable {

        static Node start(String database) throws SQLException {
            PayaraMicro server = PayaraMicro.start(settings(database));
            return new Node(server, database, new Senders(SECRET, 16), count(database));
        }

        private static Map<String, String> settings(String database) {
            return Map.of(
                    "mxhooks.database.url",
                    database,
                    "mxhooks.database.user",
                    "postgres",
                    "mxhooks.endpoint.default.secret",
                    SECRET,
                    "mxhooks.operator.password",
                    "of-the-operator");
        }

        private static long count(String database) throws SQLException {
            return number(database, "select coalesce(max(position), 0) from mxhooks.delivery");
        }

        private URI hooks() {
            return server.application().resolve("hooks/default");
        }

        /** Accepted, and accepted and mirrored, in a second. */
        List<Double> round(Duration duration) throws Exception {
            long accepted = senders.accepted(List.of(hooks()));
            long begin = System.nanoTime();
            double perSecond = senders.perSecond(hooks(), duration);
            await().atMost(Duration.ofMinutes(10))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> number(
                                    database,
                                    "select count(*) from mxhooks.lane l join mxhooks.delivery d on d.lane = l.lane and d.position > l.cursor")
                            == 0);
            double seconds = (System.nanoTime() - begin) / 1e9;
            return List.of(perSecond, (senders.accepted(List.of(hooks())) - accepted) / seconds);
        }

        void assertLedger() throws SQLException {
            assertThat(count(database) - before).isEqualTo(senders.accepted(List.of(hooks())));
            assertThat(number(database, "select count(*) from mxhooks.parked")).isZero();
        }

        @Override
        public void close() {
            server.close();
        }
    }

    @Test
    void acceptsAndDispatches() throws Exception {
        try (FilledPostgres filled = FilledPostgres.start(new LargeLog(DELIVERIES, 250, DELIVERIES / 50), scratch)) {
            leaveToTheMirror(filled.url());
            try (Node full = Node.start(filled.url());
                    Node empty = Node.start(filled.empty())) {
                full.round(WARM_UP);
                empty.round(WARM_UP);
                List<Double> accepts = new ArrayList<>();
                List<Double> mirrored = new ArrayList<>();
                for (int round = 0; round < ROUNDS; round++) {
                    List<Double> ofFull = full.round(ROUND);
                    List<Double> ofEmpty = empty.round(ROUND);
                    accepts.add(ofFull.get(0) / ofEmpty.get(0));
                    mirrored.add(ofFull.get(1) / ofEmpty.get(1));
                    System.out.printf(
                            "accepts/s %.0f, empty %.0f; accepted and mirrored/s %.0f, empty %.0f%n",
                            ofFull.get(0), ofEmpty.get(0), ofFull.get(1), ofEmpty.get(1));
                }
                report("accepts", accepts);
                report("accepted and mirrored", mirrored);
                full.assertLedger();
                empty.assertLedger();
            }
        }
    }

    /** What a node accepts each second while another, of the next release, brings the schema of the log up to date. */
    @Test
    void acceptsDuringAnUpgrade() throws Exception {
        Path next = NextRelease.writeWarWith(scratch);
        try (FilledPostgres filled = FilledPostgres.start(new LargeLog(DELIVERIES, 250, DELIVERIES / 50), scratch)) {
            leaveToTheMirror(filled.url());
            try (Node node = Node.start(filled.url())) {
                System.out.printf(
                        "accepts/s before: %.0f%n", node.round(WARM_UP).get(0));
                CompletableFuture<Void> upgrade =
                        CompletableFuture.runAsync(() -> PayaraMicro.with(Node.settings(filled.url()))
                                .war(next)
                                .start()
                                .close());
                while (!upgrade.isDone()) {
                    double accepts = node.senders().perSecond(node.hooks(), Duration.ofSeconds(1));
                    System.out.printf("accepts/s %.0f, migrations %s%n", accepts, migrations(filled.url()));
                }
                upgrade.get();
                System.out.printf(
                        "accepts/s after: %.0f; migrations %s%n",
                        node.round(ROUND).get(0), migrations(filled.url()));
                node.assertLedger();
            }
        }
    }

    private static String migrations(String database) throws SQLException {
        return text(database, """
                select coalesce(string_agg("version" || ': ' || "execution_time" || ' ms', ', ' order by "installed_rank"), '')
                from mxhooks.flyway_schema_history where "version" is not null""");
    }

    /** Which begins at the end of the log; it alone. */
    private static void leaveToTheMirror(String database) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database, "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("truncate mxhooks.parked, mxhooks.lane, mxhooks.consumer cascade");
            statement.execute("insert into mxhooks.consumer (name, registered_at) values ('mirror', now())");
            statement.execute("""
                    insert into mxhooks.lane (consumer, lane, cursor, token)
                    select 'mirror', lane, (select max(position) from mxhooks.delivery), 0 from generate_series(0, 31) as lane""");
        }
    }

    private static void report(String what, List<Double> ratios) {
        List<Double> sorted = ratios.stream().sorted().toList();
        System.out.printf(
                "%s over an empty log: median %.2f, %.2f to %.2f%n",
                what, sorted.get(sorted.size() / 2), sorted.get(0), sorted.get(sorted.size() - 1));
    }

    private static long number(String database, String query) throws SQLException {
        return Long.parseLong(text(database, query));
    }

    private static String text(String database, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database, "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
