package org.mxhooks.dispatch.model;

/** The row of table {@code lane}. */
public record LaneRow(int position, int owner, int token, boolean expired, int claims) {

    public static final int NOBODY = -1;
    /** A node that died; when it starts again, it is another. */
    public static final int DEAD_NODE = -2;

    /** More than these are not told apart. */
    public static final int MANY_CLAIMS = 3;

    public static final LaneRow INITIAL = new LaneRow(0, NOBODY, 0, false, 0);

    public boolean free() {
        return owner == NOBODY || expired;
    }

    public LaneRow claimedBy(int node) {
        return new LaneRow(position, node, token + 1, false, Math.min(claims + 1, MANY_CLAIMS));
    }

    public LaneRow renewed() {
        return new LaneRow(position, owner, token, false, claims);
    }

    public LaneRow expire() {
        return new LaneRow(position, owner, token, true, claims);
    }

    public LaneRow released() {
        return new LaneRow(position, NOBODY, token, false, 0);
    }

    public LaneRow at(int newPosition) {
        return new LaneRow(newPosition, owner, token, expired, 0);
    }

    public LaneRow ownedBy(int newOwner) {
        return new LaneRow(position, newOwner, token, expired, claims);
    }

    public LaneRow withToken(int newToken) {
        return new LaneRow(position, owner, newToken, expired, claims);
    }
}
