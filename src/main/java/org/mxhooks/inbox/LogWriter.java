package org.mxhooks.inbox;

import static java.lang.System.Logger.Level.WARNING;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.database.Database;
import org.mxhooks.mendix.Attributes;
import org.mxhooks.mendix.Resource;

/**
 * Appends arrivals in one transaction on a connection of its own, which it opens when it needs one. Not safe for use by
 * more than one thread.
 *
 * <p>The lock on the head's row is held until the commit, so the next append, on any node, assigns greater positions
 * and becomes visible later.
 */
final class LogWriter implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(LogWriter.class.getName());

    private static final String LOCK_HEAD = "select position from mxhooks.log_head where id = 1 for update";
    private static final String MOVE_HEAD = "update mxhooks.log_head set position = ? where id = 1";

    /**
     * PostgreSQL's time-outs do not run while a session waits for its client in the middle of a batch, so a stopped
     * process would hold the head for ever. A session that waits for the row holds the table's lock too, and is not
     * waiting for its client; one that waited for long and then got the row began or ended a statement a short while
     * ago.
     */
    private static final String END_HOLDERS = """
            select pg_terminate_backend(held.pid) from pg_locks held join pg_stat_activity holder on holder.pid = held.pid
            where held.relation = 'mxhooks.log_head'::regclass and held.mode = 'RowShareLock' and held.granted
            and holder.datname = current_database() and holder.pid <> pg_backend_pid()
            and holder.wait_event_type = 'Client'
            and greatest(holder.query_start, holder.state_change) < clock_timestamp() - make_interval(secs => ?)""";

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** Without a conflict target, which H2 does not know; {@link #duplicateOf} finds out which constraint it was. */
    private static final String INSERT = """
            insert into mxhooks.delivery (position, delivery, endpoint, scheme, identity, received_at, lane, portal_id, category,
                action, app_id, resource_type, resource_id, created_at, updated_at, remarks, undecodable, headers, body)
            values (?, ?, ?, ?, ?, current_timestamp, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing""";

    private static final Duration TRUSTED_FOR = Duration.ofSeconds(1);
    private static final int CHECK_TIMEOUT_SECONDS = 3;

    private static final String FIRST =
            "select delivery from mxhooks.delivery where endpoint = ? and scheme = ? and identity = ?";

    /** {@code Json.createObjectBuilder} would search the class path for a provider each time. */
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private final Database database;
    private Connection connection;
    private long usedAt;

    LogWriter(Database database) {
        this.database = database;
    }

    /**
     * Appends all arrivals or none.
     *
     * @return a receipt for each, in their order, after the commit is on disk
     * @throws SQLException if nothing was appended, or the connection broke and nobody knows
     */
    List<Receipt> append(List<Arrival> arrivals) throws SQLException {
        connect();
        try {
            List<Receipt> receipts = insert(arrivals);
            connection.commit();
            database.sync(connection);
            usedAt = System.nanoTime();
            return receipts;
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(e); // else the lock on the head would stay
            if (e instanceof SQLException fault && LOCK_NOT_AVAILABLE.equals(fault.getSQLState())) {
                endHolders(fault);
            }
            throw e;
        }
    }

    /**
     * A connection that rested may have been cut in the meantime, by the database or in between: nobody is refused for
     * that.
     */
    private void connect() throws SQLException {
        boolean rested = System.nanoTime() - usedAt > TRUSTED_FOR.toNanos();
        if (connection != null && rested && !connection.isValid(CHECK_TIMEOUT_SECONDS)) {
            close();
        }
        if (connection == null) {
            connection = database.connect();
            connection.setAutoCommit(false);
        }
    }

    /** Gives up the connection; the next append opens another. */
    @Override
    public void close() throws SQLException {
        Connection abandoned = connection;
        connection = null;
        if (abandoned != null) {
            abandoned.close();
        }
    }

    private void rollBack(Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private void endHolders(SQLException cause) {
        try (PreparedStatement end = connection.prepareStatement(END_HOLDERS)) {
            end.setLong(1, Database.LOCK_TIMEOUT.toSeconds());
            int ended = 0;
            try (ResultSet sessions = end.executeQuery()) {
                while (sessions.next()) {
                    ended++;
                }
            }
            connection.commit();
            if (ended > 0) {
                LOG.log(
                        WARNING,
                        "Ended {0} database sessions that held the head of the log for more than {1}; their node is stopped or cut off",
                        String.valueOf(ended),
                        Database.LOCK_TIMEOUT);
            }
        } catch (SQLException e) {
            cause.addSuppressed(e);
            rollBack(cause); // else the repetition would fail at once, instead of waiting again
        }
    }

    private List<Receipt> insert(List<Arrival> arrivals) throws SQLException {
        long position = lockHead();
        List<UUID> deliveries = new ArrayList<>();
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Arrival arrival : arrivals) {
                UUID delivery = UUID.randomUUID();
                deliveries.add(delivery);
                position++;
                bind(insert, position, delivery, arrival);
                insert.addBatch();
            }
            int[] inserted = insert.executeBatch();
            moveHead(position);
            return receipts(arrivals, deliveries, inserted);
        }
    }

    private List<Receipt> receipts(List<Arrival> arrivals, List<UUID> deliveries, int[] inserted) throws SQLException {
        List<Receipt> receipts = new ArrayList<>();
        for (int i = 0; i < inserted.length; i++) {
            receipts.add(
                    inserted[i] == 1
                            ? new Receipt.Accepted(deliveries.get(i))
                            : new Receipt.Duplicate(duplicateOf(arrivals.get(i))));
        }
        return receipts;
    }

    private long lockHead() throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK_HEAD);
                ResultSet head = lock.executeQuery()) {
            head.next();
            return head.getLong(1);
        }
    }

    private void moveHead(long position) throws SQLException {
        try (PreparedStatement move = connection.prepareStatement(MOVE_HEAD)) {
            move.setLong(1, position);
            move.executeUpdate();
        }
    }

    private UUID duplicateOf(Arrival arrival) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(FIRST)) {
            select.setString(1, arrival.endpoint());
            select.setString(2, arrival.scheme());
            select.setString(3, arrival.identity().value());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("a position or delivery id was given out twice", "23505");
                }
                return row.getObject(1, UUID.class);
            }
        }
    }

    private static void bind(PreparedStatement insert, long position, UUID delivery, Arrival arrival)
            throws SQLException {
        Attributes attributes = arrival.attributes();
        insert.setLong(1, position);
        insert.setObject(2, delivery);
        insert.setString(3, arrival.endpoint());
        insert.setString(4, arrival.scheme());
        insert.setString(5, arrival.identity().value());
        insert.setInt(6, arrival.lane());
        insert.setString(7, attributes.portalId().orElse(null));
        insert.setString(8, attributes.category());
        insert.setString(9, attributes.action());
        insert.setString(10, attributes.appId().orElse(null));
        insert.setString(11, attributes.resource().map(Resource::type).orElse(null));
        insert.setString(12, attributes.resource().map(Resource::id).orElse(null));
        insert.setObject(13, timestamp(attributes.createdAt()), Types.TIMESTAMP_WITH_TIMEZONE);
        insert.setObject(14, timestamp(attributes.updatedAt()), Types.TIMESTAMP_WITH_TIMEZONE);
        insert.setString(
                15, JSON.createArrayBuilder(attributes.remarks()).build().toString());
        insert.setString(16, attributes.undecodable().orElse(null));
        insert.setString(17, arrival.headers());
        insert.setBytes(18, arrival.body());
    }

    private static OffsetDateTime timestamp(Optional<Instant> instant) {
        return instant.map(known -> known.atOffset(ZoneOffset.UTC)).orElse(null);
    }
}
