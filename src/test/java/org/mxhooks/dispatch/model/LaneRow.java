package org.mxhooks.dispatch.model;

/** The row of table {@code lane}. */
record LaneRow(int position, int owner, int token, boolean expired, int claims) {

    static final int NOBODY = -1;
    /** A node that died; when it starts again, it is another. */
    static final int DEAD_NODE = -2;

    /** More than these are not told apart. */
    static final int MANY_CLAIMS = 3;

    static final LaneRow INITIAL = new LaneRow(0, NOBODY, 0, false, 0);

    boolean free() {
        return owner == NOBODY || expired;
    }

    LaneRow claimedBy(int node) {
        return new LaneRow(position, node, token + 1, false, Math.min(claims + 1, MANY_CLAIMS));
    }

    LaneRow renewed() {
        return new LaneRow(position, owner, token, false, claims);
    }

    LaneRow expire() {
        return new LaneRow(position, owner, token, true, claims);
    }

    LaneRow released() {
        return new LaneRow(position, NOBODY, token, false, 0);
    }

    LaneRow at(int newPosition) {
        return new LaneRow(newPosition, owner, token, expired, 0);
    }

    LaneRow ownedBy(int newOwner) {
        return new LaneRow(position, newOwner, token, expired, claims);
    }

    LaneRow withToken(int newToken) {
        return new LaneRow(position, owner, newToken, expired, claims);
    }
}
