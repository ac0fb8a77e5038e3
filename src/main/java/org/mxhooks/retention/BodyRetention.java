package org.mxhooks.retention;

import static java.util.Comparator.naturalOrder;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.Place;

/**
 * Empties the bodies of deliveries that are older than the retention, by the database's clock and in the order of the
 * log. Those of unfinished work stay: beyond a cursor of any consumer, be it absent; parked, being replayed, or dead;
 * undecodable and not discarded. A delivery that is too young or beyond a cursor also keeps all that came after it.
 *
 * <p><b>Guarantee.</b> A step is one short transaction: all of it is done or nothing. A cursor passes a delivery in the
 * commit that parks it, and cursors are read before parked work, so nothing slips through between. Whoever parks a
 * delivery that the cursors have passed, to replay it, locks the delivery first and looks whether it has its body.
 *
 * <p>Not safe for use by more than one thread; any number of nodes may have one each.
 */
final class BodyRetention {

    private static final int MAX_STEP_SIZE = 500;

    private final DataSource dataSource;
    private final Inbox inbox;
    private final Duration retention;
    private long keptLookedAt;

    BodyRetention(DataSource dataSource, Inbox inbox, Duration retention) {
        this.dataSource = dataSource;
        this.inbox = inbox;
        this.retention = retention;
    }

    /** A node's turn: where the sweep stands, and what time it is. */
    private record Turn(long position, Instant now) {}

    /**
     * Looks at no more than 500 deliveries, outside JTA: the next in the log or, where it gets no further, the next of
     * those that were kept for parked or dead work. It goes through these over and over, so a call that finds nothing
     * to empty costs the same however many there are.
     *
     * @return whether there may be more to empty now; false also while another node has its turn
     */
    boolean step() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                boolean more = step(connection);
                connection.commit();
                connection.setAutoCommit(true);
                return more;
            } catch (SQLException | RuntimeException | Error e) {
                rollBack(connection, e);
                throw e;
            }
        }
    }

    private static void rollBack(Connection connection, Throwable cause) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private boolean step(Connection connection) throws SQLException {
        Optional<Turn> turn = takeTurn(connection);
        return turn.isPresent() && (sweep(connection, turn.get()) || emptyKept(connection));
    }

    private static Optional<Turn> takeTurn(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("""
                        select cursor, current_timestamp from mxhooks.retention
                        where id = 1 for update skip locked""");
                ResultSet row = lock.executeQuery()) {
            return row.next()
                    ? Optional.of(new Turn(
                            row.getLong(1),
                            row.getObject(2, OffsetDateTime.class).toInstant()))
                    : Optional.empty();
        }
    }

    /** Goes on where the last sweep ended; tells whether it got any further. */
    private boolean sweep(Connection connection, Turn turn) throws SQLException {
        List<Long> old = inbox.receivedBefore(connection, turn.now().minus(retention), turn.position(), MAX_STEP_SIZE);
        if (old.isEmpty()) {
            return false;
        }
        NavigableSet<Long> passed = new TreeSet<>(old).headSet(firstUnfinished(connection), false);
        if (passed.isEmpty()) {
            return false;
        }
        long last = passed.last();
        inbox.lock(connection, passed);
        Set<Long> parked = parked(connection, passed.first(), last);
        keep(connection, parked);
        passed.removeAll(parked);
        inbox.emptyBodies(connection, passed);
        moveTo(connection, last);
        return true;
    }

    /** Empties what was kept and is now done; tells whether there was any. */
    private boolean emptyKept(Connection connection) throws SQLException {
        NavigableSet<Long> kept = kept(connection, keptLookedAt);
        boolean last = kept.size() < MAX_STEP_SIZE;
        keptLookedAt = last ? 0 : kept.last();
        if (kept.isEmpty()) {
            return false;
        }
        long from = kept.first();
        long to = kept.last();
        kept.removeAll(parked(connection, from, to));
        if (kept.isEmpty()) {
            return false;
        }
        inbox.lock(connection, kept);
        kept.removeAll(parked(connection, from, to)); // a replay may have come before the lock
        inbox.emptyBodies(connection, kept);
        forget(connection, kept);
        return true;
    }

    private long firstUnfinished(Connection connection) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("select lane, min(cursor) from mxhooks.lane group by lane");
                ResultSet rows = select.executeQuery()) {
            List<Place> slowest = new ArrayList<>();
            while (rows.next()) {
                slowest.add(new Place(rows.getInt(1), rows.getLong(2)));
            }
            return inbox.firstBeyond(slowest).values().stream()
                    .min(naturalOrder())
                    .orElse(Long.MAX_VALUE);
        }
    }

    private static NavigableSet<Long> parked(Connection connection, long from, long to) throws SQLException {
        return positions(
                connection,
                "select distinct position from mxhooks.parked where position >= ? and position <= ?",
                from,
                to);
    }

    private static NavigableSet<Long> kept(Connection connection, long after) throws SQLException {
        return positions(
                connection,
                "select position from mxhooks.retained_body where position > ? order by position limit ?",
                after,
                MAX_STEP_SIZE);
    }

    private static NavigableSet<Long> positions(Connection connection, String sql, long first, long second)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, first);
            select.setLong(2, second);
            try (ResultSet rows = select.executeQuery()) {
                NavigableSet<Long> positions = new TreeSet<>();
                while (rows.next()) {
                    positions.add(rows.getLong(1));
                }
                return positions;
            }
        }
    }

    private static void keep(Connection connection, Set<Long> positions) throws SQLException {
        update(
                connection,
                "insert into mxhooks.retained_body (position)"
                        + " select kept.position from unnest(cast(? as bigint array)) as kept (position)",
                positions);
    }

    private static void forget(Connection connection, Set<Long> positions) throws SQLException {
        update(connection, "delete from mxhooks.retained_body where position = any(?)", positions);
    }

    private static void update(Connection connection, String sql, Set<Long> positions) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setArray(1, connection.createArrayOf("bigint", positions.toArray()));
            update.executeUpdate();
        }
    }

    private static void moveTo(Connection connection, long position) throws SQLException {
        try (PreparedStatement move =
                connection.prepareStatement("update mxhooks.retention set cursor = ? where id = 1")) {
            move.setLong(1, position);
            move.executeUpdate();
        }
    }
}
