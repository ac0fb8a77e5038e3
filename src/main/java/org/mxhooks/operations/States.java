package org.mxhooks.operations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.database.Sql;
import org.mxhooks.operations.ConsumerState.State;

/** Computes the states of consumers, of one and of all, by one rule. */
record States(Sql sql) {

    /** Of an undecodable delivery. */
    static final String NOT_DISCARDED =
            "not exists (select 1 from mxhooks.discarded g where g.consumer = '' and g.position = d.position)";

    static final String DEAD = "(p.dead)";
    static final String PENDING_REPLAY = "(not p.dead and p.replay and p.attempts = 0)";
    static final String PARKED = "(not p.dead and not (p.replay and p.attempts = 0))";

    /** A consumer's, in the order of {@link State}. */
    private static final String OF_CONSUMER = """
            case when %s then 4
                when %s then 3
                when %s or d.position > l.cursor then 2
                when g.position is not null then 1
                else 0 end""".formatted(DEAD, PARKED, PENDING_REPLAY);

    private static final String JOINED = """
            from mxhooks.delivery d
            left join mxhooks.undecodable u on u.position = d.position
            left join mxhooks.lane l on l.lane = d.lane
            left join mxhooks.parked p on p.consumer = l.consumer and p.position = d.position
            left join mxhooks.discarded g on g.consumer = l.consumer and g.position = d.position
            """;

    /** By the slowest cursor of each lane: the cost of a page must not grow with the number of consumers. */
    private static final String WORST = """
            select d.position, case
                when u.position is not null and %s then 4
                when u.position is not null then 1
                when exists (select 1 from mxhooks.parked p where p.position = d.position and %s) then 4
                when exists (select 1 from mxhooks.parked p where p.position = d.position and %s) then 3
                when exists (select 1 from mxhooks.parked p where p.position = d.position and %s)
                    or d.position > slowest.cursor then 2
                when exists (select 1 from mxhooks.discarded g where g.position = d.position) then 1
                else 0 end
            from mxhooks.delivery d
            left join mxhooks.undecodable u on u.position = d.position
            left join (select lane, min(cursor) as cursor from mxhooks.lane group by lane) as slowest on slowest.lane = d.lane
            where d.position = any(?)""".formatted(NOT_DISCARDED, DEAD, PARKED, PENDING_REPLAY);

    private static final String OF_CONSUMERS = """
            select l.consumer, %s as state, p.replay, p.attempts, p.due, p.reason, p.message, p.trace, p.history,
            l.wait_cursor = l.cursor and l.cursor < d.position as waits,
            l.waiting_since, l.waiting_until, l.wait_reason, l.wait_message, g.discarded_at, g.discarded_by, g.note
            %s where d.delivery = ? and u.position is null and l.consumer is not null
            and (d.position > l.began or p.position is not null) order by l.consumer""".formatted(OF_CONSUMER, JOINED);

    /** The worst state of each delivery, dead first, by its position. */
    Map<Long, State> worst(Collection<Long> positions) throws SQLException {
        Map<Long, State> states = new HashMap<>();
        sql.query(
                WORST,
                row -> states.put(row.getLong(1), State.values()[row.getInt(2)]),
                Sql.Array.ofBigints(positions));
        return states;
    }

    /** How far each consumer is with a delivery, in the order of their names. */
    List<ConsumerState> ofConsumers(UUID delivery) throws SQLException {
        return sql.query(OF_CONSUMERS, States::ofConsumer, delivery);
    }

    /** Who discarded a delivery that could not be decoded. */
    Optional<Discarded> ofUndecodable(long position) throws SQLException {
        return sql.first(
                        "select discarded_at, discarded_by, note from mxhooks.discarded where consumer = '' and position = ?",
                        Discarded::of,
                        position)
                .flatMap(discarded -> discarded);
    }

    private static ConsumerState ofConsumer(ResultSet row) throws SQLException {
        State state = State.values()[row.getInt("state")];
        return new ConsumerState(
                row.getString("consumer"),
                state,
                row.getBoolean("replay"),
                row.getInt("attempts"),
                Sql.instant(row, "due"),
                Optional.ofNullable(row.getString("reason")),
                Optional.ofNullable(row.getString("message")),
                Optional.ofNullable(row.getString("trace")),
                row.getBoolean("waits") ? Optional.of(Waiting.of(row)) : Optional.empty(),
                state == State.DISCARDED ? Discarded.of(row) : Optional.empty(),
                FailedAttempt.parse(row.getString("history")));
    }
}
