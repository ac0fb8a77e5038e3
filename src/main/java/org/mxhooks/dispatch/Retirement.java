package org.mxhooks.dispatch;

/** What became of the wish to retire a consumer. */
public enum Retirement {
    /** It is forgotten, with all that it had not finished. */
    RETIRED,
    /** There is none of that name. */
    UNKNOWN,
    /** A running node has it; it was left alone. */
    STILL_DEPLOYED
}
