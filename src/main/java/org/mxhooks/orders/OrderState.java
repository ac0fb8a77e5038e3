package org.mxhooks.orders;

/** How far an order is. */
public enum OrderState {
    /** It waits for an operator to start it; after a day it is cancelled. */
    WAITING,
    /** Nodes work on it. */
    RUNNING,
    /** All of it is done. */
    DONE,
    /** What was done until then stays done. */
    CANCELLED;

    /** Whether nothing more will be done. */
    public boolean isEnded() {
        return this == DONE || this == CANCELLED;
    }
}
