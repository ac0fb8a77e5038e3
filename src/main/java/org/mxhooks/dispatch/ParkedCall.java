package org.mxhooks.dispatch;

import java.sql.SQLException;
import java.util.Optional;
import org.mxhooks.inbox.BodyBudget;
import org.mxhooks.inbox.LogEntry;

/** A call about what is parked, or replayed. */
abstract class ParkedCall extends PendingCall {

    private final ParkedEvent begun;
    private final BodyBudget.HeldBodies bodies;

    /** @param bodies that of the entry, until the outcome is recorded */
    ParkedCall(Lane lane, LogEntry entry, ParkedEvent begun, BodyBudget.HeldBodies bodies) {
        super(lane, entry);
        this.begun = begun;
        this.bodies = bodies;
    }

    /** Begins it, if its consumer still wants the event, which is finished otherwise; returns whether it did. */
    static boolean begin(ParkedCall call, AsyncConsumer consumer, RetryWorker retries, RunningCalls running)
            throws SQLException, LaneLost {
        boolean wanted =
                !call.entry().body().isEmpty() && consumer.wants(call.entry().attributes());
        if (wanted) {
            running.start(call);
        } else {
            retries.record(call.lane(), call.begun, call.entry(), () -> {});
        }
        return wanted;
    }

    /** Records its outcome. */
    final void end(RetryWorker retries, RunningCalls running) throws SQLException, LaneLost {
        try {
            Optional<Failure> failure = failure();
            if (failure.isPresent()) {
                retries.fail(lane(), begun, entry(), failure.get());
            } else {
                retries.record(lane(), begun, entry(), () -> running.store(this));
            }
        } finally {
            bodies.close();
        }
    }
}
