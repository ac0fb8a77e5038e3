package org.mxhooks.portal;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The plays, and how far each is. */
final class PlayTable {

    private static final int MAX_LISTED = 100;

    private PlayTable() {}

    /** The newest first. */
    static List<Play> list(PortalTransaction transaction) throws SQLException {
        return transaction.list("select * from play order by id desc limit ?", Play::of, MAX_LISTED);
    }

    static List<Play> running(PortalTransaction transaction) throws SQLException {
        return transaction.list("select * from play where state = 'running' order by id", Play::of);
    }

    static Play find(PortalTransaction transaction, long id) throws SQLException {
        return transaction
                .first("select * from play where id = ?", Play::of, id)
                .orElseThrow(() -> Rejection.notFound("play"));
    }

    static Play insert(
            PortalTransaction transaction,
            PortalApp app,
            long seed,
            PlayRate rate,
            Optional<Long> count,
            Optional<Instant> start)
            throws SQLException {
        if (running(transaction).stream().anyMatch(play -> play.app().equals(app.id()))) {
            throw Rejection.conflict("A team is at work in this app already; stop its play first.");
        }
        long id = transaction.insert(
                "insert into play (app, seed, rate, steps, start_at, done, state) values (?, ?, ?, ?, ?, 0, ?)",
                app.id(),
                seed,
                rate.text(),
                count,
                start.map(Instant::toEpochMilli),
                Play.RUNNING);
        return changed(transaction, id);
    }

    static Play progress(PortalTransaction transaction, long id, long done, String state) throws SQLException {
        transaction.update("update play set done = ?, state = ? where id = ?", done, state, id);
        return changed(transaction, id);
    }

    private static Play changed(PortalTransaction transaction, long id) throws SQLException {
        Play play = find(transaction, id);
        transaction.changed(play.toFeedItem());
        return play;
    }

    static void remember(PortalTransaction transaction, Play play, String kind, long number, long id)
            throws SQLException {
        transaction.update(
                "insert into play_item (play, kind, number, id) values (?, ?, ?, ?)", play.id(), kind, number, id);
    }

    static long idOf(PortalTransaction transaction, Play play, String kind, long number) throws SQLException {
        return transaction
                .first(
                        "select id from play_item where play = ? and kind = ? and number = ?",
                        row -> row.getLong(1),
                        play.id(),
                        kind,
                        number)
                .orElseThrow(() -> Rejection.notFound(kind + " of this play"));
    }
}
