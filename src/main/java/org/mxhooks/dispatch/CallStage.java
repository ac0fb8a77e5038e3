package org.mxhooks.dispatch;

import org.mxhooks.database.SqlState;

/**
 * How far the call about an event is, when the transaction fails that it belongs to: by that a failure is the
 * consumer's, or the database's, which is no attempt.
 */
enum CallStage {
    /** The consumer was asked to do nothing. */
    BEFORE,
    /** It is being notified; or the event is decoded for that. */
    DURING,
    /** What is left is to note the success, and to commit. */
    AFTER;

    /**
     * Whether a failure is the consumer's. What it wrote may fail as late as at the commit, but not because the
     * database is unavailable or another transaction was in the way.
     */
    boolean isConsumersFault(Throwable failure) {
        return switch (this) {
            case BEFORE -> false;
            case DURING -> true;
            case AFTER -> {
                SqlState state = SqlState.ofRootCause(failure);
                yield !state.isConflict() && !state.isOutage();
            }
        };
    }
}
