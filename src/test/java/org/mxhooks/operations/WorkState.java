package org.mxhooks.operations;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;
import org.mxhooks.database.Sql;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.inbox.Arrivals;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.Place;
import org.mxhooks.inbox.Receipt;

/** Brings a database into a state of work as if consumers had been there for long. */
public record WorkState(DataSource dataSource, Inbox inbox) {

    /** How an event is parked. */
    public enum Parked {
        PARKED,
        REPLAY,
        DEAD,
        DEAD_REPLAY
    }

    /** What operators do about it. */
    public Operations operator(TestDatabase database) {
        return Operations.of(dataSource, database.transaction(), inbox, Engine.of(dataSource));
    }

    /** Has so many deliveries arrive, about as many stories; returns their positions. */
    public List<Long> arrive(int howMany) throws SQLException {
        long before = inbox.head();
        List<CompletionStage<Receipt>> receipts = new ArrayList<>();
        for (int i = 0; i < howMany; i++) {
            receipts.add(inbox.append(Arrivals.story(i, UUID.randomUUID().toString())));
        }
        for (CompletionStage<Receipt> receipt : receipts) {
            assertThat(receipt.toCompletableFuture().orTimeout(60, SECONDS).join())
                    .isInstanceOf(Receipt.Accepted.class);
        }
        return positions("select position from mxhooks.delivery where position > ? order by position", before);
    }

    /** Makes all deliveries up to a position so many days old. */
    public void age(long upTo, int days) throws SQLException {
        execute(
                "update mxhooks.delivery set received_at = current_timestamp - cast(? as integer) * interval '1' day"
                        + " where position <= ?",
                days,
                upTo);
    }

    /** Makes a consumer known, with every cursor at a position. */
    public void register(String consumer, long cursor) throws SQLException {
        execute("insert into mxhooks.consumer (name, registered_at) values (?, current_timestamp)", consumer);
        for (int lane = 0; lane < Place.LANES; lane++) {
            execute(
                    "insert into mxhooks.lane (consumer, lane, cursor, token) values (?, ?, ?, 0)",
                    consumer,
                    lane,
                    cursor);
        }
    }

    public void moveCursors(String consumer, long position) throws SQLException {
        execute("update mxhooks.lane set cursor = ? where consumer = ?", position, consumer);
    }

    public void moveCursor(String consumer, int lane, long position) throws SQLException {
        execute("update mxhooks.lane set cursor = ? where consumer = ? and lane = ?", position, consumer, lane);
    }

    public void park(String consumer, long position, Parked how) throws SQLException {
        execute(
                """
                insert into mxhooks.parked (consumer, position, lane, replay, dead, attempts, unended, parked_at, dead_at, reason)
                select ?, position, lane, ?, ?, 1, 0, current_timestamp,
                    case when cast(? as boolean) then current_timestamp end, case when cast(? as boolean) then '' end
                from mxhooks.delivery where position = ?""",
                consumer,
                how == Parked.REPLAY || how == Parked.DEAD_REPLAY,
                isDead(how),
                isDead(how),
                isDead(how),
                position);
    }

    private static boolean isDead(Parked how) {
        return how == Parked.DEAD || how == Parked.DEAD_REPLAY;
    }

    /** Makes a delivery one whose body is no event. */
    public void makeUndecodable(long position) throws SQLException {
        execute("insert into mxhooks.undecodable (position, reason) values (?, 'no JSON')", position);
    }

    public void unpark(long position) throws SQLException {
        execute("delete from mxhooks.parked where position = ?", position);
    }

    public int laneOf(long position) throws SQLException {
        return positions("select lane from mxhooks.delivery where position = ?", position)
                .get(0)
                .intValue();
    }

    /** The delivery at a position. */
    public UUID deliveryAt(long position) throws SQLException {
        return new Sql(dataSource)
                .first(
                        "select delivery from mxhooks.delivery where position = ?",
                        row -> row.getObject(1, UUID.class),
                        position)
                .orElseThrow();
    }

    public List<Long> positions(String sql, Object... parameters) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            bind(select, parameters);
            try (ResultSet rows = select.executeQuery()) {
                List<Long> positions = new ArrayList<>();
                while (rows.next()) {
                    positions.add(rows.getLong(1));
                }
                return positions;
            }
        }
    }

    public void execute(String sql, Object... parameters) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }
}
