package org.mxhooks.operations;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.mxhooks.database.Sql;
import org.mxhooks.inbox.Inbox;

/** Figures about all deliveries, consumers and nodes, at a cost that does not grow with the log. */
record Overview(Sql sql, Inbox inbox) {

    private static final String NODES = """
            select id, started_at, lease_until, lease_until >= current_timestamp from mxhooks.node order by started_at""";

    private static final String LAST_BEFORE =
            "coalesce((select position from mxhooks.delivery where received_at < ? order by received_at desc limit 1), 0)";

    /** A consumer that works moves a cursor, or changes the number of its retried events or of their attempts. */
    private static final String PULSE = """
            select coalesce(sum(cursor), 0), count(*) filter (where wait_cursor = cursor),
            (select count(*) + coalesce(sum(attempts), 0) from (select attempts from mxhooks.parked limit 10000) as counted),
            (select count(*) from (select 1 from mxhooks.discarded limit 10000) as counted),
            (select count(*) from mxhooks.consumer where paused),
            (select count(*) from mxhooks.alarm where ended_at is null),
            (select count(*) from mxhooks.node where lease_until >= current_timestamp)
            from mxhooks.lane""";

    List<String> consumersWithDeadLetters() throws SQLException {
        return sql.query(
                "select c.name from mxhooks.consumer c where exists ("
                        + "select 1 from mxhooks.parked p where p.consumer = c.name and p.dead) order by c.name",
                row -> row.getString(1));
    }

    List<NodeState> nodes() throws SQLException {
        return sql.query(
                NODES,
                row -> new NodeState(
                        row.getObject(1, UUID.class),
                        Sql.instant(row, "started_at").orElseThrow(),
                        Sql.instant(row, "lease_until").orElseThrow(),
                        row.getBoolean(4)));
    }

    /** Positions are given out one after the other, so that their difference is the number, but for a few gaps. */
    List<Long> arrivals(Instant from, Duration step, int steps) throws SQLException {
        Select query = new Select();
        for (int i = 0; i < steps; i++) {
            query.add(i == 0 ? "" : "union all")
                    .add(
                            "select " + i + " as step, " + LAST_BEFORE + " as position",
                            Sql.time(from.plus(step.multipliedBy(i))));
        }
        List<Long> edges =
                new ArrayList<>(sql.query(query.add("order by 1").text(), row -> row.getLong(2), query.parameters()));
        edges.add(Math.max(inbox.head(), edges.get(steps - 1)));
        return IntStream.range(0, steps)
                .mapToObj(i -> Math.max(0, edges.get(i + 1) - edges.get(i)))
                .toList();
    }

    String pulse() throws SQLException {
        return sql.first(
                                PULSE,
                                row -> row.getString(1) + " " + row.getLong(2) + " " + row.getLong(3) + " "
                                        + row.getLong(4) + " " + row.getLong(5) + " " + row.getLong(6) + " "
                                        + row.getLong(7))
                        .orElseThrow()
                + " " + inbox.head();
    }
}
