package org.mxhooks.dispatch.model;

/** What may happen at any moment, as often as the scenario says. */
public enum Mishap {
    /** A node dies; when it starts again, it is another. */
    DEATH,
    /** A node stalls, or gives back what it works on, so that another may claim while it goes on. */
    LEASE_LOST,
    /** The query fails by which a node finds out whether an event has to wait behind another. */
    QUERY_FAILED,
    /** A node is left without an answer to its commit, which succeeds or is rolled back later. */
    DOUBT
}
