package org.mxhooks.event;

import jakarta.ejb.ApplicationException;
import java.time.Duration;

/**
 * Thrown by an observer whose remote system is unavailable: a broker, another database, a server. The transaction is
 * rolled back, and the observer is notified of the same event again after the pause; no attempt is counted. Until then
 * it is notified of no other event of the same lane (one of 32, by resource), so the order is kept. Other consumers are
 * not affected. Unlike a parked event, which becomes a dead letter after {@code mxhooks.retry.for}, a waiting event
 * waits without limit, and the rest of its lane with it: throw this only for failures that do not depend on the event.
 *
 * <p>EJBs may throw it too: it is an application exception, which the container neither wraps nor logs.
 */
@ApplicationException(rollback = true)
public class TryLater extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final Duration MAX_PAUSE = Duration.ofHours(1);

    private final Duration pause;

    /**
     * @param pause the minimum pause, reduced to an hour if longer
     * @throws IllegalArgumentException if it is zero or negative
     */
    public TryLater(Duration pause) {
        this(pause, "the remote system is unavailable", null);
    }

    /**
     * @param pause the minimum pause, reduced to an hour if longer
     * @param message what is unavailable, for operators
     * @param cause the failure, or null
     * @throws IllegalArgumentException if the pause is zero or negative
     */
    public TryLater(Duration pause, String message, Throwable cause) {
        super(message, cause);
        if (pause.isZero() || pause.isNegative()) {
            throw new IllegalArgumentException("the pause must be positive, was " + pause);
        }
        this.pause = pause.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : pause;
    }

    /** The minimum pause, at most an hour. */
    public final Duration pause() {
        return pause;
    }
}
