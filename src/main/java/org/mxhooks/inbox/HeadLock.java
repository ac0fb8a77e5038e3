package org.mxhooks.inbox;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Locks the head of the log until the caller's transaction ends, and reads what matters for those that are to be
 * appended.
 *
 * @param last the last delivery of the log by its position; none if the log is empty
 * @param now by the database's clock
 * @param known deliveries that were accepted before, by their identities; may be added to
 */
record HeadLock(Map<Long, UUID> last, Instant now, Map<ByteBuffer, Known> known) {

    private static final String LOCK_HEAD = "select id from mxhooks.log_head where id = 1 for update";

    /** A statement of its own: one that waits for a lock reads the rest as it was before. */
    private static final String HEAD = """
            select max(position), current_timestamp,
                (select delivery from mxhooks.delivery order by position desc limit 1) from mxhooks.delivery""";

    private static final String KNOWN =
            "select identity, delivery, body_hash from mxhooks.delivery where identity = any(?)";

    /** @param inOneTrip whether the database executes several statements at once */
    static HeadLock acquire(Connection connection, List<LogRow> rows, boolean inOneTrip) throws SQLException {
        return inOneTrip ? readInOneTrip(connection, rows) : read(connection, rows);
    }

    private static HeadLock read(Connection connection, List<LogRow> rows) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK_HEAD);
                PreparedStatement last = connection.prepareStatement(HEAD);
                PreparedStatement select = connection.prepareStatement(KNOWN)) {
            lock.executeQuery().close();
            HeadLock head = of(last.executeQuery());
            bind(connection, select, rows);
            head.addKnown(select.executeQuery());
            return head;
        }
    }

    /** PostgreSQL executes one after the other all the same, each with what was committed when it began. */
    private static HeadLock readInOneTrip(Connection connection, List<LogRow> rows) throws SQLException {
        try (PreparedStatement all = connection.prepareStatement(String.join("; ", LOCK_HEAD, HEAD, KNOWN))) {
            bind(connection, all, rows);
            all.execute();
            all.getMoreResults();
            HeadLock head = of(all.getResultSet());
            all.getMoreResults();
            head.addKnown(all.getResultSet());
            return head;
        }
    }

    private static HeadLock of(ResultSet row) throws SQLException {
        try (row) {
            row.next();
            UUID delivery = row.getObject(3, UUID.class);
            return new HeadLock(
                    delivery == null ? Map.of() : Map.of(row.getLong(1), delivery),
                    row.getObject(2, OffsetDateTime.class).toInstant(),
                    new HashMap<>());
        }
    }

    private static void bind(Connection connection, PreparedStatement select, List<LogRow> rows) throws SQLException {
        byte[][] identities = rows.stream().map(row -> row.identity().array()).toArray(byte[][]::new);
        select.setArray(1, connection.createArrayOf("bytea", identities));
    }

    private void addKnown(ResultSet found) throws SQLException {
        try (found) {
            while (found.next()) {
                known.put(
                        ByteBuffer.wrap(found.getBytes(1)),
                        new Known(found.getObject(2, UUID.class), found.getBytes(3)));
            }
        }
    }

    long position() {
        return last.keySet().stream().findFirst().orElse(0L);
    }

    /** A delivery that was accepted before, with the hash of its body; null where the identity is the body's. */
    record Known(UUID delivery, byte[] bodyHash) {

        /** A row that is known by its own id was committed by an append whose answer was lost. */
        Receipt receipt(LogRow repeated) {
            return delivery.equals(repeated.delivery())
                    ? new Receipt.Accepted(delivery)
                    : new Receipt.Duplicate(delivery, Arrays.equals(bodyHash, repeated.bodyHash()));
        }
    }
}
