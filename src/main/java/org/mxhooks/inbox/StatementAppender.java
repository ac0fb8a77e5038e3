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

/**
 * Appends in one trip to PostgreSQL, which executes one statement after the other, each with what was committed when it
 * began: the processors are busy with what arrives, and whoever waits for an answer waits for one of them too.
 */
final class StatementAppender extends Appender {

    private static final String APPEND = """
            with given as (select * from unnest(%s, %s, %s) with ordinality as row (%s, %s, %s, nr)),
            known as (select identity, delivery, body_hash from mxhooks.delivery where identity = any(?)),
            last as (select position, delivery from mxhooks.delivery order by position desc limit 1),
            fresh as (
                select given.*, coalesce((select position from last), 0) + row_number() over (order by nr) as position
                from given where not exists (select from known where known.identity = given.identity)),
            deliveries as (
                insert into mxhooks.delivery (position, received_at, %4$s)
                select position, current_timestamp, %4$s from fresh),
            bodies as (insert into mxhooks.body (position, %5$s) select position, %5$s from fresh),
            reasons as (
                insert into mxhooks.undecodable (position, %6$s)
                select position, %6$s from fresh where %6$s is not null)
            select current_timestamp, last.position, last.delivery, known.identity, known.delivery, known.body_hash
            from (select) one left join last on true left join known on true""".formatted(
                    LogColumns.DELIVERY.parameters(),
                    LogColumns.BODY.parameters(),
                    LogColumns.UNDECODABLE.parameters(),
                    LogColumns.DELIVERY.names(),
                    LogColumns.BODY.names(),
                    LogColumns.UNDECODABLE.names());

    /**
     * The rows may still be on their way when the head is locked. A statement that begins then shows
     * {@linkplain HeadHolders other nodes} that this session has not had it for as long as it waited.
     */
    private static final String SHOW_LOCKED = "select";

    private static final String ALL = String.join("; ", LOCK_HEAD, SHOW_LOCKED, APPEND, "commit");

    @Override
    HeadState append(Connection connection, List<LogRow> rows) throws SQLException {
        try (PreparedStatement all = connection.prepareStatement(ALL)) {
            int bodies = LogColumns.DELIVERY.bind(all, 1, rows);
            int reasons = LogColumns.BODY.bind(all, bodies, rows);
            int identities = LogColumns.UNDECODABLE.bind(all, reasons, rows);
            all.setArray(identities, connection.createArrayOf("bytea", LogRow.identities(rows)));
            all.setFetchSize(0); // in pieces, the rest would be lost with the commit
            all.execute();
            all.getMoreResults();
            all.getMoreResults();
            return read(all.getResultSet());
        }
    }

    /** One row for each delivery that was known, or one. */
    private static HeadState read(ResultSet row) throws SQLException {
        row.next();
        UUID last = row.getObject(3, UUID.class);
        HeadState head = new HeadState(
                last == null ? Map.of() : Map.of(row.getLong(2), last),
                row.getObject(1, OffsetDateTime.class).toInstant(),
                new HashMap<>());
        do {
            byte[] identity = row.getBytes(4);
            if (identity != null) {
                head.known()
                        .put(
                                ByteBuffer.wrap(identity),
                                new HeadState.Known(row.getObject(5, UUID.class), row.getBytes(6)));
            }
        } while (row.next());
        return head;
    }
}
