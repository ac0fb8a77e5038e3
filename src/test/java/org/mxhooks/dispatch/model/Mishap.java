package org.mxhooks.dispatch.model;

/** What may happen at any moment, as often as the scenario says. */
public enum Mishap {
    /** A node dies; when it starts again, it is another. */
    DEATH,
    /** A node stalls, or gives back what it works on, so that another may claim while it goes on. */
    LEASE_LOST,
    /** A node's next statement fails, whichever it is, and with it the transaction; nothing of that is an attempt. */
    STATEMENT_FAILED,
    /** A node is left without an answer to its commit, which succeeds or is rolled back later. */
    DOUBT
}
