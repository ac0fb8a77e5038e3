package org.mxhooks.inbox;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mxhooks.database.Sql;
import org.mxhooks.mendix.Attributes;
import org.mxhooks.mendix.Resource;
import org.mxhooks.mendix.UndecodableBody;

/** Reads the log. */
final class LogReader {

    private static final String SUMMARY = """
            d.position, d.delivery, d.endpoint, d.received_at, d.portal_id, d.category, d.action, d.app_id,
            d.resource_type, d.resource_id, d.created_at, d.updated_at, d.remarks, u.reason as undecodable""";

    private static final String REASONS = " left join mxhooks.undecodable u on u.position = d.position";
    private static final String BODIES = " left join mxhooks.body b on b.position = d.position";
    private static final String HEADERS = "coalesce(b.headers, '{}') as headers";

    private static final String SUMMARIES = "select " + SUMMARY + " from mxhooks.delivery d" + REASONS;

    private static final String WHOLE = "select " + SUMMARY + ", d.scheme, d.lane, b.bytes, " + HEADERS;
    private static final String ENTRIES = WHOLE + " from mxhooks.delivery d" + REASONS + BODIES;

    private static final int APP_SCAN = 10_000;

    private static final String FROM = bounded("mxhooks.delivery where position >= ? order by position", "?");

    /** {@code Json.createReader} would search the class path for a provider each time. */
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    /** The order names the lane too, because H2 reads a lane to its end otherwise. */
    private static final String FIRST_BEYOND = """
            select place.lane, place.position, (
                select d.position from mxhooks.delivery d where d.lane = place.lane and d.position > place.position
                order by d.lane, d.position limit 1)
            from unnest(cast(? as integer array), cast(? as bigint array)) as place (lane, position)""";

    private static final int MAX_SKIPPED = 1_000;

    /**
     * Compared as one, so that PostgreSQL does not take the index of positions, and read what all lanes have beyond it.
     */
    private static final String BEYOND =
            "mxhooks.delivery where (lane, position) > (?, ?) and lane <= ? order by lane, position";

    /** The order names the lane too, because H2 reads a lane to its end otherwise. */
    private static final String BEYOND_EMBEDDED =
            "mxhooks.delivery where lane = ? and position > ? order by lane, position";

    /** What was stored without a resource is decoded anew, and may be of any category then. */
    private static final String MAY_BE_OF = "(category = any(?) or resource_type is null)";

    /** In the order of the piece, so that no more of it is looked at than is found. */
    private static final String OF_CATEGORIES =
            "(select * from %%s limit %s) as piece where %s order by lane, position".formatted(MAX_SKIPPED, MAY_BE_OF);

    private static final String LAST_BEFORE = """
            with piece as (select position, delivery, category, resource_type from %%s limit %s)
            select position, delivery from piece where position < coalesce(
                (select min(position) from piece where %s), %s)
            order by position desc limit 1""".formatted(MAX_SKIPPED, MAY_BE_OF, Long.MAX_VALUE);

    /**
     * At most so many, and no more bytes of bodies than a limit, but at least one.
     *
     * @param some of which deliveries, in their order
     */
    private static String bounded(String some, String most) {
        return """
            select * from (%s, sum(coalesce(octet_length(b.bytes), 0)) over (order by d.position) as total,
                coalesce(octet_length(b.bytes), 0) as own from (
                    select * from %s limit %s) d
                %s %s) as entry
            where total <= ? or total = own order by position""".formatted(WHOLE, some, most, REASONS, BODIES);
    }

    /** For each of so many hours the last position before it begins. */
    private static final String HOUR_EDGES = """
            select hours.nr, coalesce((
                select d.position from mxhooks.delivery d
                where d.received_at < cast(? as timestamp with time zone) + hours.nr * interval '1' hour
                order by d.received_at desc limit 1), 0)
            from unnest(cast(? as integer array)) as hours (nr) order by hours.nr""";

    /** Those of some spans of positions that have a delivery of an endpoint, by the number of the span. */
    private static final String ACTIVE_SPANS = """
            select span.nr from unnest(cast(? as integer array), cast(? as bigint array), cast(? as bigint array))
                as span (nr, after, last)
            where (select d.position from mxhooks.delivery d where %s and d.position > span.after
                order by d.endpoint, d.position limit 1) <= span.last""".formatted(Sql.only("d.endpoint"));

