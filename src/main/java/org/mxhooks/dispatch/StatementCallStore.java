package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.DEBUG;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.mxhooks.database.OwnSession;
import org.mxhooks.database.Sql;
import org.mxhooks.dispatch.AsyncConsumer.StoredRow;
import org.mxhooks.dispatch.Lane.Passed;
import org.mxhooks.inbox.Inbox;

/**
 * Records calls on PostgreSQL by one statement, which is a transaction of its own: one trip, on a connection that
 * nothing else uses. Its commit does not wait for the disk.
 */
final class StatementCallStore implements CallStore {

    private static final System.Logger LOG = System.getLogger(StatementCallStore.class.getName());

    private static final String MOVED = """
            with moved as (
                update mxhooks.lane l set cursor = locked.position, claims = 0 from (
                    select move.nr, move.position, %s as place
                    from unnest(?::varchar[], ?::integer[], ?::bigint[], ?::bigint[], ?::bigint[], ?::uuid[], ?::bigint[], ?::uuid[])
                        with ordinality as move
                            (consumer, lane, token, cursor, position, delivery, passed, passed_delivery, nr)
                    where %s and (move.passed is null or %s) offset 0) as locked
                where l.ctid = locked.place returning locked.nr)""".formatted(
                    LaneTable.LOCKED,
                    Inbox.standing("move.delivery", "move.position"),
                    Inbox.standing("move.passed_delivery", "move.passed"));

    private static final String NUMBERS = " select nr, set_config('synchronous_commit', 'off', true) from moved";

    private final OwnSession session;
    private final Sql sql;

    StatementCallStore(OwnSession session) {
        this.session = session;
        sql = session.sql();
    }

    @Override
    public synchronized List<RecordableCall> record(List<RecordableCall> calls) throws SQLException {
        StringBuilder statement = new StringBuilder(MOVED);
        List<Object> parameters = moves(calls);
        int part = 0;
        for (Map.Entry<RowTarget, Map<Long, List<Object>>> each : rows(calls).entrySet()) {
            part++;
            statement.append(", stored").append(part).append(" as (");
            statement.append(each.getKey().insertOfThoseIn("moved")).append(')');
            parameters.add(Sql.Array.ofBigints(each.getValue().keySet()));
            parameters.addAll(each.getKey().arrays(List.copyOf(each.getValue().values())));
        }
        Set<Long> recorded = numbers(statement.append(NUMBERS).toString(), parameters);
        return IntStream.range(0, calls.size())
                .filter(i -> recorded.contains(i + 1L))
                .mapToObj(calls::get)
                .toList();
    }

    private static List<Object> moves(List<RecordableCall> calls) {
        List<Object> arrays = new ArrayList<>();
        arrays.add(Sql.Array.ofTexts(each(calls, over -> over.claim().consumer())));
        arrays.add(Sql.Array.ofIntegers(each(calls, over -> over.claim().lane())));
        arrays.add(Sql.Array.ofBigints(each(calls, over -> over.claim().token())));
        arrays.add(Sql.Array.ofBigints(each(calls, over -> over.claim().position())));
        arrays.add(Sql.Array.ofBigints(each(calls, over -> over.to().position())));
        arrays.add(Sql.Array.ofUuids(each(calls, over -> over.to().delivery())));
        arrays.add(Sql.Array.ofBigints(
                each(calls, over -> over.passed().map(Passed::position).orElse(null))));
        arrays.add(Sql.Array.ofUuids(
                each(calls, over -> over.passed().map(Passed::delivery).orElse(null))));
        return arrays;
    }

    private static <T> List<T> each(List<RecordableCall> calls, Function<Advance, T> value) {
        List<T> values = new ArrayList<>(); // of which some may be null
        calls.forEach(call -> values.add(value.apply(call.over())));
        return values;
    }

    /** By the number of the call that each belongs to. */
    private static Map<RowTarget, Map<Long, List<Object>>> rows(List<RecordableCall> calls) {
        Map<RowTarget, Map<Long, List<Object>>> rows = new LinkedHashMap<>();
        long number = 0;
        for (RecordableCall call : calls) {
            number++;
            Optional<StoredRow> row = call.row();
            if (row.isPresent()) {
                rows.computeIfAbsent(row.get().into(), none -> new LinkedHashMap<>())
                        .put(number, row.get().values());
            }
        }
        return rows;
    }

    /** After a failure the next statement gets a new connection. */
    private Set<Long> numbers(String statement, List<Object> parameters) throws SQLException {
        try {
            return new HashSet<>(sql.query(statement, row -> row.getLong(1), parameters.toArray()));
        } catch (SQLException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        try {
            session.close();
        } catch (SQLException e) {
            LOG.log(DEBUG, "The broken connection did not close", e);
        }
    }
}
