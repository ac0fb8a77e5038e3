package org.mxhooks.event;

import jakarta.ejb.ApplicationException;

/**
 * Thrown by an observer that can never process an event. The transaction is rolled back, and the event is immediately a
 * dead letter of this consumer, without further attempts; later events of the resource are processed. If other events
 * shared the transaction, the observer is notified of this one once more, alone, before that. An operator can replay
 * it. For failures that no retry resolves: a remote system that refuses the content, or an inconsistent story. Not for
 * a remote system that is unavailable: see {@link TryLater}.
 *
 * <p>EJBs may throw it too: it is an application exception, which the container neither wraps nor logs.
 */
@ApplicationException(rollback = true)
public class GiveUp extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param message the cause, for operators */
    public GiveUp(String message) {
        super(message);
    }

    /**
     * @param message the cause, for operators
     * @param cause the failure, or null
     */
    public GiveUp(String message, Throwable cause) {
        super(message, cause);
    }
}
