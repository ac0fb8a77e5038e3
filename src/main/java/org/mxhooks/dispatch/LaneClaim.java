package org.mxhooks.dispatch;

/**
 * A lane of a consumer as this node claimed it.
 *
 * @param consumer the consumer's name
 * @param lane number of the lane
 * @param position of the last delivery that was processed
 * @param token changes with every claim, so that a former owner's commit fails
 * @param claims how often the lane was claimed since its cursor moved
 */
record LaneClaim(String consumer, int lane, long position, long token, int claims) {

    private static final int MAX_CLAIMS = 3;

    /** Whether the event beyond the cursor may have killed the nodes that claimed the lane. */
    boolean isSuspect() {
        return claims >= MAX_CLAIMS;
    }

    boolean isSameClaimAs(LaneClaim other) {
        return lane == other.lane && token == other.token;
    }

    LaneClaim at(long newPosition) {
        return new LaneClaim(consumer, lane, newPosition, token, 0);
    }
}
