package org.mxhooks.dispatch;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.mxhooks.database.Sql;
import org.mxhooks.database.Transaction;
import org.mxhooks.dispatch.AsyncConsumer.StoredRow;
import org.mxhooks.inbox.Inbox;

/**
 * Records calls in a JTA transaction, for any database. Where one of them does not stand in the log, none is recorded.
 */
record TransactionCallStore(Inbox inbox, Sql sql, LaneTable lanes, Transaction transaction) implements CallStore {

    @Override
    public List<RecordableCall> record(List<RecordableCall> calls) throws Exception {
        List<RecordableCall> recorded = new ArrayList<>();
        transaction.run(() -> {
            if (stand(calls)) {
                recorded.addAll(move(calls));
                store(recorded);
            }
        });
        return recorded;
    }

    private boolean stand(List<RecordableCall> calls) throws SQLException {
        Map<Long, UUID> believed = new HashMap<>();
        boolean agreed = true;
        for (RecordableCall call : calls) {
            Map<Long, UUID> ofCall = new HashMap<>();
            call.over().addBelieved(ofCall);
            for (Map.Entry<Long, UUID> each : ofCall.entrySet()) {
                UUID other = believed.putIfAbsent(each.getKey(), each.getValue());
                agreed &= other == null || other.equals(each.getValue());
            }
        }
        return agreed && inbox.stand(believed);
    }

    private List<RecordableCall> move(List<RecordableCall> calls) throws SQLException {
        List<Boolean> moved = lanes.pass(
                calls.stream().map(call -> call.over().claim()).toList(),
                calls.stream().map(call -> call.over().to().position()).toList());
        List<RecordableCall> recorded = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            if (moved.get(i)) {
                recorded.add(calls.get(i));
            }
        }
        return recorded;
    }

    private void store(List<RecordableCall> recorded) throws SQLException {
        Map<RowTarget, List<List<Object>>> byTable = recorded.stream()
                .flatMap(call -> call.row().stream())
                .collect(groupingBy(StoredRow::into, mapping(StoredRow::values, toList())));
        for (Map.Entry<RowTarget, List<List<Object>>> each : byTable.entrySet()) {
            each.getKey().store(each.getValue(), sql);
        }
    }

    @Override
    public void close() {
        // its connections are the pool's
    }
}
