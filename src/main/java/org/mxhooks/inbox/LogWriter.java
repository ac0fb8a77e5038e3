package org.mxhooks.inbox;

import static java.lang.System.Logger.Level.WARNING;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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

    /**
     * What came of rows.
     *
     * @param receipts one for each row, in their order
     * @param before the last delivery of the log before them, by its position; none if the log was empty
     * @param entries what was appended, in the order of positions
     */
    record Appended(List<Receipt> receipts, Map<Long, UUID> before, List<LogEntry> entries) {}

    /** The end of the log when it was locked. */
    private record Head(Map<Long, UUID> last, Instant now) {

        static Head of(ResultSet row) throws SQLException {
            try (row) {
                row.next();
                UUID delivery = row.getObject(3, UUID.class);
                return new Head(
                        delivery == null ? Map.of() : Map.of(row.getLong(1), delivery),
                        row.getObject(2, OffsetDateTime.class).toInstant());
            }
        }

        long position() {
            return last.keySet().stream().findFirst().orElse(0L);
        }
    }

    /** A row and its place in the log. */
    private record Placed(long position, LogRow row) {

        Attributes attributes() {
            return row.arrival().attributes();
        }

        boolean isUndecodable() {
            return attributes().undecodable().isPresent();
        }

        LogEntry entry(Instant receivedAt) {
            Arrival arrival = row.arrival();
            return new LogEntry(
                    position,
                    row.delivery(),
                    arrival.endpoint(),
                    arrival.scheme(),
                    receivedAt,
                    row.lane(),
                    arrival.attributes(),
                    arrival.headers(),
                    Optional.of(arrival.body()));
        }
    }

    /** A delivery that was accepted before, with the hash of its body; null where the identity is the body's. */
    private record Known(UUID delivery, byte[] bodyHash) {

        Receipt receipt(LogRow repeated) {
            return new Receipt.Duplicate(delivery, Arrays.equals(bodyHash, repeated.bodyHash()));
        }
    }

    private static final System.Logger LOG = System.getLogger(LogWriter.class.getName());

    private static final String LOCK_HEAD = "select id from mxhooks.log_head where id = 1 for update";

    /** A statement of its own: one that waits for a lock reads the rest as it was before. */
    private static final String HEAD = """
            select max(position), current_timestamp,
                (select delivery from mxhooks.delivery order by position desc limit 1) from mxhooks.delivery""";

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

    private static final String KNOWN =
            "select identity, delivery, body_hash from mxhooks.delivery where identity = any(?)";

    private static final BulkInsert<Placed> DELIVERIES = new BulkInsert<Placed>("mxhooks.delivery")
            .bigint("position", Placed::position)
            .column("delivery", "uuid", placed -> placed.row().delivery())
            .column(
                    "created_at",
                    "timestamp with time zone",
                    placed -> LogRow.time(placed.attributes().createdAt()))
            .column(
                    "updated_at",
                    "timestamp with time zone",
                    placed -> LogRow.time(placed.attributes().updatedAt()))
            .column("lane", "smallint", placed -> placed.row().lane())
            .text("endpoint", placed -> placed.row().arrival().endpoint())
            .text("scheme", placed -> placed.row().arrival().scheme())
            .bytes("identity", placed -> placed.row().identity().array())
            .bytes("body_hash", placed -> placed.row().bodyHash())
            .text("portal_id", placed -> placed.attributes().portalId().orElse(null))
            .text("category", placed -> placed.attributes().category())
            .text("action", placed -> placed.attributes().action())
            .text("app_id", placed -> placed.attributes().appId().orElse(null))
            .text(
                    "resource_type",
                    placed -> placed.attributes().resource().map(Resource::type).orElse(null))
            .text(
                    "resource_id",
                    placed -> placed.attributes().resource().map(Resource::id).orElse(null))
            .text("remarks", placed -> placed.row().remarks())
            .now("received_at");

    private static final BulkInsert<Placed> BODIES = new BulkInsert<Placed>("mxhooks.body")
            .bigint("position", Placed::position)
            .text("headers", placed -> placed.row().arrival().headers())
            .bytes("bytes", placed -> placed.row().arrival().body());

    private static final BulkInsert<Placed> UNDECODABLE = new BulkInsert<Placed>("mxhooks.undecodable")
            .bigint("position", Placed::position)
            .text("reason", placed -> placed.attributes().undecodable().orElseThrow());

    private static final Duration TRUSTED_FOR = Duration.ofSeconds(1);
    private static final int CHECK_TIMEOUT_SECONDS = 3;

    private final Database database;
    private Connection connection;
    private long usedAt;

    LogWriter(Database database) {
        this.database = database;
    }

    /**
     * Appends all rows or none, but those that are in the log already, or further ahead among the rows.
     *
     * @return after the commit is on disk
     * @throws SQLException if nothing was appended, or the connection broke and nobody knows
     */
    Appended append(List<LogRow> rows) throws SQLException {
        connect();
        try {
            Appended appended = insert(rows);
            connection.commit();
            database.sync(connection);
            usedAt = System.nanoTime();
            return appended;
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
            configure();
        }
    }

    private void configure() throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setAutoCommit(false);
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

    /** Nobody else appends until the commit, so what is not known now is new. */
    private Appended insert(List<LogRow> rows) throws SQLException {
        Map<ByteBuffer, Known> known = new HashMap<>();
        Head head = database.isEmbedded() ? read(rows, known) : readInOneTrip(rows, known);
        List<Placed> fresh = new ArrayList<>();
        List<Receipt> receipts = new ArrayList<>();
        for (LogRow row : rows) {
            Known earlier = known.putIfAbsent(row.identity(), new Known(row.delivery(), row.bodyHash()));
            if (earlier == null) {
                fresh.add(new Placed(head.position() + fresh.size() + 1, row));
            }
            receipts.add(earlier == null ? new Receipt.Accepted(row.delivery()) : earlier.receipt(row));
        }
        DELIVERIES.execute(connection, fresh, BODIES);
        UNDECODABLE.execute(
                connection, fresh.stream().filter(Placed::isUndecodable).toList());
        return new Appended(
                receipts,
                head.last(),
                fresh.stream().map(placed -> placed.entry(head.now())).toList());
    }

    /**
     * Locks the head and reads the log.
     *
     * @param known where deliveries that were accepted before are added, by their identities
     */
    private Head read(List<LogRow> rows, Map<ByteBuffer, Known> known) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK_HEAD);
                PreparedStatement last = connection.prepareStatement(HEAD);
                PreparedStatement select = connection.prepareStatement(KNOWN)) {
            lock.executeQuery().close();
            Head head = Head.of(last.executeQuery());
            bind(select, rows);
            addKnown(select.executeQuery(), known);
            return head;
        }
    }

    /** As above; PostgreSQL executes one after the other all the same, each with what was committed when it began. */
    private Head readInOneTrip(List<LogRow> rows, Map<ByteBuffer, Known> known) throws SQLException {
        try (PreparedStatement all = connection.prepareStatement(String.join("; ", LOCK_HEAD, HEAD, KNOWN))) {
            bind(all, rows);
            all.execute();
            all.getMoreResults();
            Head head = Head.of(all.getResultSet());
            all.getMoreResults();
            addKnown(all.getResultSet(), known);
            return head;
        }
    }

    private void bind(PreparedStatement select, List<LogRow> rows) throws SQLException {
        byte[][] identities = rows.stream().map(row -> row.identity().array()).toArray(byte[][]::new);
        select.setArray(1, connection.createArrayOf("bytea", identities));
    }

    private static void addKnown(ResultSet found, Map<ByteBuffer, Known> known) throws SQLException {
        try (found) {
            while (found.next()) {
                known.put(
                        ByteBuffer.wrap(found.getBytes(1)),
                        new Known(found.getObject(2, UUID.class), found.getBytes(3)));
            }
        }
    }
}
