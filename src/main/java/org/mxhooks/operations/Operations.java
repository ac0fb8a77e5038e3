package org.mxhooks.operations;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.mxhooks.database.Database;
import org.mxhooks.database.Sql;
import org.mxhooks.database.Transaction;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.LogEntry;
import org.mxhooks.operations.ConsumerState.State;

/** Queries and operations for operators. Each works on any node, for all nodes. */
@ApplicationScoped
public class Operations {

    /** How long a note may be, in UTF-16 code units. */
    public static final int MAX_NOTE = 1000;

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Resource
    UserTransaction jta;

    @Resource(lookup = Database.DATA_SOURCE)
    DataSource dataSource;

    @Inject
    Inbox inbox;

    @Inject
    Engine engine;

    private Sql sql;
    private Transaction transaction;
    private Replays replays;
    private Discards discards;
    private Search search;
    private States states;

    /** For programs without a container. */
    public static Operations of(DataSource dataSource, UserTransaction jta, Inbox inbox, Engine engine) {
        Operations operations = new Operations();
        operations.dataSource = dataSource;
        operations.jta = jta;
        operations.inbox = inbox;
        operations.engine = engine;
        operations.open();
        return operations;
    }

    @PostConstruct
    void open() {
        sql = new Sql(dataSource);
        transaction = new Transaction(jta, TIMEOUT);
        replays = new Replays(sql, transaction, inbox, engine);
        discards = new Discards(transaction, inbox, engine);
        states = new States(sql);
        search = new Search(sql, inbox, engine, Search.MAX_SCAN);
    }

    /** Outstanding work of every consumer, in the order of their names, including those that no node has. */
    public List<Backlog> backlogs() throws SQLException {
        return new Backlogs(sql, inbox).all();
    }

    /** Outstanding work of one consumer; empty if it is unknown. */
    public Optional<Backlog> backlog(String consumer) throws SQLException {
        return new Backlogs(sql, inbox).of(consumer);
    }

    /** The position of the last delivery; 0 while there is none. */
    public long head() throws SQLException {
        return inbox.head();
    }

    /** The names of all known consumers, in their order. */
    public List<String> consumers() throws SQLException {
        return engine.consumers();
    }

    /**
     * How far each consumer is with a delivery; those that began after it are left out. None where the body could not
     * be decoded: it is no event, so nobody is notified.
     */
    public List<ConsumerState> states(UUID delivery) throws SQLException {
        return states.ofConsumers(delivery);
    }

    /** A delivery in full, with how far each consumer is; empty if it is unknown. */
    public Optional<DeliveryDetail> delivery(UUID delivery) throws SQLException {
        Optional<LogEntry> whole = inbox.find(delivery);
        if (whole.isEmpty()) {
            return Optional.empty();
        }
        long position = whole.get().position();
        State state = states.worst(List.of(position)).get(position);
        return Optional.of(new DeliveryDetail(
                whole.get(),
                state,
                states.ofConsumers(delivery),
                states.ofUndecodable(position),
                Optional.ofNullable(inbox.erasedAt(List.of(position)).get(position))));
    }

    /**
     * Finds deliveries, newest first.
     *
     * @param before position of the last one on the page before
     * @param limit how many at most
     */
    public DeliveryPage deliveries(DeliveryFilter filter, long before, int limit) throws SQLException {
        return search.deliveries(filter, before, limit);
    }

    /**
     * Finds dead letters, the newest delivery first, its consumers by name.
     *
     * @param consumer who failed; empty is any
     * @param reason as {@link DeadLetter#reason}; empty is any
     * @param before position of the last one on the page before
     * @param beyond its consumer
     * @param limit how many at most
     */
    public List<DeadLetter> deadLetters(
            Optional<String> consumer, Optional<String> reason, long before, String beyond, int limit)
            throws SQLException {
        return search.deadLetters(consumer, reason, before, beyond, limit);
    }

    /** Writes the deliveries that {@link #deliveries} finds. */
    public void download(DeliveryFilter filter, long before, Download to) throws SQLException, IOException {
        new Downloads(search).deliveries(filter, before, to);
    }

    /** Writes the dead letters that {@link #deadLetters} finds. */
    public void downloadDead(Optional<String> consumer, Optional<String> reason, Download to)
            throws SQLException, IOException {
        new Downloads(search).dead(consumer, reason, to);
    }

    /** Writes {@link #backlogs}. */
    public void downloadConsumers(Download to) throws SQLException, IOException {
        new Downloads(search).consumers(backlogs(), to);
    }

    /**
     * Stops notifications of a consumer within seconds, on every node, until it is resumed. Returns false if it is
     * unknown.
     */
    public boolean pause(String consumer) throws SQLException {
        return engine.pause(consumer);
    }

    /** Continues a paused consumer where it stood. Returns false if it is unknown. */
    public boolean resume(String consumer) throws SQLException {
        return engine.resume(consumer);
    }

