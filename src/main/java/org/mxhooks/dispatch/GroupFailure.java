package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mxhooks.database.SqlState;
import org.mxhooks.dispatch.WaitLog.WaitingWork;
import org.mxhooks.inbox.LogEntry;

/**
 * What becomes of a group of events whose transaction failed: several are repeated one by one; a single one pauses its
 * lane if the consumer asked for that, and is parked or a dead letter else. Where the database failed, and not the
 * consumer, the lane repeats it soon, before anything behind it.
 */
record GroupFailure(LaneCursors cursors, Ledger ledger, RetryPolicy retry, Report report) {

    private static final System.Logger LOG = System.getLogger(GroupFailure.class.getName());

    /** While another transaction is in the way, which will have ended or been rolled back by then. */
    private static final Duration PAUSE_AFTER_CONFLICT = Duration.ofMillis(500);

    void handle(EventGroup group, Throwable thrown) throws SQLException, LaneLost {
        if (group.isAtFault(thrown)) {
            handle(group, Failure.of(thrown));
        } else {
            repeat(group.lane(), thrown);
        }
    }

    /** As above, of a call that was given up. */
    void handle(EventGroup group, Failure failure) throws SQLException, LaneLost {
        if (group.isInnocent()) {
            group.lane().schedule().lose(); // so that it is read again: it may not stand where this node believes
            throw new SQLException("no commit: " + failure);
        }
        if (group.size() > 1) {
            group.lane().notifyAloneUpTo(group.last().position());
        } else {
            Failure timed = failure.took().isPresent() ? failure : failure.after(group.sinceCalled());
            handle(group.lane(), group.advanceTo(group.last()), timed);
        }
    }

    /** Deals with a single event that the consumer took, though that could not be recorded. */
    void handleUnrecorded(Lane lane, Advance over, Throwable thrown) throws SQLException, LaneLost {
        if (CallStage.AFTER.isConsumersFault(thrown)) {
            handle(lane, over, Failure.of(thrown));
        } else {
            repeat(lane, thrown);
        }
    }

    /** A lane whose commit is in doubt is read again: it may not stand where this node believes. */
    private static void repeat(Lane lane, Throwable thrown) throws SQLException, LaneLost {
        demandHeld(lane);
        if (!SqlState.ofRootCause(thrown).isConflict()) {
            lane.schedule().lose();
            throw new SQLException("no commit: " + Failure.of(thrown), thrown);
        }
        lane.schedule().pause(PAUSE_AFTER_CONFLICT);
        LOG.log(
                INFO,
                "Transaction of consumer {0} in lane {1} conflicts with another; retry in {2}: {3}",
                lane.claim().consumer(),
                String.valueOf(lane.claim().lane()),
                PAUSE_AFTER_CONFLICT,
                Failure.of(thrown));
    }

    /** @throws LaneLost if the call was given up, so that its connection was cut, and its event is dealt with */
    static void demandHeld(Lane lane) throws LaneLost {
        if (lane.schedule().isLost()) {
            throw new LaneLost(lane.claim());
        }
    }

    /**
     * Deals with a single event that failed.
     *
     * @param over the move of the cursor over it
     */
    void handle(Lane lane, Advance over, Failure failure) throws SQLException, LaneLost {
        if (failure.pause().isPresent()) {
            pause(lane, over, failure, failure.pause().get());
        } else {
            setAside(lane, over, failure);
        }
    }

    private void pause(Lane lane, Advance over, Failure failure, Duration pause) throws SQLException {
        lane.schedule().pause(pause);
        report.waits().waits(WaitingWork.lane(over.claim()), Report.describe(over.to()), failure);
        report.outcomes().failed(failure, false);
        ledger.lanes().noteWait(over.claim(), pause, failure);
    }

    private void setAside(Lane lane, Advance over, Failure failure) throws SQLException, LaneLost {
        LogEntry entry = over.to();
        boolean dead = failure.gaveUp() || retry.isOver(Duration.ZERO);
        Duration delay = retry.delayAfter(1);
        AtomicBoolean behind = new AtomicBoolean();
        lane.setEventsParked(lane.hasEventsParked() || !dead);
        ledger.commit(() -> {
            cursors.move(over);
            if (dead) {
                ledger.parked().deadLetter(over.claim(), entry, failure);
            } else {
                behind.set(ledger.parked().park(over.claim(), entry, failure, delay, 0));
            }
        });
        lane.moveTo(entry.position());
        report.waits().ended(WaitingWork.lane(over.claim()), () -> Report.describe(entry));
        report.outcomes().failed(failure, dead);
        LOG.log(
                WARNING,
                "Consumer {0} failed on {1}; {2}: {3}",
                over.claim().consumer(),
                Report.describe(entry),
                dead ? "dead letter" : behind.get() ? "it waits behind another of its resource" : "retry in " + delay,
                failure);
    }
}
