package org.mxhooks.dispatch;

/**
 * Another node claimed the lane, or its cursor is not where this worker left it, so the transaction must not take
 * effect. Checked, because forgetting it doubles effects.
 */
final class LaneLost extends Exception {

    private static final long serialVersionUID = 1;

    LaneLost(LaneClaim claim) {
        super("lane %s of consumer %s was claimed by another node, or its cursor has moved"
                .formatted(claim.lane(), claim.consumer()));
    }
}
