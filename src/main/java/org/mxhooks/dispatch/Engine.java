package org.mxhooks.dispatch;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.mxhooks.database.Database;
import org.mxhooks.database.Sql;
import org.mxhooks.database.TextTable;
import org.mxhooks.inbox.Place;
import org.mxhooks.inbox.Span;

/**
 * The door to dispatch: whether this node takes part, and orders about consumers, which hold on all nodes. An order is
 * part of the caller's JTA transaction, or takes effect at once where there is none.
 */
@ApplicationScoped
public class Engine {

    /** What consumers said of their failures, as an erasure goes through it. */
    public static final List<TextTable> TEXTS = List.of(
            TextTable.of(
                    "failed events",
                    "parked",
                    "consumer varchar, position bigint",
                    "reason",
                    "message",
                    "trace",
                    "history"),
            TextTable.of("notes on discarded letters", "discarded", "consumer varchar, position bigint", "note"),
            TextTable.of("waiting lanes", "lane", "consumer varchar, lane smallint", "wait_reason", "wait_message"));

    @Resource(lookup = Database.DATA_SOURCE)
    DataSource dataSource;

    private ConsumerTable consumers;
    private Orders orders;
    private MisdatedRetries misdated;
    private volatile DispatchLoop loop;

    /** For programs without a container. */
    public static Engine of(DataSource dataSource) {
        Engine engine = new Engine();
        engine.dataSource = dataSource;
        engine.open();
        return engine;
    }

    @PostConstruct
    void open() {
        Sql sql = new Sql(dataSource);
        consumers = new ConsumerTable(sql);
        orders = new Orders(sql);
        misdated = new MisdatedRetries(sql);
    }

    void attach(DispatchLoop ofThisNode) {
        loop = ofThisNode;
    }

    /** Whether this node dispatches: not before its start is complete, nor while its database is unavailable. */
    public boolean isRunning() {
        return loop != null && loop.isRunning();
    }

    /** The names of all registered consumers, in their order. */
    public List<String> consumers() throws SQLException {
        return consumers.names();
    }

    /** The names of those that are paused. */
    public Set<String> paused() throws SQLException {
        return consumers.paused();
    }

    /**
     * Registers a consumer before any node has it, in the caller's transaction.
     *
     * @param began position up to which the log is none of its business
     */
    public void enlist(String consumer, long began) throws SQLException {
        consumers.register(consumer, began);
    }

    /**
     * A consumer wants other deliveries from now on: what is appended after the caller's transaction is notified, or
     * passed over, by what its source says then. Calls that are under way are repeated.
     */
    public void change(String consumer) throws SQLException {
        consumers.takeAway(consumer);
    }

    /** Stops notifications of a consumer within seconds, on every node. Returns false if it is unknown. */
    public boolean pause(String consumer) throws SQLException {
        return consumers.pause(consumer, true);
    }

    /** Continues a paused consumer where it stood. Returns false if it is unknown. */
    public boolean resume(String consumer) throws SQLException {
        return consumers.pause(consumer, false);
    }

    /**
     * Locks a consumer against registration and retirement until the caller's transaction ends; returns whether it is
     * known.
     */
    public boolean lock(String consumer) throws SQLException {
        return consumers.lock(consumer);
    }

    /** Whether a running node has a consumer; one that died counts as running until its lease expires. */
    public boolean isDeployed(String consumer) throws SQLException {
        return consumers.isDeployed(consumer);
    }

    /**
     * Retires a locked consumer that no running node has: deletes it with its cursors, parked events and dead letters.
     * Deployed again it begins anew.
     */
    public void retire(String consumer) throws SQLException {
        consumers.delete(consumer);
    }

    /** Deletes some of the parked events and dead letters of a consumer that is to be retired; returns how many. */
    public int clear(String consumer, int limit) throws SQLException {
        return consumers.deleteParked(consumer, limit);
    }

    /**
     * Notifies a consumer again, beside its lanes, of the events of a span that it has processed. What is parked there
     * is due at once; a dead letter is replayed; what is pending stays pending.
     *
     * @param events those of the span, locked by {@link org.mxhooks.inbox.Inbox#lockEvents}
     * @return how many notifications result
     */
    public int replay(String consumer, Span span, Collection<Place> events) throws SQLException {
        return orders.replay(consumer, span, events);
    }

    /**
     * Replays the dead letters of a consumer, in the caller's transaction: those of a resource in their order, each
     * when the one before has succeeded, or is dead again.
     *
     * @param reason class of what was thrown at last; empty is any
     * @return how many
     */
    public int replayDead(String consumer, Optional<String> reason) throws SQLException {
        return orders.replayDead(consumer, reason);
    }

    /**
     * As above, those of some deliveries; what is no dead letter is left as it is. Of a resource those of earlier calls
     * are replayed first.
     */
    public int replayDead(String consumer, Collection<Long> positions) throws SQLException {
        return orders.replayDead(consumer, positions);
    }

    /** The consumers for which a delivery is a dead letter, in their order. */
    public List<String> withDeadLetter(long position) throws SQLException {
        return orders.withDeadLetter(position);
    }

    /**
     * Discards the dead letters of a consumer at some deliveries in the caller's transaction; returns how many there
     * were.
     *
     * @param by the user who ordered it
     * @param note what the user said about it
     */
    public int discard(String consumer, Collection<Long> positions, String by, Optional<String> note)
            throws SQLException {
        return orders.discard(consumer, positions, by, note);
    }

    /** As above, deliveries that could not be decoded; those that were discarded before do not count. */
    public int discardUndecodable(Collection<Long> positions, String by, Optional<String> note) throws SQLException {
        return orders.discardUndecodable(positions, by, note);
    }

    /** Which of these deliveries, that could not be decoded, are discarded. */
    public Set<Long> discardedUndecodable(Collection<Long> positions) throws SQLException {
        return orders.discardedUndecodable(positions);
    }

    /** When a consumer's next attempts at these deliveries are due; without those that wait for another. */
    public Map<Long, Instant> due(String consumer, Collection<Long> positions) throws SQLException {
        return orders.due(consumer, positions);
    }

    /**
     * Makes due what a clock that has been set back since put off beyond an hour: a small step, in the caller's
     * transaction, on any number of nodes.
     *
     * @return whether there may be more
     */
    public boolean makeMisdatedDue() throws SQLException {
        return misdated.makeDue();
    }

    /** Which of these deliveries are parked, being replayed or dead for any consumer. */
    public Set<Long> parked(Collection<Long> positions) throws SQLException {
        return orders.parked(positions);
    }

    /** The running nodes, by their leases. */
    public List<UUID> nodes() throws SQLException {
        return orders.nodes();
    }

    /** The slowest cursor of each lane, among all consumers. */
    public List<Place> slowestCursors() throws SQLException {
        return orders.slowestCursors();
    }
}
