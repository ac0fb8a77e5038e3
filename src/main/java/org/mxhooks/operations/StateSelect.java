package org.mxhooks.operations;

import static java.util.Collections.nCopies;
import static java.util.Comparator.naturalOrder;
import static org.mxhooks.operations.States.DEAD;
import static org.mxhooks.operations.States.NOT_DISCARDED;
import static org.mxhooks.operations.States.PARKED;
import static org.mxhooks.operations.States.PENDING_REPLAY;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.mxhooks.database.Sql;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.inbox.Place;

/**
 * Selects the positions of deliveries by their state, the newest first. Where another table names them that is read in
 * the order of an index: the log would be read down to the oldest of few.
 *
 * <p>Positions and limits stand in the text: a plan that suits any of them reads all that is parked.
 *
 * @param above position that they are beyond
 * @param below position that they are before
 */
record StateSelect(Engine engine, DeliveryFilter filter, long above, long below) {

    /** By the slowest cursor of each lane, which are few; of all cursors each would be compared. */
    private static final String PASSED = "d.position <= (cast(? as bigint array))[d.lane + 1]";

    private static final String UNPARKED = "not exists (select 1 from mxhooks.parked p where p.position = d.position)";

    private static final String DECODABLE =
            "not exists (select 1 from mxhooks.undecodable u where u.position = d.position)";

    private static final String NOT_DEAD =
            "not exists (select 1 from mxhooks.parked p where p.position = d.position and " + DEAD + ")";

    private static final String ONLY_REPLAYED = "not exists (select 1 from mxhooks.parked p"
            + " where p.position = d.position and not " + PENDING_REPLAY + ")";

    private static final String DISCARDED = "and (not " + DECODABLE + " or " + UNPARKED + " and " + PASSED + ")";

    private static final String DONE = "and " + DECODABLE + " and " + UNPARKED
            + " and not exists (select 1 from mxhooks.discarded g where g.position = d.position) and " + PASSED;

    /** At most so many. */
    Select newest(int limit) throws SQLException {
        if (filter.state().isEmpty()) {
            return inLog(below, new Select(), limit);
        }
        return switch (filter.state().get()) {
            case DEAD ->
                both(
                        parked(DEAD, "", limit),
                        named("undecodable", new Select().add("and " + NOT_DISCARDED), limit),
                        limit);
            case PARKED -> parked(PARKED, "and " + NOT_DEAD + " and " + DECODABLE, limit);
            case PENDING -> pending(limit);
            case DISCARDED -> named("discarded", new Select().add(DISCARDED, array(slowestCursors())), limit);
            case DONE -> done(slowestCursors(), limit);
        };
    }

    private Select done(List<Long> slowest, int limit) {
        long fastest = slowest.stream().max(naturalOrder()).orElseThrow();
        return inLog(fastest < below ? fastest + 1 : below, new Select().add(DONE, array(slowest)), limit);
    }

    /** Of each lane; where there is no consumer all is passed. */
    private List<Long> slowestCursors() throws SQLException {
        List<Long> cursors = new ArrayList<>(nCopies(Place.LANES, Long.MAX_VALUE));
        engine.slowestCursors().forEach(slowest -> cursors.set(slowest.lane(), slowest.position()));
        return cursors;
    }

    private static Sql.Array array(List<Long> cursors) {
        return Sql.Array.ofBigints(cursors);
    }

    private Select inLog(long end, Select which, int limit) {
        Select select = new Select().add("select d.position from mxhooks.delivery d where " + between("d", end));
        String first = "";
        if (filter.readsTheLog()
                || filter.endpoint().isEmpty() && filter.category().isEmpty()) {
            select.add(conditions());
        } else {
            String column = filter.endpoint().isPresent() ? "d.endpoint" : "d.category";
            String value = filter.endpoint().or(filter::category).orElseThrow();
            first = column + " desc, ";
            select.add("and " + Sql.only(column), value, value).add(times());
        }
        return select.add(which).add("order by " + first + "d.position desc limit " + limit);
    }

    /** The order names the first column of the index for H2. */
    private Select parked(String which, String more, int limit) {
        return new Select()
                .add("select position from (select distinct p.dead, p.position from mxhooks.parked p"
                        + " join mxhooks.delivery d on d.position = p.position where " + which + " and "
                        + between("p", below))
                .add(conditions())
                .add(more)
                .add("order by p.dead desc, p.position desc limit %s) as parked".formatted(limit));
    }

    private Select named(String table, Select which, int limit) {
        return new Select()
                .add("select position from (select distinct n.position from mxhooks." + table + " n"
                        + " join mxhooks.delivery d on d.position = n.position where " + between("n", below))
                .add(conditions())
                .add(which)
                .add("order by n.position desc limit %s) as named".formatted(limit));
    }

    private static Select both(Select one, Select other, int limit) {
        return new Select()
                .add("select position from (")
                .add(one)
                .add("union")
                .add(other)
                .add(") as found order by position desc limit " + limit);
    }

    /** What lies beyond the slowest cursor of each lane is looked for lane by lane. */
    private Select pending(int limit) throws SQLException {
        String unparked = "and " + DECODABLE + " and " + ONLY_REPLAYED;
        Select query = new Select().add("select position from (").add(parked(PENDING_REPLAY, unparked, limit));
        for (Place slowest : engine.slowestCursors()) {
            query.add("union (select d.position from mxhooks.delivery d where d.lane = %s and d.position > %s and "
                                    .formatted(slowest.lane(), slowest.position())
                            + between("d", below))
                    .add(conditions())
                    .add(unparked)
                    .add("order by d.lane desc, d.position desc limit %s)".formatted(limit));
        }
        return query.add(") as found order by position desc limit " + limit);
    }

    private String between(String alias, long end) {
        return "%1$s.position > %2$s and %1$s.position < %3$s".formatted(alias, above, end);
    }

    private Select conditions() {
        return new Select()
                .add("and d.endpoint = ?", filter.endpoint())
                .add("and d.category = ?", filter.category())
                .add("and d.portal_id = ?", filter.portalId())
                .add("and d.app_id = ?", filter.appId())
                .add("and d.resource_id = ?", filter.resourceId())
                .add(times());
    }

    private Select times() {
        return new Select()
                .add("and d.received_at >= ?", filter.from().map(Sql::time))
                .add("and d.received_at < ?", filter.to().map(Sql::time));
    }
}