    private static final String NEWEST = """
            select * from (%s, sum(coalesce(octet_length(b.bytes), 0)) over (order by d.position desc) as total,
                coalesce(octet_length(b.bytes), 0) as own from (
                    select * from mxhooks.delivery where %s and position > ?
                    order by category desc, position desc limit ?) d
                %s %s) as entry
            where total <= ? or total = own order by position""".formatted(WHOLE, Sql.only("category"), REASONS, BODIES);

    private final Sql sql;
    private final AttributesDecoder decoder;
    private final BodyBudget budget;
    private final boolean embedded;

    LogReader(Sql sql, AttributesDecoder decoder, BodyBudget budget, boolean embedded) {
        this.sql = sql;
        this.decoder = decoder;
        this.budget = budget;
        this.embedded = embedded;
    }

    /** The condition that a delivery stands at a position, both expressions; looked up by the primary key. */
    static String standing(String delivery, String position) {
        return "(select log.delivery from mxhooks.delivery log where log.position = %s) = %s"
                .formatted(position, delivery);
    }

    long head() throws SQLException {
        return sql.first("select max(position) from mxhooks.delivery", row -> row.getLong(1))
                .orElseThrow();
    }

    Map<Long, UUID> last() throws SQLException {
        return sql.first(
                        "select position, delivery from mxhooks.delivery order by position desc limit 1",
                        row -> Map.of(row.getLong(1), row.getObject(2, UUID.class)))
                .orElse(Map.of());
    }

    List<Integer> lanesGrown(long after, long upTo) throws SQLException {
        return sql.query(
                "select distinct lane from mxhooks.delivery where position > ? and position <= ?",
                row -> row.getInt(1),
                after,
                upTo);
    }

    List<LogEntry> read(Place beyond, int limit, long bytes) throws SQLException {
        return within(bytes, allowed -> next("%s", beyond, limit, allowed));
    }

    List<LogEntry> read(Collection<String> categories, Place beyond, int limit, long bytes) throws SQLException {
        return within(bytes, allowed -> next(OF_CATEGORIES, beyond, limit, orUnknown(categories), allowed));
    }

    /** A query of entries, with at most so many bytes of bodies. */
    private interface BoundedQuery {
        List<LogEntry> read(long bytes) throws SQLException;
    }

    private List<LogEntry> within(long bytes, BoundedQuery query) throws SQLException {
        long allowed = budget.take(bytes);
        long read = 0;
        try {
            List<LogEntry> entries = query.read(allowed);
            read = entries.stream().mapToLong(LogReader::bytes).sum();
            return entries;
        } finally {
            budget.settle(allowed, read);
        }
    }

    /**
     * With the limit in the text, since PostgreSQL would plan each anew where it does not know how few are read.
     *
     * @param which with a place for what is beyond
     * @param more parameters behind the place's
     */
    private List<LogEntry> next(String which, Place beyond, int limit, Object... more) throws SQLException {
        return sql.query(
                bounded(which.formatted(beyond()), String.valueOf(limit)),
                row -> decodedAnew(entry(row)),
                parameters(beyond, more));
    }

    private String beyond() {
        return embedded ? BEYOND_EMBEDDED : BEYOND;
    }

    private Object[] parameters(Place beyond, Object... more) {
        Stream<Object> first = Stream.of(beyond.lane(), beyond.position());
        Stream<Object> last = embedded ? Stream.of() : Stream.of(beyond.lane());
        return Stream.of(first, last, Stream.of(more)).flatMap(each -> each).toArray();
    }

    /** What was logged as unknown may be of any category when it is decoded anew. */
    private static Sql.Array orUnknown(Collection<String> categories) {
        return Sql.Array.ofTexts(Stream.concat(categories.stream(), Stream.of(Attributes.UNKNOWN))
                .toList());
    }

    /** The log from a position: at most so many deliveries, and so many bytes of bodies beyond the first. */
    List<LogEntry> from(long position, int limit, long bytes) throws SQLException {
        return sql.query(FROM, row -> decodedAnew(entry(row)), position, limit, bytes);
    }

