package org.mxhooks.dispatch;

import java.time.Duration;

/** What this node knows of a lane that it claimed: its cursor, whether there may be news, whether somebody works on it. */
final class Lane {

    private LaneClaim claim;
    private boolean news = true;
    private boolean busy;
    private boolean lost;
    private long pausedUntil = System.nanoTime();

    Lane(LaneClaim claim) {
        this.claim = claim;
    }

    synchronized LaneClaim claim() {
        return claim;
    }

    synchronized void moveTo(long position) {
        claim = claim.at(position);
    }

    synchronized void tellNews() {
        news = true;
    }

    /** Whether the caller shall work on it now; then nobody else does until {@link #rest}. */
    synchronized boolean take() {
        boolean taken = !busy && takeNews();
        busy |= taken;
        return taken;
    }

    /** Whether news came while the caller worked on it, who then goes on. */
    synchronized boolean takeNews() {
        boolean goOn = news && !lost && System.nanoTime() >= pausedUntil;
        news &= !goOn;
        return goOn;
    }

    synchronized void rest() {
        busy = false;
    }

    synchronized void pause(Duration pause) {
        news = true;
        pausedUntil = System.nanoTime() + pause.toNanos();
    }

    /** Nobody works on it any more; what the database says of it has to be read again. */
    synchronized void lose() {
        lost = true;
    }

    synchronized boolean isLost() {
        return lost;
    }
}
