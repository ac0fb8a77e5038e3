package org.mxhooks.alarms;

import java.sql.ResultSet;
import java.sql.SQLException;
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

    /** Of {@link #ended} and {@link #raised}. */
    static final int MAX_ROWS = 1_000;

    private static final String ALARMS =
            "select kind, subject, raised_at, ended_at, problem, remedy from mxhooks.alarm where ";

    /** @param seconds until the turn after this one; false if another node has it */
    boolean takeTurn(int seconds) throws SQLException {
        return sql.update("""
                        update mxhooks.alarm_round set due = current_timestamp + cast(? as integer) * interval '1' second
                        where id = 1 and due <= current_timestamp""", seconds) == 1;
    }

    /** Those that last, the newest first. */
    List<OperatorAlert> raised() throws SQLException {
        return sql.query(
                ALARMS + "ended_at is null order by raised_at desc, kind, subject limit " + MAX_ROWS, AlarmTable::read);
    }

    /** Those that have ended, the last first. */
    List<OperatorAlert> ended() throws SQLException {
        return sql.query(
                ALARMS + "ended_at is not null order by ended_at desc, kind, subject limit " + MAX_ROWS,
                AlarmTable::read);
    }

    void raise(Condition condition) throws SQLException {
        int again = sql.update(
                """
                update mxhooks.alarm set raised_at = current_timestamp, ended_at = null, announced = false,
                problem = ?, remedy = ? where kind = ? and subject = ? and ended_at is not null and announced""", condition.problem(), condition.remedy(), condition.kind().toString(), condition.subject());
        if (again == 0) {
            sql.update(
                    """
                    insert into mxhooks.alarm (problem, remedy, kind, subject, raised_at, announced)
                    values (?, ?, ?, ?, current_timestamp, false) on conflict do nothing""",
                    condition.problem(),
                    condition.remedy(),
                    condition.kind().toString(),
                    condition.subject());
        }
    }

    /** What is said of one that lasts. */
    void reword(Condition condition) throws SQLException {
        sql.update(
                "update mxhooks.alarm set problem = ?, remedy = ? where kind = ? and subject = ? and ended_at is null",
                condition.problem(),
                condition.remedy(),
                condition.kind().toString(),
                condition.subject());
    }

    void end(OperatorAlert alarm) throws SQLException {
        sql.update("""
                update mxhooks.alarm set ended_at = current_timestamp, announced = false
                where kind = ? and subject = ? and ended_at is null and announced""", alarm.kind().toString(), alarm.subject());
    }

    /** Those whose last change no node has announced or is busy announcing, the oldest first. */
    List<OperatorAlert> unannounced() throws SQLException {
        return sql.query(ALARMS + """
                not announced and (announcing_until is null or announcing_until < current_timestamp)
                order by coalesce(ended_at, raised_at), kind, subject limit""" + " " + MAX_ROWS, AlarmTable::read);
    }

    /** Reserves an announcement for so many seconds; false if another node was first. */
    boolean claim(OperatorAlert alarm, int seconds) throws SQLException {
        return sql.update(
                        """
                update mxhooks.alarm set announcing_until = current_timestamp + cast(? as integer) * interval '1' second
                where kind = ? and subject = ? and not announced
                and (ended_at is not null) = cast(? as boolean)
                and (announcing_until is null or announcing_until < current_timestamp)""",
                        seconds,
                        alarm.kind().toString(),
                        alarm.subject(),
                        alarm.endedAt().isPresent())
                == 1;
    }

    void announced(OperatorAlert alarm) throws SQLException {
        sql.update(
                """
                update mxhooks.alarm set announced = true, announcing_until = null
                where kind = ? and subject = ? and (ended_at is not null) = cast(? as boolean)""", alarm.kind().toString(), alarm.subject(), alarm.endedAt().isPresent());
    }

    /** Deletes those that ended 30 days ago. */
    void purge() throws SQLException {
        sql.update("delete from mxhooks.alarm where announced and ended_at < current_timestamp - interval '30' day");
    }

    private static OperatorAlert read(ResultSet row) throws SQLException {
        return new OperatorAlert(
                kind(row.getString("kind")),
                row.getString("subject"),
                Sql.instant(row, "raised_at").orElseThrow(),
                Sql.instant(row, "ended_at"),
                row.getString("problem"),
                row.getString("remedy"));
    }

    private static Kind kind(String text) throws SQLException {
        Optional<Kind> kind = Arrays.stream(Kind.values())
                .filter(each -> each.toString().equals(text))
                .findFirst();
        return kind.orElseThrow(() -> new SQLException("mxhooks.alarm has a kind of a later release: " + text));
    }
}
