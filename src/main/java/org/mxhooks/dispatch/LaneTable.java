package org.mxhooks.dispatch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.mxhooks.database.Sql;

/**
 * Cursors and leases. Leases are by the database's clock, so the nodes' clocks may differ. A lease only says when
 * another node may claim; what keeps two owners apart is the token. Rows that a transaction is about to commit are
 * skipped, not waited for: a consumer's commit that hangs must not hold up the leases of others.
 */
final class LaneTable {

    static final String LEASE = "current_timestamp + interval '15' second";

    private static final String FREE = "(owner is null or lease_until < current_timestamp)";

    private final Sql sql;
    private final UUID node;

    LaneTable(Sql sql, UUID node) {
        this.sql = sql;
        this.node = node;
    }

    /** Renews this node's leases. */
    void renew(String consumer) throws SQLException {
        sql.update("""
                update mxhooks.lane set lease_until = %s where consumer = ? and lane in (select lane
                from mxhooks.lane where consumer = ? and owner = ? for update skip locked)""".formatted(LEASE), consumer, consumer, node);
    }

    /**
     * Claims at most so many lanes that nobody holds. As an array, because PostgreSQL would ask for a list more than
     * once.
     */
    void claim(String consumer, int limit) throws SQLException {
        sql.update("""
                update mxhooks.lane set owner = ?, token = token + 1, claims = claims + 1, lease_until = %s
                where consumer = ? and %s and lane = any(array(select lane from mxhooks.lane
                where consumer = ? and %s order by lane limit ? for update skip locked))""".formatted(LEASE, FREE, FREE), node, consumer, consumer, limit);
    }

    /** What this node holds of a consumer. */
    List<LaneClaim> held(String consumer) throws SQLException {
        return sql.query(
                "select lane, cursor, token, claims from mxhooks.lane where consumer = ? and owner = ?",
                row -> new LaneClaim(consumer, row.getInt(1), row.getLong(2), row.getLong(3), row.getInt(4)),
                consumer,
                node);
    }

    /**
     * Moves the cursor, in the caller's transaction; to be its last statement. It moves from exactly where the claim
     * stands: where the answer to a commit was lost, the same event is not taken for a new one.
     *
     * @throws LaneLost if the transaction has to be rolled back
     */
    void advance(LaneClaim claim, long position) throws SQLException, LaneLost {
        int moved = sql.update(
                "update mxhooks.lane set cursor = ?, claims = 0"
                        + " where consumer = ? and lane = ? and token = ? and cursor = ?",
                position,
                claim.consumer(),
                claim.lane(),
                claim.token(),
                claim.position());
        if (moved == 0) {
            throw new LaneLost(claim);
        }
    }

    /**
     * Makes sure, in the caller's transaction, that the lane is this node's until the commit; whoever reads or changes
     * what is parked in the lane, to decide on it, does so behind this lock.
     *
     * @throws LaneLost if the transaction has to be rolled back
     */
    void lock(LaneClaim claim) throws SQLException, LaneLost {
        int locked = sql.update(
                "update mxhooks.lane set token = token where consumer = ? and lane = ? and token = ?",
                claim.consumer(),
                claim.lane(),
                claim.token());
        if (locked == 0) {
            throw new LaneLost(claim);
        }
    }

    /** The owner found nothing to do, so that its death is not held against an event. */
    void resetClaims(LaneClaim claim) throws SQLException {
        sql.update(
                "update mxhooks.lane set claims = 0 where consumer = ? and lane = ? and token = ?",
                claim.consumer(),
                claim.lane(),
                claim.token());
    }

    /** Notes for operators that the consumer asked for a pause where the cursor stands; void once that moves. */
    void noteWait(LaneClaim claim, Duration pause, Failure failure) throws SQLException {
        sql.update(
                """
                update mxhooks.lane set waiting_since = case when wait_cursor = cursor then waiting_since else current_timestamp end,
                    waiting_until = %s, wait_cursor = cursor,
                    wait_reason = ?, wait_message = ?
                where consumer = ? and lane = ? and token = ?""".formatted(ParkedTable.IN),
                ParkedTable.seconds(pause),
                failure.reason(),
                failure.message(),
                claim.consumer(),
                claim.lane(),
                claim.token());
    }

    /** Releases a lane: another node may claim it at once. */
    void release(LaneClaim claim) throws SQLException {
        sql.update(
                "update mxhooks.lane set owner = null, claims = 0 where consumer = ? and lane = ? and token = ?",
                claim.consumer(),
                claim.lane(),
                claim.token());
    }

    /** Releases this node's lanes of a consumer, but those that a transaction is about to commit. */
    void releaseAll(String consumer) throws SQLException {
        sql.update("""
                update mxhooks.lane set owner = null, claims = 0 where consumer = ? and lane in (select lane
                from mxhooks.lane where consumer = ? and owner = ? for update skip locked)""", consumer, consumer, node);
    }

    /** Releases all lanes of this node, but those that a transaction is about to commit. */
    void releaseAll() throws SQLException {
        sql.update("""
                update mxhooks.lane set owner = null, claims = 0 where (consumer, lane) in (select consumer, lane
                from mxhooks.lane where owner = ? for update skip locked)""", node);
    }

    /** Releases what a node held that is known to be dead: the last one of an embedded database. */
    void releaseDead() throws SQLException {
        sql.update("update mxhooks.lane set owner = null where owner <> ?", node);
    }
}
