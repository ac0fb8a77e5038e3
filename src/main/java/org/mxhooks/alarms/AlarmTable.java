package org.mxhooks.alarms;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mxhooks.database.Sql;
import org.mxhooks.event.OperatorAlert;
import org.mxhooks.event.OperatorAlert.Kind;

/**
 * The alarms' rows. Each change is one statement that names what it changes from, so that of several nodes one makes
 * it. A row changes from raised to ended and back only once the change before is announced.
 */
record AlarmTable(Sql sql) {

    private static final String ALARMS =
            "select kind, subject, raised_at, ended_at, problem, remedy, command from mxhooks.alarm where ";

    /** A time so far ahead was written under a clock that has been set back since. */
    private static final String AHEAD = "> current_timestamp + interval '5' minute";

    private static final String NOT_CLAIMED =
            "(announcing_until is null or announcing_until < current_timestamp or announcing_until " + AHEAD + ")";

    private static final String RAISED = "ended_at is null order by raised_at desc, kind, subject limit 1000";
    private static final String ENDED = "ended_at is not null order by ended_at desc, kind, subject limit 1000";

    private static final String UNANNOUNCED =
            "not announced and " + NOT_CLAIMED + " order by coalesce(ended_at, raised_at), kind, subject limit 1000";

    private static final String TAKE_TURN = """
            update mxhooks.alarm_round set due = current_timestamp + cast(? as integer) * interval '1' second
            where id = 1 and (due <= current_timestamp or due %s)""".formatted(AHEAD);

    private static final String RAISE = """
            insert into mxhooks.alarm (problem, remedy, command, kind, subject, raised_at, seen_at, announced)
            values (?, ?, ?, ?, ?, current_timestamp, current_timestamp, false) on conflict do nothing""";

    private static final String RAISE_AGAIN = """
            update mxhooks.alarm set problem = ?, remedy = ?, command = ?, raised_at = current_timestamp,
            seen_at = current_timestamp, ended_at = null, announced = false where kind = ? and subject = ? and ended_at is not null and announced""";

    private static final String REWORD =
            "update mxhooks.alarm set problem = ?, remedy = ?, command = ? where kind = ? and subject = ? and ended_at is null";

    private static final String SEEN = """
            update mxhooks.alarm set seen_at = current_timestamp
            where kind = ? and subject = ? and (seen_at < current_timestamp - interval '1' minute or seen_at %s)""".formatted(AHEAD);

    private static final String END = """
            update mxhooks.alarm set ended_at = current_timestamp, announced = false
            where kind = ? and subject = ? and ended_at is null and announced
            and (seen_at <= current_timestamp - cast(? as integer) * interval '1' second or seen_at %s)""".formatted(AHEAD);

    private static final String CLAIM = """
            update mxhooks.alarm set announcing_until = current_timestamp + cast(? as integer) * interval '1' second
            where kind = ? and subject = ? and raised_at = ? and (ended_at is not null) = cast(? as boolean) and not announced
            and %s""".formatted(NOT_CLAIMED);

    private static final String ANNOUNCED = """
            update mxhooks.alarm set announced = true, announcing_until = null
            where kind = ? and subject = ? and raised_at = ? and (ended_at is not null) = cast(? as boolean)""";

    private static final String PURGE =
            "delete from mxhooks.alarm where announced and ended_at < current_timestamp - interval '30' day";

    /** @param seconds until the turn after this one; false if another node has it */
    boolean takeTurn(int seconds) throws SQLException {
        return sql.update(TAKE_TURN, seconds) == 1;
    }

    /** Those that last, the newest first. */
    List<OperatorAlert> raised() throws SQLException {
        return query(RAISED);
    }

    /** Those that have ended, the last first. */
    List<OperatorAlert> ended() throws SQLException {
        return query(ENDED);
    }

    void raise(Condition condition) throws SQLException {
        if (update(RAISE_AGAIN, condition) == 0) {
            update(RAISE, condition);
        }
    }

    /** Changes what is said of one that lasts. */
    void reword(Condition condition) throws SQLException {
        update(REWORD, condition);
    }

    private int update(String statement, Condition condition) throws SQLException {
        return sql.update(
                statement,
                condition.problem(),
                condition.remedy(),
                condition.command().orElse(null),
                condition.kind().toString(),
                condition.subject());
    }

    /** Its condition was found again; kept once a minute. */
    void seen(OperatorAlert alarm) throws SQLException {
        sql.update(SEEN, alarm.kind().toString(), alarm.subject());
    }

    /** @param hold since when it must not have been {@linkplain #seen} */
    void end(OperatorAlert alarm, Duration hold) throws SQLException {
        sql.update(END, alarm.kind().toString(), alarm.subject(), (int) hold.toSeconds());
    }

    /** Those whose last change no node has announced or is busy announcing, the oldest first. */
    List<OperatorAlert> unannounced() throws SQLException {
        return query(UNANNOUNCED);
    }

    /** Reserves an announcement for so many seconds; false if another node was first. */
    boolean claim(OperatorAlert alarm, int seconds) throws SQLException {
        return sql.update(
                        CLAIM,
                        seconds,
                        alarm.kind().toString(),
                        alarm.subject(),
                        Sql.time(alarm.raisedAt()),
                        hasEnded(alarm))
                == 1;
    }

    void announced(OperatorAlert alarm) throws SQLException {
        sql.update(ANNOUNCED, alarm.kind().toString(), alarm.subject(), Sql.time(alarm.raisedAt()), hasEnded(alarm));
    }

    private static boolean hasEnded(OperatorAlert alarm) {
        return alarm.endedAt().isPresent();
    }

    /** Deletes those that ended 30 days ago. */
    void purge() throws SQLException {
        sql.update(PURGE);
    }

    private List<OperatorAlert> query(String which) throws SQLException {
        return sql.query(ALARMS + which, AlarmTable::read).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** Empty if it is of a kind that a later release raised. */
    private static Optional<OperatorAlert> read(ResultSet row) throws SQLException {
        String text = row.getString("kind");
        Optional<Kind> known = Arrays.stream(Kind.values())
                .filter(kind -> kind.toString().equals(text))
                .findFirst();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new OperatorAlert(
                known.get(),
                row.getString("subject"),
                Sql.instant(row, "raised_at").orElseThrow(),
                Sql.instant(row, "ended_at"),
                row.getString("problem"),
                row.getString("remedy"),
                Optional.ofNullable(row.getString("command"))));
    }
}
