package org.mxhooks.inbox;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Appends by several statements, where a database executes no more than one at once. */
final class StepwiseAppender extends Appender {

    private static final String HEAD = """
            select max(position), current_timestamp,
                (select delivery from mxhooks.delivery order by position desc limit 1) from mxhooks.delivery""";

    private static final String KNOWN =
            "select identity, delivery, body_hash from mxhooks.delivery where identity = any(?)";

    private static final String DELIVERIES =
            """
            insert into mxhooks.delivery (position, %s, received_at)
            select given.*, current_timestamp from unnest(cast(? as bigint array), %s) as given""".formatted(LogColumns.DELIVERY.names(), LogColumns.DELIVERY.parameters());

    private static final String BODIES = insert("body", LogColumns.BODY);
    private static final String UNDECODABLE = insert("undecodable", LogColumns.UNDECODABLE);

    private static String insert(String table, ColumnArrays<LogRow> columns) {
        return "insert into mxhooks.%s (position, %s) select given.* from unnest(cast(? as bigint array), %s) as given"
                .formatted(table, columns.names(), columns.parameters());
    }

    @Override
    HeadState append(Connection connection, List<LogRow> rows) throws SQLException {
        HeadState head = lock(connection, rows);
        List<PlacedRow> fresh = head.place(rows);
        insert(connection, DELIVERIES, LogColumns.DELIVERY, fresh);
        insert(connection, BODIES, LogColumns.BODY, fresh);
        List<PlacedRow> undecodable =
                fresh.stream().filter(PlacedRow::isUndecodable).toList();
        insert(connection, UNDECODABLE, LogColumns.UNDECODABLE, undecodable);
        connection.commit();
        return head;
    }

    private static HeadState lock(Connection connection, List<LogRow> rows) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK_HEAD);
                PreparedStatement last = connection.prepareStatement(HEAD);
                PreparedStatement known = connection.prepareStatement(KNOWN)) {
            lock.executeQuery().close();
            HeadState head = read(last.executeQuery());
            known.setArray(1, connection.createArrayOf("bytea", LogRow.identities(rows)));
            addKnown(known.executeQuery(), head.known());
            return head;
        }
    }

    private static HeadState read(ResultSet row) throws SQLException {
        try (row) {
            row.next();
            UUID delivery = row.getObject(3, UUID.class);
            return new HeadState(
                    delivery == null ? Map.of() : Map.of(row.getLong(1), delivery),
                    row.getObject(2, OffsetDateTime.class).toInstant(),
                    new HashMap<>());
        }
    }

    private static void addKnown(ResultSet found, Map<ByteBuffer, HeadState.Known> known) throws SQLException {
        try (found) {
            while (found.next()) {
                known.put(
                        ByteBuffer.wrap(found.getBytes(1)),
                        new HeadState.Known(found.getObject(2, UUID.class), found.getBytes(3)));
            }
        }
    }

    private static void insert(Connection connection, String sql, ColumnArrays<LogRow> columns, List<PlacedRow> placed)
            throws SQLException {
        if (placed.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            Long[] positions = placed.stream().map(PlacedRow::position).toArray(Long[]::new);
            insert.setArray(1, connection.createArrayOf("bigint", positions));
            columns.bind(insert, 2, placed.stream().map(PlacedRow::row).toList());
            insert.execute();
        }
    }
}
