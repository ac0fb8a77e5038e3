package org.mxhooks.event;

import jakarta.ejb.ApplicationException;

/**
 * Thrown by an observer that will never be able to deal with an event. Its transaction is rolled back and the event is
 * a dead letter for this consumer at once, without further attempts; later events of the resource go on. An operator
 * may replay it. For what no repetition mends: a far end that refuses the content, a story that cannot be what it says.
 * Not for a far end that is away.
 *
 * <p>An EJB may throw it too: it is an application exception, so the container passes it on as it is and logs nothing.
 */
@ApplicationException(rollback = true)
public class GiveUp extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param message why, for the operator */
    public GiveUp(String message) {
        super(message);
    }

    /**
     * @param message why, for the operator
     * @param cause what led to it
     */
    public GiveUp(String message, Throwable cause) {
        super(message, cause);
    }
}
