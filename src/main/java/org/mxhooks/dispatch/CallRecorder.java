package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mxhooks.resilience.Turns;

/**
 * Records calls that have succeeded, of all consumers of a node: while one transaction commits, the next ones gather.
 * Each cursor is moved from where its call began, if the lane is still this node's; one that is lost, or that another
 * transaction has locked, does not undo the others.
 *
 * <p><b>Crash window.</b> Before the commit: the calls are made again. It does not wait for PostgreSQL's disk: if that
 * crashes, what was recorded in the last moments is called again, in the same order.
 */
final class CallRecorder implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(CallRecorder.class.getName());
    private static final int MAX_TOGETHER = 256;

    private final CallStore store;
    private final Turns turns;
    private final Queue<RecordableCall> taken = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean recording = new AtomicBoolean();

    CallRecorder(CallStore store, Turns turns) {
        this.store = store;
        this.turns = turns;
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
        try {
            return store.record(inOrder);
        } catch (Throwable e) {
            LOG.log(DEBUG, "Calls were not recorded together; they are recorded one by one", e);
            return List.of();
        }
    }

    /** Nothing is recorded any more. */
    @Override
    public void close() {
        store.close();
    }
}