    Optional<Map.Entry<Long, UUID>> lastBefore(Collection<String> categories, Place beyond) throws SQLException {
        return sql.first(
                LAST_BEFORE.formatted(beyond()),
                row -> Map.entry(row.getLong(1), row.getObject(2, UUID.class)),
                parameters(beyond, orUnknown(categories)));
    }

    /** The first of these, as many as would have been read: whoever keeps them keeps their bodies in memory. */
    List<LogEntry> within(List<LogEntry> known, long bytes) {
        long allowed = budget.take(bytes);
        long total = 0;
        int count = 0;
        for (LogEntry entry : known) {
            if (count > 0 && total + bytes(entry) > allowed) {
                break;
            }
            total += bytes(entry);
            count++;
        }
        budget.settle(allowed, total);
        return known.subList(0, count);
    }

    private static long bytes(LogEntry entry) {
        return entry.body().map(body -> (long) body.length).orElse(0L);
    }

    boolean stand(Map<Long, UUID> deliveries) throws SQLException {
        Map<Long, UUID> found = new HashMap<>();
        sql.query(
                "select position, delivery from mxhooks.delivery where position = any(?)",
                row -> found.put(row.getLong(1), row.getObject(2, UUID.class)),
                Sql.Array.ofBigints(deliveries.keySet()));
        return found.equals(deliveries);
    }

    Optional<LogEntry> at(long position) throws SQLException {
        Optional<LogEntry> entry =
                sql.first(ENTRIES + " where d.position = ?", row -> decodedAnew(entry(row)), position);
        entry.ifPresent(found -> budget.settle(0, bytes(found)));
        return entry;
    }

    AppPositions ofApp(String appId, long after) throws SQLException {
        record OfApp(long position, boolean wanted) {}
        List<OfApp> piece = sql.query(
                "select position, app_id from mxhooks.delivery where position > ? order by position limit ?",
                row -> new OfApp(row.getLong(1), appId.equals(row.getString(2))),
                after,
                APP_SCAN);
        return new AppPositions(
                piece.stream().filter(OfApp::wanted).map(OfApp::position).toList(),
                piece.isEmpty() ? 0 : piece.get(piece.size() - 1).position());
    }

    List<LogEntry> entries(Collection<Long> positions, long bytes) throws SQLException {
        List<Long> first = new ArrayList<>();
        long[] total = new long[1];
        sql.query(
                "select d.position, coalesce(octet_length(b.bytes), 0) from mxhooks.delivery d" + BODIES
                        + " where d.position = any(?) order by d.position",
                row -> {
                    total[0] += row.getLong(2);
                    return first.isEmpty() || total[0] <= bytes ? first.add(row.getLong(1)) : null;
                },
                Sql.Array.ofBigints(positions));
        return sql.query(
                ENTRIES + " where d.position = any(?) order by d.position",
                LogReader::entry,
                Sql.Array.ofBigints(first));
    }

    Map<Place, Long> firstBeyond(Collection<Place> beyond) throws SQLException {
        PlaceArrays arrays = new PlaceArrays(beyond);
        return PlaceArrays.numbers(
                sql.query(FIRST_BEYOND, PlaceArrays.Numbered::of, arrays.lanes(), arrays.positions()));
    }

    Map<Long, Instant> receivedAt(Collection<Long> positions) throws SQLException {
        Map<Long, Instant> received = new HashMap<>();
        sql.query(
                "select position, received_at from mxhooks.delivery where position = any(?)",
                row -> received.put(
                        row.getLong(1), Sql.instant(row, "received_at").orElseThrow()),
                Sql.Array.ofBigints(positions));
        return received;
    }

    List<DeliverySummary> summaries(Collection<Long> positions) throws SQLException {
        return sql.query(
                SUMMARIES + " where d.position = any(?) order by d.position desc",
                LogReader::summary,
                Sql.Array.ofBigints(positions));
    }

    Optional<DeliverySummary> summary(UUID delivery) throws SQLException {
        return sql.first(SUMMARIES + " where d.delivery = ?", LogReader::summary, delivery);
    }

    Optional<LogEntry> find(UUID delivery) throws SQLException {
        return sql.first(ENTRIES + " where d.delivery = ?", LogReader::entry, delivery);
    }

