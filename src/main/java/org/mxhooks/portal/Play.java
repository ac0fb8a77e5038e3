package org.mxhooks.portal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * A team at work in an app.
 *
 * @param count the number of steps; without one it works until it is stopped
 * @param start when the first step is said to happen; without one each happens when it does
 * @param done the number of steps that were made
 */
record Play(
        long id,
        String app,
        long seed,
        String rate,
        Optional<Long> count,
        Optional<Instant> start,
        long done,
        String state) {

    static final String RUNNING = "running";
    static final String FINISHED = "finished";
    static final String STOPPED = "stopped";

    static Play of(ResultSet row) throws SQLException {
        return new Play(
                row.getLong("id"),
                row.getString("app"),
                row.getLong("seed"),
                row.getString("rate"),
                Cells.number(row, "steps"),
                Cells.instant(row, "start_at"),
                row.getLong("done"),
                row.getString("state"));
    }

    FeedItem toFeedItem() {
        return FeedItem.changed("play", app, id, this);
    }
}
