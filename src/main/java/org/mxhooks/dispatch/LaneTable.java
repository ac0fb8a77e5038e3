package org.mxhooks.dispatch;

import static java.util.stream.Collectors.groupingBy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.mxhooks.database.Sql;

/**
 * Cursors and their owners. The lease of the owner only says when another node may claim a lane; what keeps two owners
 * apart is the token. Rows that a transaction is about to commit are skipped, not waited for: a consumer's commit that
 * hangs must not hold up the lanes of others.
 */
final class LaneTable {

    private static final String ADVANCE = "update mxhooks.lane set cursor = ?, claims = 0"
            + " where consumer = ? and lane = ? and token = ? and cursor = ?";

    /**
     * Locks the lane that a row {@code move} names, for a statement on PostgreSQL; the row's place, null if the lane is
     * not there, or if another transaction is about to move it. As a value of each row: a join would read all lanes
     * where many former versions make the index look large.
     */
    static final String LOCKED = """
            (select lane.ctid from mxhooks.lane lane where lane.consumer = move.consumer and lane.lane = move.lane
            and lane.cursor = move.cursor and lane.token = move.token for update skip locked)""";

    private static final String RELEASED = "owner is null";

    private static final String GONE = "not " + NodeTable.alive("owner");
    private static final String FREE = "(owner is null or " + GONE + ")";

    private final Sql sql;
    private final UUID node;

    LaneTable(Sql sql, UUID node) {
        this.sql = sql;
        this.node = node;
    }

    /**
     * How many lanes of these consumers nobody holds, by name; those with none are left out.
     *
     * @param ofGoneNodes whether lanes count whose owner's lease has expired
     */
    Map<String, Integer> free(Collection<String> of, boolean ofGoneNodes) throws SQLException {
        Map<String, Integer> free = new HashMap<>();
        sql.query(
                "select consumer, count(*) from mxhooks.lane where consumer = any(?) and " + free(ofGoneNodes)
                        + " group by consumer",
                row -> free.put(row.getString(1), row.getInt(2)),
                Sql.Array.ofTexts(of));
        return free;
    }

    /** The other nodes that own lanes of these consumers although their lease has expired. */
    List<UUID> goneOwners(Collection<String> of) throws SQLException {
        return sql.query(
                "select distinct owner from mxhooks.lane where consumer = any(?) and owner <> ? and " + GONE,
                row -> row.getObject(1, UUID.class),
                Sql.Array.ofTexts(of),
                node);
    }

    /**
     * Claims at most so many lanes that nobody holds, if the node counts among those that have the consumer. As an
     * array, because PostgreSQL would ask for a list more than once.
     *
     * @param ofGoneNodes whether also those whose owner's lease has expired
     */
    void claim(String consumer, int limit, boolean ofGoneNodes) throws SQLException {
        String free = free(ofGoneNodes);
        sql.update("""
                update mxhooks.lane set owner = ?, token = token + 1, claims = claims + 1
                where consumer = ? and %s and exists (select 1 from mxhooks.node_consumer where consumer = ? and node = ?)
                and lane = any(array(select lane from mxhooks.lane
                where consumer = ? and %s order by lane limit ? for update skip locked))""".formatted(free, free), node, consumer, consumer, node, consumer, limit);
    }

    private static String free(boolean ofGoneNodes) {
        return ofGoneNodes ? FREE : RELEASED;
    }

    /** What this node holds, by consumer. */
    Map<String, List<LaneClaim>> held() throws SQLException {
        return sql
                .query(
                        "select consumer, lane, cursor, token, claims from mxhooks.lane where owner = ?",
                        LaneTable::claim,
                        node)
                .stream()
                .collect(groupingBy(LaneClaim::consumer));
    }

    /** What this node holds of a consumer. */
    List<LaneClaim> held(String consumer) throws SQLException {
        return sql.query(
                "select consumer, lane, cursor, token, claims from mxhooks.lane where consumer = ? and owner = ?",
                LaneTable::claim,
                consumer,
                node);
    }

    private static LaneClaim claim(ResultSet row) throws SQLException {
        return new LaneClaim(row.getString(1), row.getInt(2), row.getLong(3), row.getLong(4), row.getInt(5));
    }

    /**
     * Moves the cursor, in the caller's transaction; to be its last statement. It moves from exactly where the claim
     * stands: where the answer to a commit was lost, the same event is not taken for a new one.
     *
     * @throws LaneLost if the transaction has to be rolled back
     */
    void advance(LaneClaim claim, long position) throws SQLException, LaneLost {
        int moved = sql.update(ADVANCE, position, claim.consumer(), claim.lane(), claim.token(), claim.position());
        if (moved == 0) {
            throw new LaneLost(claim);
        }
    }

