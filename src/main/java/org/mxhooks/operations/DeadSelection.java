package org.mxhooks.operations;

import static org.mxhooks.operations.States.NOT_DISCARDED;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mxhooks.database.Sql;
import org.mxhooks.orders.OrderStep;
import org.mxhooks.orders.WorkOrder;

/**
 * The dead letters that an order is about, in the order of their positions: those that were dead when it was given. One
 * that was replayed, and is dead again, is another one.
 *
 * @param undecodable whether deliveries that could not be decoded are among them
 */
record DeadSelection(Sql sql, boolean undecodable) {

    private static final int MAX_STEP = 200;

    private static final String BEYOND = " >= ? and (%1$s > ? or %2$s > ?)";

    private record Letter(long position, String consumer) {

        static final Letter NONE = new Letter(0, "");

        static Letter of(String progress) {
            if (progress.isEmpty()) {
                return NONE;
            }
            int space = progress.indexOf(' ');
            return new Letter(Long.parseLong(progress.substring(0, space)), progress.substring(space + 1));
        }

        @Override
        public String toString() {
            return position + " " + consumer;
        }
    }

    /** What is done with some dead letters of a consumer, or with those of none, that could not be decoded. */
    interface Repair {
        int apply(String consumer, List<Long> positions) throws SQLException;
    }

    /** Repairs the next dead letters of an order. */
    OrderStep step(WorkOrder order, Repair repair) throws SQLException {
        RepairDetails details = RepairDetails.parse(order.details());
        List<Letter> letters = next(order, details, Letter.of(order.progress()));
        SortedMap<String, List<Long>> positions = new TreeMap<>(); // consumers are locked in the order of their names
        letters.forEach(letter -> positions
                .computeIfAbsent(letter.consumer(), unused -> new ArrayList<>())
                .add(letter.position()));
        long done = order.done();
        for (var consumer : positions.entrySet()) {
            done += repair.apply(consumer.getKey(), consumer.getValue());
        }
        return letters.size() < MAX_STEP
                ? order.end(order.progress(), done)
                : order.next(letters.get(MAX_STEP - 1).toString(), done);
    }

    private List<Letter> next(WorkOrder order, RepairDetails details, Letter last) throws SQLException {
        Select query = new Select()
                .add("select position, consumer from ((select position, consumer from mxhooks.parked where dead")
                .add("and dead_at <= ?", Sql.time(order.orderedAt()))
                .add("and consumer = ?", details.consumer())
                .add("and reason = ?", details.reason())
                .add(
                        "and position" + BEYOND.formatted("position", "consumer"),
                        last.position(),
                        last.position(),
                        last.consumer())
                .add("order by dead, position, consumer limit ?)", MAX_STEP);
        boolean all = details.consumer().isEmpty()
                && details.reason().map(DeadLetter.UNDECODABLE::equals).orElse(true);
        if (undecodable && all) {
            query.add("union all (select d.position, '' from mxhooks.undecodable u")
                    .add("join mxhooks.delivery d on d.position = u.position where " + NOT_DISCARDED)
                    .add("and d.received_at <= ?", Sql.time(order.orderedAt()))
                    .add("and u.position > ? order by u.position limit ?)", last.position(), MAX_STEP);
        }
        query.add(") as letter order by position, consumer limit ?", MAX_STEP);
        return sql.query(query.text(), row -> new Letter(row.getLong(1), row.getString(2)), query.parameters());
    }
}
