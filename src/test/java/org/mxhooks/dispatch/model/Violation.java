package org.mxhooks.dispatch.model;

/** What must not happen to an event. */
public enum Violation {
    LOST,
    DOUBLED,
    OUT_OF_ORDER,
    /** Parked though its consumer never fails, and nothing else went wrong. */
    WRONGLY_PARKED,
    /** Dead though its consumer takes it, and not more than one other thing went wrong. */
    WRONGLY_DEAD,
    /** Not to be dealt with any more, unless by a mishap. */
    STUCK
}
