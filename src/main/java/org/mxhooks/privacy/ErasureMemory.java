package org.mxhooks.privacy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.mxhooks.database.Sql;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.inbox.Forgetting;
import org.mxhooks.inbox.Inbox;

/**
 * What nodes have in memory of bodies that an erasure changed. Each node drops its copies, waits for the calls of
 * consumers that began before, and says so in the database. A call that does not end is waited for until its
 * transaction has been rolled back for its length.
 */
final class ErasureMemory {

    /** A call is given up at {@code mxhooks.consumer.timeout}, its transaction soon after. */
    private static final int MAX_TIMEOUTS = 2;

    private final Sql sql;
    private final Inbox inbox;
    private final Engine engine;
    private final UUID node;
    private final Duration timeout;
    private final Map<UUID, Dropped> dropped = new ConcurrentHashMap<>();

    /** Since when this node has been dropping what it has. */
    private record Dropped(Forgetting forgetting, long since) {}

    ErasureMemory(Sql sql, Inbox inbox, Engine engine, UUID node, Duration consumerTimeout) {
        this.sql = sql;
        this.inbox = inbox;
        this.engine = engine;
        this.node = node;
        timeout = consumerTimeout.multipliedBy(MAX_TIMEOUTS);
    }

    /** Called by this node until it has dropped what it had. */
    void drop(UUID erasure) throws SQLException {
        Dropped mine = dropped.get(erasure);
        if (mine == null) {
            dropped.put(erasure, new Dropped(inbox.forget(), System.nanoTime()));
        } else if (mine.forgetting().isDone() || System.nanoTime() - mine.since() > timeout.toNanos()) {
            sql.update(
                    "insert into mxhooks.erasure_memory (erasure, node) values (?, ?) on conflict do nothing",
                    erasure,
                    node);
            dropped.remove(erasure);
        }
    }

    /** Whether every running node has dropped what it had. */
    boolean isDropped(UUID erasure) throws SQLException {
        Set<UUID> ready = Set.copyOf(sql.query(
                "select node from mxhooks.erasure_memory where erasure = ?",
                row -> row.getObject(1, UUID.class),
                erasure));
        return ready.containsAll(engine.nodes());
    }

    void end(UUID erasure) throws SQLException {
        sql.update(
                "delete from mxhooks.erasure_memory where erasure = ? or not exists"
                        + " (select 1 from mxhooks.work_order w where w.id = erasure and w.ended_at is null)",
                erasure);
    }
}