    Optional<LatestDelivery> latest(String endpoint) throws SQLException {
        return sql.first(
                "select d.scheme, d.received_at, " + HEADERS + " from mxhooks.delivery d" + BODIES + " where "
                        + Sql.only("d.endpoint") + " order by d.endpoint desc, d.position desc limit 1",
                row -> new LatestDelivery(
                        row.getString("scheme"),
                        Sql.instant(row, "received_at").orElseThrow(),
                        row.getString("headers")),
                endpoint,
                endpoint);
    }

    BitSet activeHours(String endpoint, Instant from, int hours) throws SQLException {
        List<Integer> numbers = IntStream.rangeClosed(0, hours).boxed().toList();
        List<Long> edges = sql.query(HOUR_EDGES, row -> row.getLong(2), Sql.time(from), Sql.Array.ofIntegers(numbers));
        List<Integer> grown = numbers.subList(0, hours).stream()
                .filter(hour -> edges.get(hour) < edges.get(hour + 1))
                .toList();
        BitSet active = new BitSet(hours);
        sql.query(
                        ACTIVE_SPANS,
                        row -> row.getInt(1),
                        Sql.Array.ofIntegers(grown),
                        Sql.Array.ofBigints(grown.stream().map(edges::get).toList()),
                        Sql.Array.ofBigints(
                                grown.stream().map(hour -> edges.get(hour + 1)).toList()),
                        endpoint,
                        endpoint)
                .forEach(active::set);
        return active;
    }

    List<LogEntry> newest(String category, long after, int limit, long bytes) throws SQLException {
        return sql.query(NEWEST, LogReader::entry, category, category, after, limit, bytes);
    }

    private static DeliverySummary summary(ResultSet row) throws SQLException {
        return new DeliverySummary(
                row.getLong("position"),
                row.getObject("delivery", UUID.class),
                row.getString("endpoint"),
                Sql.instant(row, "received_at").orElseThrow(),
                attributes(row));
    }

    private static Attributes attributes(ResultSet row) throws SQLException {
        return new Attributes(
                Optional.ofNullable(row.getString("portal_id")),
                row.getString("category"),
                row.getString("action"),
                Optional.ofNullable(row.getString("app_id")),
                resourceOf(row),
                Sql.instant(row, "created_at"),
                Sql.instant(row, "updated_at"),
                remarks(row.getString("remarks")),
                Optional.ofNullable(row.getString("undecodable")));
    }

    private static Optional<Resource> resourceOf(ResultSet row) throws SQLException {
        String id = row.getString("resource_id");
        return Optional.ofNullable(row.getString("resource_type")).map(type -> new Resource(type, id));
    }

    private static List<String> remarks(String json) {
        if (json == null) {
            return List.of();
        }
        try (JsonReader reader = READERS.createReader(new StringReader(json))) {
            return reader.readArray().getValuesAs(JsonString::getString);
        }
    }

    private static LogEntry entry(ResultSet row) throws SQLException {
        DeliverySummary summary = summary(row);
        return new LogEntry(
                summary.position(),
                summary.delivery(),
                summary.endpoint(),
                row.getString("scheme"),
                summary.receivedAt(),
                row.getInt("lane"),
                summary.attributes(),
                row.getString("headers"),
                Optional.ofNullable(row.getBytes("bytes")));
    }

    /** An entry without a resource, as this release decodes it: an earlier one may not have known what it is about. */
    private LogEntry decodedAnew(LogEntry entry) {
        Attributes stored = entry.attributes();
        if (stored.resource().isPresent() || !entry.decodable()) {
            return entry;
        }
        try {
            Attributes decoded =
                    decoder.decode(entry.scheme(), stored, entry.body().orElseThrow(), entry.receivedAt());
            return new LogEntry(
                    entry.position(),
                    entry.delivery(),
                    entry.endpoint(),
                    entry.scheme(),
                    entry.receivedAt(),
                    entry.lane(),
                    decoded,
                    entry.headers(),
                    entry.body());
        } catch (UndecodableBody | RuntimeException e) {
            return entry; // decoding for a consumer fails again, and parks the event: the lane goes ahead
        }
    }
}
