package org.mxhooks.event;

import jakarta.ejb.ApplicationException;
import java.time.Duration;

/**
 * Thrown by an observer whose far end is away: a broker, another database, a server. It is notified of the same event
 * again after the pause, which counts as no attempt, however often it happens. Until then it is notified of nothing
 * else in the same lane (one of 32, by resource), so order is kept; its transaction is rolled back. Other consumers do
 * not notice. Unlike a parked event, which is a dead letter after {@code mxhooks.retry.for}, it waits for as long as it
 * takes, and all of the lane with it: so throw it for what fails whatever the event is.
 *
 * <p>An EJB may throw it too: it is an application exception, so the container passes it on as it is and logs nothing.
 */
@ApplicationException(rollback = true)
public class TryLater extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final Duration MOST = Duration.ofHours(1);

    private final Duration pause;

    /**
     * @param pause how long at least; an hour counts for more than that
     * @throws IllegalArgumentException if it is zero or negative
     */
    public TryLater(Duration pause) {
        this(pause, "the far end is away", null);
    }

    /**
     * @param pause how long at least; an hour counts for more than that
     * @param message what is away, for the log
     * @param cause why, or null
     * @throws IllegalArgumentException if the pause is zero or negative
     */
    public TryLater(Duration pause, String message, Throwable cause) {
        super(message, cause);
        if (pause.isZero() || pause.isNegative()) {
            throw new IllegalArgumentException("a pause must be longer than nothing, not " + pause);
        }
        this.pause = pause.compareTo(MOST) > 0 ? MOST : pause;
    }

    /** How long at least, an hour at most. */
    public final Duration pause() {
        return pause;
    }
}
