package org.mxhooks.retention;

import static java.util.Comparator.naturalOrder;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.mxhooks.database.Sql;
import org.mxhooks.database.Transaction;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.inbox.Inbox;

/**
 * Removes the bodies of deliveries that are older than the retention, by the database's clock and in the order of the
 * log. Those of unfinished work stay: beyond a cursor of any consumer, be it absent; parked, being replayed, or dead;
 * undecodable and not discarded. A delivery that is too young or beyond a cursor also keeps all that came after it.
 *
 * <p><b>Guarantee.</b> A step is one short transaction: all of it is done or nothing. A cursor passes a delivery in the
 * commit that parks it, and cursors are read before parked work, so nothing slips through between. Whoever parks a
 * delivery that the cursors have passed, to replay it, locks the delivery first and looks whether it has its body.
 *
 * <p>Not safe for use by more than one thread; any number of nodes may have one each.
 */
final class BodyRetention {

    private static final int MAX_STEP = 500;

    private final Sql sql;
    private final Transaction transaction;
    private final Inbox inbox;
    private final Engine engine;
    private final Duration retention;
    private long keptLookedAt;

    BodyRetention(Sql sql, Transaction transaction, Inbox inbox, Engine engine, Duration retention) {
        this.sql = sql;
        this.transaction = transaction;
        this.inbox = inbox;
        this.engine = engine;
        this.retention = retention;
    }

    /** A node's turn: where the sweep stands, and what time it is. */
    private record Turn(long position, Instant now) {}

    /**
     * Looks at no more than 500 deliveries: the next in the log or, where it gets no further, the next of those that
     * were kept for unfinished work. It goes through these over and over, so a call that finds nothing to remove costs
     * the same however many there are.
     *
     * @return whether there may be more to remove now; false also while another node has its turn
     */
    boolean step() throws Exception {
        boolean[] more = new boolean[1];
        transaction.run(() -> more[0] = stepInTransaction());
        return more[0];
    }

    private boolean stepInTransaction() throws SQLException {
        Optional<Turn> turn = takeTurn();
        return turn.isPresent() && (sweep(turn.get()) || removeKept());
    }

    private Optional<Turn> takeTurn() throws SQLException {
        return sql.first(
                "select cursor, current_timestamp from mxhooks.retention where id = 1 for update skip locked",
                row -> new Turn(
                        row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant()));
    }

    /** Continues where the last sweep ended; returns whether it got any further. */
    private boolean sweep(Turn turn) throws SQLException {
        List<Long> old = inbox.receivedBefore(turn.now().minus(retention), turn.now(), turn.position(), MAX_STEP);
        if (old.isEmpty()) {
            return false;
        }
        NavigableSet<Long> passed = new TreeSet<>(old).headSet(firstPending(), false);
        if (passed.isEmpty()) {
            return false;
        }
        long last = passed.last();
        inbox.lock(passed);
        Set<Long> unfinished = unfinished(passed);
        sql.update("""
                insert into mxhooks.retained_body (position)
                select kept.position from unnest(cast(? as bigint array)) as kept (position)""", Sql.Array.ofBigints(unfinished));
        passed.removeAll(unfinished);
        inbox.removeBodies(passed);
        sql.update("update mxhooks.retention set cursor = ? where id = 1", last);
        return true;
    }

    /** Removes what was kept and is now done; returns whether there was any. */
    private boolean removeKept() throws SQLException {
        NavigableSet<Long> kept = kept(keptLookedAt);
        keptLookedAt = kept.size() < MAX_STEP ? 0 : kept.last();
        kept.removeAll(unfinished(kept));
        if (kept.isEmpty()) {
            return false;
        }
        inbox.lock(kept);
        kept.removeAll(unfinished(kept)); // a replay may have come before the lock
        inbox.removeBodies(kept);
        sql.update("delete from mxhooks.retained_body where position = any(?)", Sql.Array.ofBigints(kept));
        return true;
    }

    private NavigableSet<Long> kept(long after) throws SQLException {
        return new TreeSet<>(sql.query(
                "select position from mxhooks.retained_body where position > ? order by position limit ?",
                row -> row.getLong(1),
                after,
                MAX_STEP));
    }

    private long firstPending() throws SQLException {
        return inbox.firstBeyond(engine.slowestCursors()).values().stream()
                .min(naturalOrder())
                .orElse(Long.MAX_VALUE);
    }

    /** Those of some deliveries that are parked, replayed or dead, or undecodable and not discarded. */
    private Set<Long> unfinished(NavigableSet<Long> positions) throws SQLException {
        if (positions.isEmpty()) {
            return Set.of();
        }
        Set<Long> unfinished = new TreeSet<>(engine.parked(positions));
        Set<Long> undecodable = inbox.undecodable(positions);
        undecodable.removeAll(discarded(undecodable));
        unfinished.addAll(undecodable);
        return unfinished;
    }

    private Set<Long> discarded(Collection<Long> undecodable) throws SQLException {
        return undecodable.isEmpty() ? Set.of() : engine.discardedUndecodable(undecodable);
    }
}
