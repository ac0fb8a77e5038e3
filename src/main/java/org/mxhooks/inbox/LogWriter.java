package org.mxhooks.inbox;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.mxhooks.database.Database;

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

    private static final Duration TRUSTED_FOR = Duration.ofSeconds(1);
    private static final int CHECK_TIMEOUT_SECONDS = 3;

    private final Database database;
    private final Appender appender;
    private Connection connection;
    private long usedAt;

    LogWriter(Database database) {
        this.database = database;
        appender = database.isEmbedded() ? new StepwiseAppender() : new StatementAppender();
    }

    /**
     * Appends all rows or none, but those that are in the log already, or further ahead among the rows. Where the
     * connection broke and nobody knows, the same rows may be appended again: what was committed is accepted then.
     *
     * @return after the commit, which is not on disk before {@link #sync}
     * @throws SQLException if nothing was appended, or the connection broke and nobody knows
     */
    Appended append(List<LogRow> rows) throws SQLException {
        connect();
        try {
            Appended appended = insert(rows);
            usedAt = System.nanoTime();
            return appended;
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(e); // else the lock on the head would stay
            if (HeadHolders.areAtFault(e)) {
                endHolders(e);
            }
            throw e;
        }
    }

    /** Returns when all that was committed before is on disk. */
    void sync() throws SQLException {
        database.sync(connection);
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
            connection = database.connectPlanningOnce();
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

    private void endHolders(Throwable cause) {
        try {
            HeadHolders.end(connection);
        } catch (SQLException e) {
            cause.addSuppressed(e);
            rollBack(cause); // else the repetition would fail at once, instead of waiting again
        }
    }

    private Appended insert(List<LogRow> rows) throws SQLException {
        Map<ByteBuffer, LogRow> byIdentity = new LinkedHashMap<>();
        rows.forEach(row -> byIdentity.putIfAbsent(row.identity(), row));
        List<LogRow> distinct = List.copyOf(byIdentity.values());
        HeadState head = appender.append(connection, distinct);
        List<PlacedRow> fresh = head.place(distinct);
        fresh.forEach(placed -> head.add(placed.row()));
        return new Appended(
                rows.stream().map(head::receipt).toList(),
                head.last(),
                fresh.stream().map(placed -> placed.entry(head.now())).toList());
    }
}
