package org.mxhooks.operations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.mxhooks.database.Sql;
import org.mxhooks.inbox.Inbox;

/** Figures about all deliveries, consumers and nodes, at a cost that does not grow with the log. */
record Overview(Sql sql, Inbox inbox) {

    private static final String NODES = """
            select id, started_at, lease_until, lease_until >= current_timestamp from mxhooks.node order by started_at""";

    /** One text for any number of periods, so that it is planned once. */
    private static final String EDGES = """
            select coalesce((select d.position from mxhooks.delivery d
                where d.received_at < cast(? as timestamp with time zone) + period.step * interval '1' second
                order by d.received_at desc limit 1), 0)
            from unnest(cast(? as bigint array)) as period (step) order by period.step""";

    /**
     * A consumer that works moves a cursor, or its soonest retry or replay is another one. Samples the ends of indexes:
     * what changes beyond is shown by the next refresh. The bound of {@code due} keeps both databases from reading dead
     * letters, which have none.
     */
    private static final String PULSE = """
            select coalesce(sum(cursor), 0), count(*) filter (where wait_cursor = cursor),
            (select count(*) || ' ' || coalesce(sum(attempts), 0) || ' ' || count(*) filter (where dead) from (
                select attempts, dead from mxhooks.parked order by position desc limit 200) as newest),
            (select coalesce(sum(extract(epoch from retry) + extract(epoch from replay)), 0) from (
                select coalesce((select due from mxhooks.parked p where p.consumer = c.name and replay = false
                        and due < timestamp with time zone '9999-01-01 00:00:00+00'
                        order by consumer, replay, due limit 1), c.registered_at) as retry,
                    coalesce((select due from mxhooks.parked p where p.consumer = c.name and replay = true
                        and due < timestamp with time zone '9999-01-01 00:00:00+00'
                        order by consumer, replay, due limit 1), c.registered_at) as replay
                from (select name, registered_at from mxhooks.consumer order by name limit 500) as c) as soonest),
            (select count(*) from (select 1 from mxhooks.parked where dead order by dead, position limit 1000) as counted),
            (select count(*) from (select 1 from mxhooks.discarded limit 1000) as counted),
            (select count(*) from mxhooks.consumer where paused),
            (select count(*) from mxhooks.alarm where ended_at is null),
            (select count(*) from mxhooks.node where lease_until >= current_timestamp),
            (select coalesce(max(id), 0) from mxhooks.refused_request),
            (select count(*) || ' ' || coalesce(sum(done), 0) from mxhooks.work_order where state = 'running')
            from mxhooks.lane""";

    private static final int PULSE_COLUMNS = 11;

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
        List<Long> seconds =
                LongStream.range(0, steps).mapToObj(i -> i * step.toSeconds()).toList();
        List<Long> edges =
                new ArrayList<>(sql.query(EDGES, row -> row.getLong(1), Sql.time(from), Sql.Array.ofBigints(seconds)));
        edges.add(Math.max(inbox.head(), edges.get(steps - 1)));
        return IntStream.range(0, steps)
                .mapToObj(i -> Math.max(0, edges.get(i + 1) - edges.get(i)))
                .toList();
    }

    String pulse() throws SQLException {
        return sql.first(PULSE, Overview::line).orElseThrow() + inbox.head();
    }

    private static String line(ResultSet row) throws SQLException {
        StringBuilder line = new StringBuilder();
        for (int column = 1; column <= PULSE_COLUMNS; column++) {
            line.append(row.getString(column)).append(' ');
        }
        return line.toString();
    }
}
