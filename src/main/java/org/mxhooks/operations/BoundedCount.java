package org.mxhooks.operations;

/**
 * A number of what was counted up to a limit.
 *
 * @param number how many were counted
 * @param more whether there are more than that
 */
public record BoundedCount(long number, boolean more) implements Comparable<BoundedCount> {

    /** Nothing. */
    public static final BoundedCount NONE = new BoundedCount(0, false);

    /** Of what was counted up to one more than a limit. */
    static BoundedCount of(long counted, long limit) {
        return new BoundedCount(Math.min(counted, limit), counted > limit);
    }

    /** Both together. */
    public BoundedCount plus(BoundedCount other) {
        return new BoundedCount(number + other.number, more || other.more);
    }

    @Override
    public int compareTo(BoundedCount other) {
        int byNumber = Long.compare(number, other.number);
        return byNumber != 0 ? byNumber : Boolean.compare(more, other.more);
    }
}
