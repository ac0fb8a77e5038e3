package org.mxhooks.operations;

/**
 * How much happened on all nodes in a period.
 *
 * @param duplicates requests that repeated a delivery
 * @param refused requests that were refused, or not stored and to be sent again
 * @param done notifications that were committed
 * @param failed notifications that are tried again
 * @param dead notifications that were given up
 */
public record Activity(long duplicates, long refused, long done, long failed, long dead) {

    /** Nothing. */
    public static final Activity NONE = new Activity(0, 0, 0, 0, 0);

    Activity plus(Activity other) {
        return new Activity(
                duplicates + other.duplicates,
                refused + other.refused,
                done + other.done,
                failed + other.failed,
                dead + other.dead);
    }

    /** What is in this and not in an earlier one. */
    public Activity minus(Activity earlier) {
        return new Activity(
                duplicates - earlier.duplicates,
                refused - earlier.refused,
                done - earlier.done,
                failed - earlier.failed,
                dead - earlier.dead);
    }
}
