package org.mxhooks.orders;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.mxhooks.database.Sql;

/** The rows of orders. */
record OrderTable(Sql sql) {

    private static final String COLUMNS = """
            id, kind, ordered_by, ordered_at, started_by, started_at, ended_by, ended_at, state, details, progress,
            total, done, failure""";

    private static final String SELECT = "select " + COLUMNS + " from mxhooks.work_order ";

    void insert(UUID id, String kind, String user, String details, OptionalLong total, OrderState state)
            throws SQLException {
        sql.update("""
                insert into mxhooks.work_order
                (id, kind, ordered_by, ordered_at, waits_since, state, details, progress, total, done)
                values (?, ?, ?, current_timestamp, current_timestamp, ?, ?, '', cast(? as bigint), 0)""", id, kind, user, word(state), details, total.isPresent() ? total.getAsLong() : null);
    }

    Optional<WorkOrder> find(UUID id) throws SQLException {
        return sql.first(SELECT + "where id = ?", OrderTable::order, id);
    }

    List<WorkOrder> newest(Optional<String> kind, Instant before, int limit) throws SQLException {
        String newest = "ordered_at < ? order by ordered_at desc, id limit ?";
        return kind.isPresent()
                ? sql.query(
                        SELECT + "where kind = ? and " + newest, OrderTable::order, kind.get(), Sql.time(before), limit)
                : sql.query(SELECT + "where " + newest, OrderTable::order, Sql.time(before), limit);
    }

    long open() throws SQLException {
        return sql.first(
                        "select count(*) from mxhooks.work_order where state = any(?)",
                        row -> row.getLong(1),
                        Sql.Array.ofTexts(List.of(word(OrderState.WAITING), word(OrderState.RUNNING))))
                .orElseThrow();
    }

    /** Deletes the oldest orders of a kind that have ended, but for so many. */
    void purge(String kind, int kept) throws SQLException {
        List<UUID> old = sql.query(
                "select id from mxhooks.work_order where kind = ? and ended_at is not null"
                        + " order by ordered_at desc, id limit 100 offset ?",
                row -> row.getObject(1, UUID.class),
                kind,
                kept);
        for (UUID id : old) {
            sql.update("delete from mxhooks.work_order where id = ?", id);
        }
    }

    /** The oldest that nodes are to work on. */
    List<WorkOrder> running(int limit) throws SQLException {
        return sql.query(
                SELECT + "where state = ? order by ordered_at, id limit ?",
                OrderTable::order,
                word(OrderState.RUNNING),
                limit);
    }

    /** Those that nobody has started for a day. */
    List<WorkOrder> expired(int limit) throws SQLException {
        return sql.query(
                SELECT + "where state = ? and waits_since < current_timestamp - interval '1' day"
                        + " order by ordered_at, id limit ?",
                OrderTable::order,
                word(OrderState.WAITING),
                limit);
    }

    /** Locks a running order until the transaction ends; empty where another node has it, or it runs no longer. */
    Optional<WorkOrder> take(UUID id) throws SQLException {
        return sql.first(
                SELECT + "where id = ? and state = ? for update skip locked",
                OrderTable::order,
                id,
                word(OrderState.RUNNING));
    }

    /** Locks an order until the transaction ends. */
    Optional<WorkOrder> lock(UUID id) throws SQLException {
        return sql.first(SELECT + "where id = ? for update", OrderTable::order, id);
    }

    void keep(UUID id, OrderStep step) throws SQLException {
        sql.update(
                """
                update mxhooks.work_order set state = ?, details = ?, progress = ?, total = cast(? as bigint), done = ?,
                failure = null, waits_since = current_timestamp, ended_at = case when cast(? as boolean) then current_timestamp else ended_at end
                where id = ?""",
                word(step.state()),
                step.details(),
                step.progress(),
                step.total().isPresent() ? step.total().getAsLong() : null,
                step.done(),
                step.state().isEnded(),
                id);
    }

    void start(UUID id, String user) throws SQLException {
        sql.update(
                "update mxhooks.work_order set state = ?, started_by = ?, started_at = current_timestamp where id = ?",
                word(OrderState.RUNNING),
                user,
                id);
    }

    void cancel(UUID id, Optional<String> user, String details) throws SQLException {
        sql.update("""
                update mxhooks.work_order set state = ?, details = ?, failure = null, ended_by = ?,
                ended_at = current_timestamp where id = ?""", word(OrderState.CANCELLED), details, user.orElse(null), id);
    }

    void fail(UUID id, String failure) throws SQLException {
        sql.update("update mxhooks.work_order set failure = ? where id = ?", failure, id);
    }

    /** Ends a failure, if it is still this one. */
    void succeed(UUID id, String failure) throws SQLException {
        sql.update("update mxhooks.work_order set failure = null where id = ? and failure = ?", id, failure);
    }

    private static String word(OrderState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static WorkOrder order(ResultSet row) throws SQLException {
        long total = row.getLong("total");
        return new WorkOrder(
                row.getObject("id", UUID.class),
                row.getString("kind"),
                row.getString("ordered_by"),
                Sql.instant(row, "ordered_at").orElseThrow(),
                Optional.ofNullable(row.getString("started_by")),
                Sql.instant(row, "started_at"),
                Optional.ofNullable(row.getString("ended_by")),
                Sql.instant(row, "ended_at"),
                OrderState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("details"),
                row.getString("progress"),
                row.getObject("total") == null ? OptionalLong.empty() : OptionalLong.of(total),
                row.getLong("done"),
                Optional.ofNullable(row.getString("failure")));
    }
}
