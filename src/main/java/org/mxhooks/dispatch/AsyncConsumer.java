package org.mxhooks.dispatch;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.mxhooks.database.Sql;
import org.mxhooks.inbox.LogEntry;

/**
 * A consumer whose effect is at a far end that answers later. A call that is under way holds no thread and no
 * connection, and its lane is in no turn; then a short transaction moves the cursor, together with those of other calls
 * that have ended.
 *
 * <p><b>Guarantee.</b> It is called about every delivery that it {@linkplain #wants(org.mxhooks.mendix.Attributes)
 * wants}, at least once, and about the next one of a resource when the end of the call before has been recorded. If the
 * node dies in between, or loses the lane, the call is made again. Calls under way are bounded for each consumer and
 * for the node; a consumer can always have one of its own, and a replay beside it.
 */
public interface AsyncConsumer extends EventConsumer {

    /**
     * Begins a call about a delivery and returns at once. It runs on threads that must not wait: neither for the
     * database nor for the far end.
     *
     * @return completes on any thread; exceptionally if the attempt failed. Cancelled where the call has lasted for
     *     {@code mxhooks.consumer.timeout}: nobody waits for it any more
     */
    CompletableFuture<CallOutcome> call(LogEntry delivery);

    @Override
    default Policy policy() {
        return Policy.EXTERNAL;
    }

    /** Not used. */
    @Override
    default void notify(Notification notification) {
        throw new UnsupportedOperationException(name() + " is called");
    }

    /** How a call ended. */
    sealed interface CallOutcome {

        /**
         * The far end took the delivery.
         *
         * @param record is stored in the transaction that moves the cursor
         */
        record Taken(Optional<StoredRow> record) implements CallOutcome {}

        /**
         * The far end did not take the delivery.
         *
         * @param action what follows from that
         */
        record NotTaken(FailureAction action) implements CallOutcome {}
    }

    /**
     * A row to be stored.
     *
     * @param into rows that go into the same table are stored together
     * @param values of the columns
     */
    record StoredRow(RowTarget into, List<Object> values) {

        /** Stores it alone. */
        public void store(Sql sql) throws SQLException {
            into.store(List.of(values), sql);
        }
    }

    /** What follows from a call that did not succeed. */
    interface FailureAction {

        /**
         * Does what is to be done about it, outside of transactions and on a thread that may wait for the database;
         * then throws.
         *
         * @throws org.mxhooks.event.TryLater to be called again after a pause, which costs no attempt
         * @throws org.mxhooks.event.GiveUp if a repetition is of no use
         * @throws Exception if the attempt failed: it is repeated with growing delays; {@link CallFailed} where that
         *     says all, here or as the cause of those above
         */
        void raise() throws Exception;
    }
}
