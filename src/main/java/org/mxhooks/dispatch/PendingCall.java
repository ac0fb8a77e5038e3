package org.mxhooks.dispatch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.mxhooks.dispatch.AsyncConsumer.CallOutcome;
import org.mxhooks.dispatch.AsyncConsumer.CallOutcome.NotTaken;
import org.mxhooks.dispatch.AsyncConsumer.CallOutcome.Taken;
import org.mxhooks.dispatch.AsyncConsumer.StoredRow;
import org.mxhooks.inbox.LogEntry;

/** A call of an asynchronous consumer, from its begin until its outcome is recorded. */
abstract class PendingCall {

    private final Lane lane;
    private final LogEntry entry;
    private final long beganAt = System.nanoTime();
    private CompletableFuture<CallOutcome> future;
    private boolean ended;
    private CallOutcome answer;
    private Throwable failure;
    private Duration took = Duration.ZERO;

    PendingCall(Lane lane, LogEntry entry) {
        this.lane = lane;
        this.entry = entry;
    }

    /**
     * Records its outcome, on a thread that may wait for the database.
     *
     * @return whether another call took over what this one held
     */
    abstract boolean settle() throws SQLException, LaneLost;

    /** Nobody works on its lane for it any more. */
    abstract void release();

    final Lane lane() {
        return lane;
    }

    final LogEntry entry() {
        return entry;
    }

    final Duration age() {
        return Duration.ofNanos(System.nanoTime() - beganAt);
    }

    final synchronized void began(CompletableFuture<CallOutcome> call) {
        future = call;
    }

    /** Returns whether that is how it ended, and not another way before. */
    final synchronized boolean end(CallOutcome withAnswer, Throwable withFailure) {
        boolean first = !ended;
        if (first) {
            ended = true;
            answer = withAnswer;
            failure = withFailure;
            took = age();
        }
        return first;
    }

    final synchronized void cancel() {
        if (future != null) {
            future.cancel(true);
        }
    }

    final synchronized boolean isTaken() {
        return answer instanceof Taken;
    }

    /** What is stored with its success. */
    public final synchronized Optional<StoredRow> row() {
        return answer instanceof Taken taken ? taken.record() : Optional.empty();
    }

    /** Why it failed, after what is to be done about that is done; empty if it succeeded. */
    final Optional<Failure> failure() {
        if (isTaken()) {
            return Optional.empty();
        }
        Throwable thrown = thrown();
        return Optional.of(
                thrown instanceof CallTimeout late
                        ? late.failure()
                        : Failure.of(thrown).after(took()));
    }

    private synchronized Duration took() {
        return took;
    }

    private Throwable thrown() {
        try {
            if (outcome() instanceof NotTaken refused) {
                refused.action().raise();
            }
            return thrownByCall();
        } catch (Throwable raised) {
            return raised;
        }
    }

    private synchronized CallOutcome outcome() {
        return answer;
    }

    private synchronized Throwable thrownByCall() {
        return failure == null ? new IllegalStateException("the call ended without an answer") : failure;
    }

    /** The call was given up. */
    static final class CallTimeout extends Exception {

        private static final long serialVersionUID = 1;

        private final transient Failure failure;

        CallTimeout(Failure failure) {
            super(failure.message(), null, false, false);
            this.failure = failure;
        }

        Failure failure() {
            return failure;
        }
    }
}