    /**
     * Requests that a consumer is notified of a delivery again, beside its lane. If the event is parked it is retried
     * at once; if it is pending nothing changes, the consumer will be notified anyway.
     */
    public ReplayRequest replay(UUID delivery, String consumer) throws Exception {
        return replays.ofDelivery(delivery, consumer);
    }

    /**
     * As {@link #replay(UUID, String)}, for all that arrived from one instant until before another.
     *
     * @return how many notifications result
     */
    public int replay(String consumer, Instant from, Instant to) throws Exception {
        return replays.ofPeriod(consumer, from, to);
    }

    /**
     * Replays the dead letters of a consumer, those of a resource in their order.
     *
     * @param reason of their last failure, as {@link ConsumerState#reason}; all, if empty
     * @return how many
     */
    public int replayDead(String consumer, Optional<String> reason) throws Exception {
        int[] howMany = new int[1];
        transaction.run(() -> howMany[0] = engine.replayDead(consumer, reason));
        return howMany[0];
    }

    /**
     * Discards the dead letters of a delivery: those of one consumer, or all, also that its body could not be decoded.
     *
     * @param by the user who orders it
     * @param note what the user says about it, shown with the delivery; at most {@link #MAX_NOTE} characters
     * @return how many there were
     */
    public int discard(UUID delivery, Optional<String> consumer, String by, Optional<String> note) throws Exception {
        return discards.ofDelivery(delivery, consumer, by, note);
    }

    /**
     * The names of the consumers that have any dead letter, in their order; costs a lookup in an index for each
     * consumer.
     */
    public List<String> consumersWithDeadLetters() throws SQLException {
        return new Overview(sql, inbox).consumersWithDeadLetters();
    }

    /** Dead letters by consumer and reason: first those that could not be decoded, then the largest group. */
    public List<DeadGroup> deadGroups() throws SQLException {
        BoundedCount undecodable = countDead(Optional.empty(), Optional.of(DeadLetter.UNDECODABLE));
        List<DeadGroup> groups = new ArrayList<>(new DeadGroups(sql, DeadGroups.MAX_COUNTED).all());
        if (undecodable.number() > 0) {
            groups.add(0, new DeadGroup(Optional.empty(), DeadLetter.UNDECODABLE, undecodable, Optional.empty()));
        }
        return groups;
    }

    /** How many dead letters {@link #deadLetters} lists in all, counted up to 100,000. */
    public BoundedCount countDead(Optional<String> consumer, Optional<String> reason) throws SQLException {
        return search.countDead(consumer, reason, true);
    }

    /** As {@link #countDead}, without those that could not be decoded: there is no event to replay. */
    public BoundedCount countReplayable(Optional<String> consumer, Optional<String> reason) throws SQLException {
        return search.countDead(consumer, reason, false);
    }

    /** The nodes that run, and those that were there within the last day. */
    public List<NodeState> nodes() throws SQLException {
        return new Overview(sql, inbox).nodes();
    }

    /**
     * About how many deliveries arrived in each of consecutive periods; the last one ends now.
     *
     * @param from when the first begins
     * @param step how long each is: whole seconds
     * @param steps how many
     */
    public List<Long> arrivals(Instant from, Duration step, int steps) throws SQLException {
        return new Overview(sql, inbox).arrivals(from, step, steps);
    }

    /**
     * What happened in each of consecutive periods on all nodes, as far as they have recorded it.
     *
     * @param from when the first begins: a whole second
     * @param step how long each is: whole minutes
     * @param steps how many
     */
    public List<Activity> activity(Instant from, Duration step, int steps) throws SQLException {
        return new ActivityTable(sql).of(from, step, steps);
    }

    /**
     * Adds what happened on a node to that of a minute, and deletes what is older than two days.
     *
     * @param until when the node counted it
     */
    public void recordActivity(UUID node, Instant until, Activity activity) throws SQLException {
        ActivityTable table = new ActivityTable(sql);
        table.purge(until);
        table.add(node, until, activity); // last: what failed is added again
    }

    /** A text that changes when a delivery arrives or a consumer makes progress, on any node. */
    public String pulse() throws SQLException {
        return new Overview(sql, inbox).pulse();
    }

    /** How many deliveries could not be decoded and are not discarded. */
    public long undecodable() throws SQLException {
        return search.undecodable();
    }

    /**
     * Deletes a consumer that no running node has, with its cursors, parked events and dead letters; deployed again it
     * begins anew. A node that died counts as running until its lease expires.
     */
    public Retirement retire(String consumer) throws Exception {
        Retirement[] retirement = new Retirement[1];
        transaction.run(() -> retirement[0] = retireInTransaction(consumer));
        return retirement[0];
    }

    private Retirement retireInTransaction(String consumer) throws SQLException {
        if (!engine.lock(consumer)) {
            return new Retirement.Unknown();
        }
        if (engine.isDeployed(consumer)) {
            return new Retirement.StillDeployed();
        }
        Backlog dropped = backlog(consumer).orElseThrow();
        engine.retire(consumer);
        return new Retirement.Retired(dropped);
    }
}
