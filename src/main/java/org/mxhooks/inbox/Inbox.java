package org.mxhooks.inbox;

import static java.lang.System.Logger.Level.DEBUG;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.mxhooks.database.Database;
import org.mxhooks.database.RootCause;
import org.mxhooks.database.Sql;
import org.mxhooks.database.TextTable;
import org.mxhooks.mendix.DecodedBody;

/** The log: appended to by the edge, read by dispatch. Safe for use by many threads. */
public class Inbox implements AutoCloseable {

    /** Of the log, as an erasure goes through it; consumers read their events from the first. */
    public static final List<TextTable> TEXTS = List.of(
            TextTable.of("bodies", "body", "position bigint", "headers", "bytes")
                    .marked("erased_at = current_timestamp"),
            TextTable.of("attributes", "delivery", "position bigint", "portal_id", "remarks"),
            TextTable.of("undecodable bodies", "undecodable", "position bigint", "reason"));

    private static final System.Logger LOG = System.getLogger(Inbox.class.getName());
    private static final long MAX_RECENT_BYTES = 32L * 1024 * 1024;
    private static final int SHARE_OF_HEAP = 32;
    private static final int MAX_MISSING = 2_000;
    private static final long MAX_MISSING_BYTES = 8L * 1024 * 1024;

    private final RecentLog recent;
    private final GroupCommit groupCommit;
    private final LogReader reader;
    private final LaneCounts laneCounts;
    private final Bodies bodies;
    private final BodyBudget budget = new BodyBudget();

    /**
     * @param database for the writer's own connection
     * @param dataSource for readers
     * @param threads makes the writer's thread and those that answer
     * @param meters where commits are measured
     */
    public Inbox(Database database, DataSource dataSource, ThreadFactory threads, MeterRegistry meters) {
        this(
                database,
                dataSource,
                threads,
                meters,
                (scheme, stored, body, receivedAt) ->
                        DecodedBody.decode(scheme, body).attributes(stored, receivedAt),
                new RecentLog(Math.min(MAX_RECENT_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP)));
    }

    Inbox(
            Database database,
            DataSource dataSource,
            ThreadFactory threads,
            MeterRegistry meters,
            AttributesDecoder decoder,
            RecentLog recent) {
        this.recent = recent;
        Sql sql = new Sql(dataSource);
        reader = new LogReader(sql, decoder, budget, database.isEmbedded());
        laneCounts = new LaneCounts(sql, reader);
        bodies = new Bodies(sql);
        groupCommit = new GroupCommit(database, recent, threads, meters);
    }

    /**
     * Keeps a delivery, together with all others that wait at that moment, in one transaction. Returns at once; the
     * stage completes normally, on a thread of the inbox's, after the commit is on disk or has failed, or without a
     * receipt after 10 to 11 s.
     */
    public CompletionStage<Receipt> append(Arrival arrival) {
        return groupCommit.append(arrival);
    }

    /**
     * Calls a listener after each commit, on the writer's thread, with the lanes that have grown; it must return at
     * once.
     */
    public void onAppend(Consumer<Set<Integer>> listener) {
        groupCommit.onCommit(listener);
    }

    /** What this node's writer has done until now. */
    public AppendEffort appendEffort() {
        return groupCommit.effort();
    }

    /**
     * Whether deliveries can be kept now: the writer commits a group of nothing. Returns at once; the stage completes
     * normally, when the database answers or has failed to, or after 10 to 11 s.
     */
    public CompletionStage<Boolean> check() {
        return groupCommit.check();
    }

    /** The delivery that an endpoint accepted last; empty if there was none. */
    public Optional<LatestDelivery> latest(String endpoint) throws SQLException {
        return reader.latest(endpoint);
    }

    /**
     * In which of so many hours any deliveries arrived at an endpoint, the first at 0. It costs some lookups in indexes
     * for each hour, however many deliveries there are.
     */
    public BitSet activeHours(String endpoint, Instant from, int hours) throws SQLException {
        return reader.activeHours(endpoint, from, hours);
    }

    /**
     * The newest deliveries of a category beyond a position, in their order: at most so many, and of these the last
     * whose bodies have no more bytes than a limit, but at least one if there is any.
     */
    public List<LogEntry> newest(String category, long after, int limit, long bytes) throws SQLException {
        return reader.newest(category, after, limit, bytes);
    }

