package org.mxhooks.operations;

import static org.mxhooks.operations.States.DEAD;
import static org.mxhooks.operations.States.NOT_DISCARDED;
import static org.mxhooks.operations.States.PARKED;
import static org.mxhooks.operations.States.PENDING_REPLAY;

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
import org.mxhooks.inbox.Place;
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

    private static final String PASSED =
            "not exists (select 1 from mxhooks.lane l where l.lane = d.lane and l.cursor < d.position)";

    private static final String UNPARKED = "not exists (select 1 from mxhooks.parked p where p.position = d.position)";

    private static final String DEAD_LETTERS = """
            select position, consumer, since, attempts, reason, message from (
                select position, consumer, dead_at as since, attempts, reason, message from mxhooks.parked where dead
                union all
                select d.position, '', d.received_at, 0, '%s', u.reason
                from mxhooks.undecodable u join mxhooks.delivery d on d.position = u.position where %s) as letter
            where (position < ? or position = ? and consumer > ?)""".formatted(DeadLetter.UNDECODABLE, NOT_DISCARDED);

    private static final String UNDECODABLE = "select count(*) from mxhooks.undecodable d where " + NOT_DISCARDED;

    private static final String DECODABLE =
            "not exists (select 1 from mxhooks.undecodable u where u.position = d.position)";

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
        Select conditions = conditions(filter, above, before);
        Select query = filter.state().equals(Optional.of(State.PENDING))
                ? pending(conditions, limit)
                : new Select()
                        .add("select d.position from mxhooks.delivery d where true")
                        .add(conditions)
                        .add(filter.state().map(Search::condition).orElse(""))
                        .add("order by d.position desc limit ?", limit);
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
                .add(DEAD_LETTERS, before, before, beyond)
                .add("and consumer = ?", consumer)
                .add("and reason = ?", reason)
                .add("order by position desc, consumer limit ?", limit);
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
        if (withUndecodable
                && consumer.isEmpty()
                && reason.map(DeadLetter.UNDECODABLE::equals).orElse(true)) {
            query.add("+ (select count(*) from (select 1 from mxhooks.undecodable d where " + NOT_DISCARDED)
                    .add("limit ?) as undecodable)", limit + 1);
        }
        long counted = sql.first(query.text(), row -> row.getLong(1), query.parameters())
                .orElseThrow();
        return BoundedCount.of(counted, limit);
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

    private Select conditions(DeliveryFilter filter, long above, long before) throws SQLException {
        long end = filter.to().isPresent() ? times.firstAfter(filter.to().get()) : Long.MAX_VALUE;
        return new Select()
                .add("and d.position > ? and d.position < ?", above, Math.min(before, end))
                .add("and d.endpoint = ?", filter.endpoint())
                .add("and d.category = ?", filter.category())
                .add("and d.portal_id = ?", filter.portalId())
                .add("and d.app_id = ?", filter.appId())
                .add("and d.resource_id = ?", filter.resourceId())
                .add("and d.received_at >= ?", filter.from().map(Sql::time))
                .add("and d.received_at < ?", filter.to().map(Sql::time));
    }

    private static String condition(State state) {
        return switch (state) {
            case DEAD ->
                "and d.position in (select p.position from mxhooks.parked p where " + DEAD
                        + " union all select d.position from mxhooks.undecodable d where " + NOT_DISCARDED + ")";
            case PARKED ->
                "and " + DECODABLE + " and d.position in (select p.position from mxhooks.parked p where "
                        + PARKED + ") and not exists (select 1 from mxhooks.parked p where p.position = d.position and "
                        + DEAD
                        + ")";
            case DISCARDED ->
                "and d.position in (select position from mxhooks.discarded) and (not " + DECODABLE + " or " + UNPARKED
                        + " and " + PASSED + ")";
            case DONE ->
                "and " + DECODABLE + " and " + UNPARKED
                        + " and not exists (select 1 from mxhooks.discarded g where g.position = d.position) and "
                        + PASSED + """
                         and d.position <= coalesce((select max(slowest.position) from (
                        select min(cursor) as position from mxhooks.lane group by lane) as slowest), d.position)""";
            case PENDING -> throw new IllegalArgumentException("not a condition on a delivery alone");
        };
    }

    /**
     * What lies beyond the slowest cursor of each lane is looked for lane by lane, else the log would be read down to
     * the oldest cursor.
     */
    private Select pending(Select filter, int limit) throws SQLException {
        Select conditions = new Select()
                .add(filter)
                .add("and " + DECODABLE + " and not exists (select 1 from mxhooks.parked p"
                        + " where p.position = d.position and not " + PENDING_REPLAY + ")");
        Select query = new Select()
                .add("select position from (select d.position from mxhooks.delivery d where d.position in"
                        + " (select p.position from mxhooks.parked p where " + PENDING_REPLAY + ")")
                .add(conditions);
        for (Place slowest : engine.slowestCursors()) {
            query.add(
                            "union (select d.position from mxhooks.delivery d where d.lane = ? and d.position > ?",
                            slowest.lane(),
                            slowest.position())
                    .add(conditions)
                    .add("order by d.lane desc, d.position desc limit ?)", limit);
        }
        return query.add(") as found order by position desc limit ?", limit);
    }
}
