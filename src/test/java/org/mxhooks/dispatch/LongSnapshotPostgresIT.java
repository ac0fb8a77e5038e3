package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxhooks.database.Sql;
import org.mxhooks.database.StatementCosts;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.inbox.Place;

/** A snapshot on PostgreSQL that lasts, as that of a backup, keeps each version of a row that it might see. */
@Tag("persistence")
class LongSnapshotPostgresIT {

    private static final int FEW = 20;
    private static final int MANY = 1_000;

    /** Another level of the index. */
    private static final long TOLERATED_PAGES = 10;

    /** Of consumers that want something, or of those that want nothing. */
    private interface Move {
        void to(LaneTable lanes, List<LaneClaim> claims, List<Long> positions) throws SQLException, LaneLost;
    }

    @Test
    void theMoveOfCursorsDoesNotReadTheirFormerVersions() throws Exception {
        assertSteady(LaneTable::advance);
    }

    @Test
    void theMoveOfCursorsThatPassedDoesNotReadTheirFormerVersions() throws Exception {
        assertSteady((lanes, claims, positions) ->
                assertThat(lanes.pass(claims, positions)).doesNotContain(false));
    }

    private static void assertSteady(Move move) throws Exception {
        try (TestDatabase database = TestDatabase.postgres().migrated();
                Connection snapshot =
                        DriverManager.getConnection(database.settings().url(), "postgres", "")) {
            new ConsumerTable(new Sql(database.dataSource())).register("one", 0);
            takeSnapshot(snapshot);
            LaneTable lanes = new LaneTable(new Sql(database.dataSource()), UUID.randomUUID());
            StatementCosts statements = new StatementCosts(database.dataSource());
            LaneTable explained = new LaneTable(new Sql(statements.dataSource()), UUID.randomUUID());

            move(lanes, move, 0, FEW);
            long after = pages(statements, () -> move(explained, move, FEW, FEW + 1));
            move(lanes, move, FEW + 1, MANY);
            long afterMany = pages(statements, () -> move(explained, move, MANY, MANY + 1));

            assertThat(after).isPositive();
            assertThat(afterMany).isLessThanOrEqualTo(after + TOLERATED_PAGES * Place.LANES);
        }
    }

    private static void takeSnapshot(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement statement = connection.createStatement()) {
            statement.execute("select count(*) from mxhooks.lane");
        }
    }

    /** All lanes, from a position to another, one after the other. */
    private static void move(LaneTable lanes, Move move, long from, long upTo) throws SQLException, LaneLost {
        for (long position : LongStream.range(from, upTo).toArray()) {
            move.to(
                    lanes,
                    IntStream.range(0, Place.LANES)
                            .mapToObj(lane -> new LaneClaim("one", lane, position, 0, 0))
                            .toList(),
                    Collections.nCopies(Place.LANES, position + 1));
        }
    }

    private interface Explained {
        void run() throws SQLException, LaneLost;
    }

    private static long pages(StatementCosts statements, Explained explained) throws SQLException, LaneLost {
        explained.run();
        return statements.take().stream().mapToLong(StatementCosts.Cost::pages).sum();
    }
}
