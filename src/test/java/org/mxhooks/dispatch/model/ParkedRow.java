package org.mxhooks.dispatch.model;

/**
 * A row of table {@code parked}. Time is left out: what is due at all may be tried at any moment.
 *
 * @param begunBy the node whose attempt has no outcome yet
 */
public record ParkedRow(int attempts, boolean due, int unended, boolean dead, int begunBy) {

    /** More than these are not told apart, so that there is an end of states. */
    private static final int MANY_ATTEMPTS = 6;

    /** Stands in a transaction for a row that it deleted. */
    public static final ParkedRow DELETED = new ParkedRow(0, false, 0, true);

    public static final ParkedRow FAILED = new ParkedRow(1, true, 0, false);
    public static final ParkedRow GAVE_UP = new ParkedRow(1, false, 0, true);
    /**
     * It may be innocent: a node that dies for another reason during its next attempt is not to make it a dead letter.
     */
    public static final ParkedRow SUSPECT = new ParkedRow(1, true, 1, false);

    public static final ParkedRow STRONG_SUSPECT = new ParkedRow(1, true, 2, false);
    public static final ParkedRow BEHIND = new ParkedRow(0, false, 0, false);

    private ParkedRow(int attempts, boolean due, int unended, boolean dead) {
        this(attempts, due, unended, dead, LaneRow.NOBODY);
    }

    /** An attempt whose node died did not end because of that; one whose outcome was not recorded does not count. */
    int unendedNow() {
        return begunBy == LaneRow.DEAD_NODE ? unended + 1 : unended;
    }

    ParkedRow begun(int node, int unendedBefore) {
        return new ParkedRow(Math.min(attempts + 1, MANY_ATTEMPTS), true, unendedBefore, false, node);
    }

    ParkedRow begunBy(int node) {
        return new ParkedRow(attempts, due, unended, dead, node);
    }

    ParkedRow ended() {
        return new ParkedRow(attempts, true, 0, false);
    }

    ParkedRow died() {
        return new ParkedRow(attempts, false, 0, true);
    }

    ParkedRow dueNow() {
        return new ParkedRow(attempts, true, unended, dead, begunBy);
    }
}
