package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mxhooks.database.Sql;
import org.mxhooks.database.Transaction;
import org.mxhooks.dispatch.AsyncConsumer.StoredRow;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.resilience.Turns;

/**
 * Records calls that have succeeded, of all consumers of a node: while one transaction commits, the next ones gather.
 * Each cursor is moved from where its call began, if the lane is still this node's; one that is lost, or that another
 * transaction has locked, does not undo the others.
 *
 * <p><b>Crash window.</b> Before the commit: the calls are made again. It does not wait for PostgreSQL's disk: if that
 * crashes, what was recorded in the last moments is called again, in the same order.
 */
final class CallRecorder {

    private static final System.Logger LOG = System.getLogger(CallRecorder.class.getName());
    private static final int MAX_TOGETHER = 256;

    private final Inbox inbox;
    private final Sql sql;
    private final LaneTable lanes;
    private final Transaction transaction;
    private final Turns turns;
    private final Queue<RecordableCall> taken = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean recording = new AtomicBoolean();

    CallRecorder(Inbox inbox, Sql sql, LaneTable lanes, Transaction transaction, Turns turns) {
        this.inbox = inbox;
        this.sql = sql;
        this.lanes = lanes;
        this.transaction = transaction;
        this.turns = turns;
    }

    /** A call that has succeeded. */
    interface RecordableCall {

        /** The move of the cursor over its delivery. */
        Advance over();

        Optional<StoredRow> row();

        /** It is recorded; must not wait. */
        void recorded();

        /** It is not recorded, and has to be alone; must not wait. */
        void unrecorded();
    }

    /** Records a call soon; returns at once. */
    void add(RecordableCall call) {
        taken.add(call);
        work();
    }

    /** Records what waits, if nobody is at it; returns at once. Where there is no thread, dispatch asks again soon. */
    void work() {
        if (!taken.isEmpty() && recording.compareAndSet(false, true)) {
            try {
                turns.execute(this::recordNext);
            } catch (RuntimeException | Error e) {
                recording.set(false);
                LOG.log(DEBUG, "No thread to record calls", e);
            }
        }
    }

    /** What follows a commit is done while the next one is under way. */
    private void recordNext() {
        List<RecordableCall> calls = new ArrayList<>();
        Set<RecordableCall> recorded = new HashSet<>();
        try {
            while (calls.size() < MAX_TOGETHER && !taken.isEmpty()) {
                calls.add(taken.poll());
            }
            recorded.addAll(record(calls));
        } finally {
            recording.set(false);
            work();
        }
        calls.forEach(call -> follow(call, recorded.contains(call)));
    }

    /** Each by itself: what fails for one keeps no lane of another. */
    private static void follow(RecordableCall call, boolean isRecorded) {
        try {
            if (isRecorded) {
                call.recorded();
            } else {
                call.unrecorded();
            }
        } catch (RuntimeException | Error e) {
            LOG.log(ERROR, "Unexpected failure after a call was recorded; the others continue", e);
        }
    }

    /** Returns those that were recorded. */
    private List<RecordableCall> record(List<RecordableCall> calls) {
        List<RecordableCall> inOrder = calls.stream()
                .sorted(comparing((RecordableCall call) -> call.over().claim().consumer())
                        .thenComparing(call -> call.over().claim().lane()))
                .toList(); // in which their rows are locked, so that two nodes do not deadlock
        List<RecordableCall> recorded = new ArrayList<>();
        try {
            transaction.run(() -> {
                if (stand(inOrder)) {
                    recorded.addAll(move(inOrder));
                    store(recorded);
                }
            });
            return recorded;
        } catch (Throwable e) {
            LOG.log(DEBUG, "Calls were not recorded together; they are recorded one by one", e);
            return List.of();
        }
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
}
