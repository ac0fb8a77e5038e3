package org.mxhooks.dispatch;

import java.sql.SQLException;
import org.mxhooks.inbox.BodyBudget;
import org.mxhooks.inbox.LogEntry;

/** Calls an asynchronous consumer again about what is parked in a lane; it has the lane's turn meanwhile. */
final class RetryCalls {

    private final AsyncConsumer consumer;
    private final ConsumerWork work;
    private final RunningCalls running;
    private final LaneCalls pending;

    /** @param pending is called about after a retry in a lane, in the same turn */
    RetryCalls(AsyncConsumer consumer, ConsumerWork work, RunningCalls running, LaneCalls pending) {
        this.consumer = consumer;
        this.work = work;
        this.running = running;
        this.pending = pending;
    }

    /**
     * Begins a retry that is due in a lane, with its permit; returns whether one is under way, which holds both then.
     */
    boolean begin(Lane lane) throws SQLException, LaneLost {
        return lane.schedule().takeDue()
                && running.reading((bodies, begun) -> {
                    RetryWorker retries = work.retries();
                    boolean any = retries.retryNext(
                            lane,
                            (in, parked, entry) -> begun.set(ParkedCall.begin(
                                    new RetryCall(in, entry, parked, bodies), consumer, retries, running)));
                    if (!begun.get()) {
                        retries.lookForParked(lane);
                        if (any) {
                            lane.schedule().signalDue();
                        }
                    }
                    return begun.get();
                });
    }

    /** At most one retry for each series of pending events, so that neither delays the other. */
    private final class RetryCall extends ParkedCall {

        RetryCall(Lane lane, LogEntry entry, ParkedEvent begun, BodyBudget.HeldBodies bodies) {
            super(lane, entry, begun, bodies);
        }

        @Override
        boolean settle() throws SQLException, LaneLost {
            end(work.retries(), running);
            work.retries().lookForParked(lane());
            lane().schedule().signalDue();
            return !work.suspension().isActive() && lane().schedule().isReady() && pending.begin(lane());
        }

        @Override
        void release() {
            lane().schedule().endTurn();
            running.giveBackPermit();
        }
    }
}
