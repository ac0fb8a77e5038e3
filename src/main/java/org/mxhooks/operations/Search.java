package org.mxhooks.operations;

import static org.mxhooks.operations.States.NOT_DISCARDED;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.mxhooks.database.Sql;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.inbox.DeliverySummary;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.operations.ConsumerState.State;

/**
 * Finds deliveries, newest first. A page continues in an index where the previous one ended, so its cost does not grow
 * with the log.
 */
final class Search {

    /** Takes a few hundredths of a second. */
    static final long MAX_SCAN = 20_000;

    /** Up to here dead letters are counted. */
    private static final int MAX_COUNTED = 100_000;

    private static final String DEAD_LETTERS = """
            (select position, consumer, dead_at as since, attempts, reason, message from mxhooks.parked
            where dead and position <= ? and (position < ? or consumer > ?)""";

    private static final String UNDECODABLE_LETTERS = """
            union all (select d.position, '' as consumer, d.received_at as since, 0 as attempts, '%s' as reason, u.reason as message
            from mxhooks.undecodable u join mxhooks.delivery d on d.position = u.position where %s and u.position < ?""".formatted(DeadLetter.UNDECODABLE, NOT_DISCARDED);

    private static final String UNDECODABLE = "select count(*) from mxhooks.undecodable d where " + NOT_DISCARDED;

    private final Sql sql;
    private final Inbox inbox;
    private final Engine engine;
    private final States states;
    private final LogTimes times;
    private final long maxScan;

    /** @param maxScan how many deliveries a page looks at where no index helps */
    Search(Sql sql, Inbox inbox, Engine engine, long maxScan) {
        this.maxScan = maxScan;
        this.sql = sql;
        this.inbox = inbox;
        this.engine = engine;
        states = new States(sql);
        times = new LogTimes(sql);
    }

    /** The next deliveries before a position, at most so many. */
    DeliveryPage deliveries(DeliveryFilter filter, long before, int limit) throws SQLException {
        Positions positions = filter.text().isPresent()
                ? new TextSearch(inbox, this::positions).positions(filter, before, limit)
                : positions(filter, before, limit);
        Map<Long, State> worst = states.worst(positions.found());
        List<FoundDelivery> found = inbox.summaries(positions.found()).stream()
                .map(kept -> new FoundDelivery(kept, worst.get(kept.position())))
                .toList();
        return new DeliveryPage(found, positions.next());
    }

    /** Whatever its text is. */
    private Positions positions(DeliveryFilter filter, long before, int limit) throws SQLException {
        long lowest = filter.from().isPresent() ? times.lastBefore(filter.from().get()) : 0;
        long above = Math.max(lowest, endOfScan(filter, before));
        long end = filter.to().isPresent() ? times.firstAfter(filter.to().get()) : Long.MAX_VALUE;
        Select query = new StateSelect(engine, filter, above, Math.min(before, end)).newest(limit);
        List<Long> found = sql.query(query.text(), row -> row.getLong(1), query.parameters());
        boolean unseen = found.size() < limit && above > lowest;
        return new Positions(found, unseen ? OptionalLong.of(above + 1) : OptionalLong.empty());
    }

    /** No index has these: the portal's id is random, so one would cost each accept more than all others together. */
    private long endOfScan(DeliveryFilter filter, long before) throws SQLException {
        return filter.readsTheLog() ? Math.min(before - 1, inbox.head()) - maxScan : 0;
    }

    /**
     * The next dead letters, at most so many; those of one delivery in the order of the consumers' names.
     *
     * @param before position of the last one on the page before
     * @param beyond consumer of the last one on the page before
     */
    List<DeadLetter> deadLetters(
            Optional<String> consumer, Optional<String> reason, long before, String beyond, int limit)
            throws SQLException {
        Select query = new Select()
                .add("select position, consumer, since, attempts, reason, message from (")
                .add(DEAD_LETTERS, before, before, beyond)
                .add(consumer.map(name -> new Select().add("and " + Sql.only("consumer"), name, name)))
                .add("and reason = ?", reason)
                .add(
                        "order by %s limit ?)"
                                .formatted(
                                        consumer.isPresent()
                                                ? "consumer desc, position desc"
                                                : "position desc, consumer"),
                        limit);
        if (mayBeUndecodable(consumer, reason)) {
            query.add(UNDECODABLE_LETTERS, before).add("order by u.position desc limit ?)", limit);
        }
        query.add(") as letter order by position desc, consumer limit ?", limit);
        List<Letter> letters = sql.query(query.text(), Letter::of, query.parameters());
        Map<Long, DeliverySummary> kept = new HashMap<>();
        inbox.summaries(letters.stream().map(Letter::position).toList())
                .forEach(delivery -> kept.put(delivery.position(), delivery));
        return letters.stream()
                .map(letter -> letter.about(kept.get(letter.position())))
                .toList();
    }

    /** How many dead letters there are, counted up to a limit. */
    BoundedCount countDead(Optional<String> consumer, Optional<String> reason, boolean withUndecodable)
            throws SQLException {
        int limit = MAX_COUNTED;
        Select query = new Select()
                .add("select (select count(*) from (select 1 from mxhooks.parked where dead")
                .add("and consumer = ?", consumer)
                .add("and reason = ?", reason)
                .add("limit ?) as failed)", limit + 1);
        if (withUndecodable && mayBeUndecodable(consumer, reason)) {
            query.add("+ (select count(*) from (select 1 from mxhooks.undecodable d where " + NOT_DISCARDED)
                    .add("limit ?) as undecodable)", limit + 1);
        }
        long counted = sql.first(query.text(), row -> row.getLong(1), query.parameters())
                .orElseThrow();
        return BoundedCount.of(counted, limit);
    }

    /** Whether dead letters of these are, among others, deliveries that could not be decoded. */
    private static boolean mayBeUndecodable(Optional<String> consumer, Optional<String> reason) {
        return consumer.isEmpty() && reason.map(DeadLetter.UNDECODABLE::equals).orElse(true);
    }

    /**
     * How many deliveries could not be decoded and are not discarded; costs as much as there are undecodable ones, not
     * the log.
     */
    long undecodable() throws SQLException {
        return sql.first(UNDECODABLE, row -> row.getLong(1)).orElseThrow();
    }

    /** A dead letter without its delivery. */
    private record Letter(
            long position, Optional<String> consumer, Instant deadAt, int attempts, String reason, String message) {

        static Letter of(ResultSet row) throws SQLException {
            return new Letter(
                    row.getLong(1),
                    Optional.of(row.getString(2)).filter(name -> !name.isEmpty()),
                    row.getObject(3, OffsetDateTime.class).toInstant(),
                    row.getInt(4),
                    row.getString(5),
                    row.getString(6));
        }

        DeadLetter about(DeliverySummary kept) {
            return new DeadLetter(kept, consumer, deadAt, attempts, reason, message);
        }
    }
}
