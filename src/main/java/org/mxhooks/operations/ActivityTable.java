package org.mxhooks.operations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.mxhooks.database.Sql;

/** What happened in each minute: a row of each node that had anything to do, for {@link #KEPT}. */
record ActivityTable(Sql sql) {

    static final Duration KEPT = Duration.ofDays(2);

    private static final String ADD = """
            update mxhooks.activity set duplicates = duplicates + ?, refused = refused + ?, done = done + ?,
            failed = failed + ?, dead = dead + ? where since = ? and node = ?""";

    private static final String INSERT = """
            insert into mxhooks.activity (duplicates, refused, done, failed, dead, since, node)
            values (?, ?, ?, ?, ?, ?, ?)""";

    private static final String SINCE = """
            select period, sum(duplicates), sum(refused), sum(done), sum(failed), sum(dead) from (
                select cast(floor((extract(epoch from since) - ?) / ?) as integer) as period, duplicates, refused, done, failed, dead
                from mxhooks.activity where since >= ? and since < ?) as counted
            group by period""";

    /** @param until when the node counted; the minute before is what it counted in */
    void add(UUID node, Instant until, Activity activity) throws SQLException {
        Instant minute = until.minusMillis(1).truncatedTo(ChronoUnit.MINUTES);
        Object[] values = {
            activity.duplicates(),
            activity.refused(),
            activity.done(),
            activity.failed(),
            activity.dead(),
            Sql.time(minute),
            node
        };
        if (sql.update(ADD, values) == 0) {
            sql.update(INSERT, values);
        }
    }

    /** Deletes what is no longer shown; several nodes may do so at once. */
    void purge(Instant now) throws SQLException {
        sql.update("delete from mxhooks.activity where since < ?", Sql.time(now.minus(KEPT)));
    }

    /** In each of consecutive periods. */
    List<Activity> of(Instant from, Duration step, int steps) throws SQLException {
        Activity[] periods = new Activity[steps];
        Arrays.fill(periods, Activity.NONE);
        sql.query(
                SINCE,
                row -> periods[row.getInt("period")] = activity(row),
                from.getEpochSecond(),
                step.toSeconds(),
                Sql.time(from),
                Sql.time(from.plus(step.multipliedBy(steps))));
        return List.of(periods);
    }

    private static Activity activity(ResultSet row) throws SQLException {
        return new Activity(row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6));
    }
}