    /** The last position; 0 while the log is empty. */
    public long head() throws SQLException {
        return reader.head();
    }

    /**
     * The last delivery by its position, as {@link #stand} takes it; empty while the log is empty. What other nodes
     * appended up to there is read into memory, unless it is much or cannot be read.
     */
    public Map<Long, UUID> last() throws SQLException {
        Map<Long, UUID> last = reader.last();
        Optional<Map<Long, UUID>> known = recent.lastBefore(last);
        if (known.isPresent()) {
            recent.extend(known.get(), readFrom(RecentLog.position(known.get())), last);
        }
        return last;
    }

    /** None where it cannot be read: the lanes read for themselves then, and only one of them fails. */
    private List<LogEntry> readFrom(long position) throws SQLException {
        try {
            return reader.from(position, MAX_MISSING, MAX_MISSING_BYTES);
        } catch (SQLException | RuntimeException e) {
            if (RootCause.ofConnection(e).isPresent()) {
                throw e;
            }
            LOG.log(DEBUG, "What other nodes appended could not be read into memory; lanes read it themselves", e);
            return List.of();
        }
    }

    /** The lanes that have deliveries at positions in {@code (after, upTo]}. */
    public List<Integer> lanesGrown(long after, long upTo) throws SQLException {
        return reader.lanesGrown(after, upTo);
    }

    /**
     * Counts the bodies that the calling thread reads by {@link #read}, {@link #readOf} and {@link #at} towards those
     * that a node may hold at the same time, until it closes the result.
     */
    public BodyBudget.HeldBodies beginReading() {
        return budget.begin();
    }

    /** Whether the bodies that a node may hold at the same time leave room for more. */
    public boolean hasRoomForBodies() {
        return budget.hasRoom();
    }

    /**
     * The next deliveries of a lane beyond a position, in their order: at most so many, and no more bytes of bodies
     * than a limit, but at least one if there is any.
     */
    public List<LogEntry> read(int lane, long after, int limit, long bytes) throws SQLException {
        return reader.read(new Place(lane, after), limit, bytes);
    }

    /**
     * As {@link #read}, of those among the next thousand of a lane that may be of some categories: what was logged as
     * unknown, or without a resource, may be of any when it is read.
     */
    public List<LogEntry> readOf(Collection<String> categories, Place beyond, int limit, long bytes)
            throws SQLException {
        return reader.read(categories, beyond, limit, bytes);
    }

    /**
     * As {@link #read}, from memory: empty if they were not appended a short while ago. Of what other nodes appended,
     * and this node behind it, it may miss what {@link #last} has not seen.
     */
    public Optional<List<LogEntry>> recent(Place beyond, int limit, long bytes) {
        return recent.read(beyond.lane(), beyond.position(), limit).map(known -> reader.within(known, bytes));
    }

    /**
     * The last delivery of a lane before the first that {@link #readOf} finds, or of those among which it finds none,
     * by its position; empty if there is none. Bodies are not read.
     */
    public Optional<Map.Entry<Long, UUID>> lastBefore(Collection<String> categories, Place beyond) throws SQLException {
        return reader.lastBefore(categories, beyond);
    }

    /** What is in memory beyond a position. */
    public LogTail tail(long after) {
        return recent.tail(after);
    }

    /** Whether {@link #tail} lacks what this node appended, because other nodes appended something before. */
    public boolean isBehind() {
        return recent.isBehind();
    }

    /** Whether these deliveries stand at these positions; not so after the database came back older than it was. */
    public boolean stand(Map<Long, UUID> deliveries) throws SQLException {
        boolean stand = reader.stand(deliveries);
        if (!stand) {
            recent.clear(); // else what is lost would be read again and again, until something is appended
        }
        return stand;
    }

    /** The condition, for a statement on the same database, that {@link #stand} asks about: both are expressions. */
    public static String standing(String delivery, String position) {
        return LogReader.standing(delivery, position);
    }

    /**
     * As {@link #stand}, of one delivery behind which was read: what was {@linkplain #recent read from memory} is known
     * to stand behind it where memory has it.
     */
    public boolean standsBeforeRead(Map<Long, UUID> delivery) throws SQLException {
        return recent.contains(delivery) || stand(delivery);
    }

