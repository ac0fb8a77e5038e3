package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.INFO;

import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import org.mxhooks.database.Sql;

/**
 * Retries and replays that are due later than any is put off, which is an hour: the clock was ahead then and has been
 * set back since. Where there are none, that costs a lookup in an index for each consumer, however many are parked.
 */
record MisdatedRetries(Sql sql) {

    private static final System.Logger LOG = System.getLogger(MisdatedRetries.class.getName());
    private static final int MAX_STEP = 1_000;

    private static final String MISDATED = "due > current_timestamp + interval '2' hour";

    /** The subquery is a value of each row: a join might read all that is parked. */
    private static final String WITH_MISDATED = """
            select c.name, kind.replay from mxhooks.consumer c cross join (values (false), (true)) as kind (replay)
            where (select position from mxhooks.parked where consumer = c.name and replay = kind.replay and %s
            order by consumer, replay, due limit 1) is not null""".formatted(MISDATED);

    /** What another transaction has locked is left for a later step. */
    private static final String LOCK = """
            select position from mxhooks.parked where consumer = ? and replay = ? and %s
            order by consumer, replay, due limit ? for update skip locked""".formatted(MISDATED);

    private record Kind(String consumer, boolean replay) {}

    /** Makes up to 1,000 of them due, in the caller's transaction; returns whether there may be more. */
    boolean makeDue() throws SQLException {
        int made = 0;
        Iterator<Kind> kinds = sql.query(WITH_MISDATED, row -> new Kind(row.getString(1), row.getBoolean(2)))
                .iterator();
        while (kinds.hasNext() && made < MAX_STEP) {
            made += makeDue(kinds.next(), MAX_STEP - made);
        }
        return made > 0;
    }

    private int makeDue(Kind kind, int limit) throws SQLException {
        List<Long> positions = sql.query(LOCK, row -> row.getLong(1), kind.consumer(), kind.replay(), limit);
        if (positions.isEmpty()) {
            return 0;
        }
        LOG.log(
                INFO,
                "Clock was set back; {0} parked events of consumer {1} were due later than any can be, and are due now",
                positions.size(),
                kind.consumer());
        return sql.update(
                "update mxhooks.parked set due = current_timestamp where consumer = ? and position = any(?)",
                kind.consumer(),
                Sql.Array.ofBigints(positions));
    }
}