    /**
     * Moves the cursors of several lanes, as {@link #advance(LaneClaim, long)} does.
     *
     * @throws LaneLost if the transaction has to be rolled back
     */
    void advance(List<LaneClaim> claims, List<Long> positions) throws SQLException, LaneLost {
        List<Object[]> moves = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
            LaneClaim claim = claims.get(i);
            moves.add(new Object[] {positions.get(i), claim.consumer(), claim.lane(), claim.token(), claim.position()});
        }
        int lost = sql.batch(ADVANCE, moves).indexOf(0);
        if (lost >= 0) {
            throw new LaneLost(claims.get(lost));
        }
    }

    /**
     * Moves cursors over what was passed, in the caller's transaction, but those that another transaction is about to
     * move. The commit does not wait for PostgreSQL's disk.
     *
     * @return whether each was moved
     */
    List<Boolean> pass(List<LaneClaim> claims, List<Long> positions) throws SQLException {
        return sql.isEmbedded() ? passEach(claims, positions) : passAll(claims, positions);
    }

    /** H2 has no {@code update … from}. */
    private List<Boolean> passEach(List<LaneClaim> claims, List<Long> positions) throws SQLException {
        List<Object[]> moves = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
            LaneClaim claim = claims.get(i);
            moves.add(new Object[] {
                positions.get(i), claim.consumer(), claim.consumer(), claim.lane(), claim.token(), claim.position()
            });
        }
        return sql.batch("""
                        update mxhooks.lane set cursor = ?, claims = 0 where consumer = ? and lane in (select lane
                        from mxhooks.lane where consumer = ? and lane = ? and token = ? and cursor = ? for update skip locked)""", moves).stream().map(moved -> moved == 1).toList();
    }

    private List<Boolean> passAll(List<LaneClaim> claims, List<Long> positions) throws SQLException {
        Set<LaneKey> moved = new HashSet<>(sql.query(
                """
                update mxhooks.lane l set cursor = locked.position, claims = 0 from (
                    select move.position, %s as place
                    from unnest(?::varchar[], ?::integer[], ?::bigint[], ?::bigint[], ?::bigint[])
                        as move (consumer, lane, token, cursor, position) offset 0) as locked
                where l.ctid = locked.place
                returning l.consumer, l.lane, set_config('synchronous_commit', 'off', true)""".formatted(LOCKED),
                row -> new LaneKey(row.getString(1), row.getInt(2)),
                Sql.Array.ofTexts(claims.stream().map(LaneClaim::consumer).toList()),
                Sql.Array.ofIntegers(claims.stream().map(LaneClaim::lane).toList()),
                Sql.Array.ofBigints(claims.stream().map(LaneClaim::token).toList()),
                Sql.Array.ofBigints(claims.stream().map(LaneClaim::position).toList()),
                Sql.Array.ofBigints(positions)));
        return claims.stream()
                .map(claim -> moved.contains(new LaneKey(claim.consumer(), claim.lane())))
                .toList();
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
        noteWait(
                "waiting_since = case when wait_cursor = cursor then waiting_since else current_timestamp end, wait_cursor = cursor,",
                "",
                claim,
                pause,
                failure);
    }

    /** A retry asked for a pause, in which the lane's pending events wait with it, if they wait already. */
    void renewWait(LaneClaim claim, Duration pause, Failure failure) throws SQLException {
        noteWait("", " and wait_cursor = cursor", claim, pause, failure);
    }

    private void noteWait(String since, String only, LaneClaim claim, Duration pause, Failure failure)
            throws SQLException {
        sql.update(
                """
                update mxhooks.lane set %s waiting_until = %s, wait_reason = ?, wait_message = ?
                where consumer = ? and lane = ? and token = ?%s""".formatted(since, ParkedTable.IN, only),
                ParkedTable.seconds(pause),
                failure.reason(),
                failure.message(),
                claim.consumer(),
                claim.lane(),
                claim.token());
    }

    /**
     * Releases a lane, unless a transaction is about to commit there: another node may claim it at once. The dispatch
     * loop calls this, which must not wait for what hangs.
     */
    void release(LaneClaim claim) throws SQLException {
        sql.update("""
                update mxhooks.lane set owner = null, claims = 0 where consumer = ? and lane in (select lane
                from mxhooks.lane where consumer = ? and lane = ? and token = ? for update skip locked)""", claim.consumer(), claim.consumer(), claim.lane(), claim.token());
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