    /** The delivery at a position. */
    public Optional<LogEntry> at(long position) throws SQLException {
        return reader.at(position);
    }

    /** The deliveries at these positions as they were logged, without their bytes, the newest first. */
    public List<DeliverySummary> summaries(Collection<Long> positions) throws SQLException {
        return reader.summaries(positions);
    }

    /**
     * The newest bodies of these deliveries, as far as they are kept: no more bytes than a limit, but at least one if
     * there is any.
     */
    public List<KeptBody> bodies(Collection<Long> positions, long bytes) throws SQLException {
        return bodies.newest(positions, bytes);
    }

    /** A delivery without its bytes; empty if it is unknown. */
    public Optional<DeliverySummary> summary(UUID delivery) throws SQLException {
        return reader.summary(delivery);
    }

    /** A delivery as it was logged; empty if it is unknown. */
    public Optional<LogEntry> find(UUID delivery) throws SQLException {
        return reader.find(delivery);
    }

    /** The position of the first delivery beyond each of these places; a place with nothing beyond it is left out. */
    public Map<Place, Long> firstBeyond(Collection<Place> beyond) throws SQLException {
        return reader.firstBeyond(beyond);
    }

    /**
     * How many deliveries lie beyond each of these places. What that costs does not grow with the log, once
     * {@link #countLanes} has caught up with it.
     */
    public Map<Place, Long> countBeyond(Collection<Place> beyond) throws SQLException {
        return laneCounts.countBeyond(beyond);
    }

    /** When deliveries were received, by their positions. */
    public Map<Long, Instant> receivedAt(Collection<Long> positions) throws SQLException {
        return reader.receivedAt(positions);
    }

    /**
     * Counts the next 10,000 positions once and for all, for {@link #countBeyond}. Any number of nodes may do so.
     *
     * @return whether there may be more to count
     */
    public boolean countLanes() throws SQLException {
        return laneCounts.setNext(reader.head());
    }

    /**
     * The next positions beyond one, in their order and at most so many, up to the first that was received later. What
     * is dated after now, by a clock that has been set back since, was received before those that follow it.
     */
    public List<Long> receivedBefore(Instant before, Instant now, long after, int limit) throws SQLException {
        return bodies.receivedBefore(before, now, after, limit);
    }

    /**
     * Keeps others from removing the bodies of these deliveries until the caller's transaction ends; they can be read.
     */
    public void lock(Collection<Long> positions) throws SQLException {
        bodies.lock(positions);
    }

    /**
     * As {@link #lock(Collection)}, for all deliveries of a span; returns those that are events and have their bodies.
     */
    public List<Place> lockEvents(Span span) throws SQLException {
        return bodies.lockEvents(span);
    }

    /**
     * Drops the copies of deliveries that this node has in memory, since their bodies have changed in the database;
     * repeated when whoever reads has ended.
     */
    public Forgetting forget() {
        recent.clear();
        return new Forgetting(recent, budget);
    }

    /** When bodies were changed by an erasure, by their positions; their signatures no longer verify. */
    public Map<Long, Instant> erasedAt(Collection<Long> positions) throws SQLException {
        return bodies.erasedAt(positions);
    }

    /**
     * The next positions beyond one that are about an app, in their order, and how far was looked: at most 10,000
     * deliveries, as no index has the app.
     */
    public AppPositions ofApp(String appId, long after) throws SQLException {
        return reader.ofApp(appId, after);
    }

    /**
     * The first of the deliveries at these positions, in the order of the log: with no more bytes of bodies than a
     * limit, but at least one. Not counted as being read.
     */
    public List<LogEntry> entries(Collection<Long> positions, long bytes) throws SQLException {
        return reader.entries(positions, bytes);
    }

    /** Which of these deliveries could not be decoded. */
    public Set<Long> undecodable(Collection<Long> positions) throws SQLException {
        return bodies.undecodable(positions);
    }

    /**
     * Removes bodies and headers, in the caller's transaction. The delivery itself stays, so that a duplicate is still
     * known.
     */
    public void removeBodies(Collection<Long> positions) throws SQLException {
        bodies.remove(positions);
    }

    /** Answers what still waits, then stops the inbox's threads. */
    @Override
    public void close() {
        groupCommit.close();
    }
}
