package org.mxhooks.dispatch;

import java.time.Duration;

/**
 * What this node knows of a lane that it claimed: its cursor, whether there is something to do, whether somebody does
 * it.
 */
final class Lane {

    private LaneClaim claim;
    private boolean news = true;
    private boolean due = true;
    private boolean eventsWait;
    private long oneByOneUpTo;
    private boolean taken;
    private boolean atWork;
    private boolean leaving;
    private boolean lost;
    private long pausedUntil = System.nanoTime();

    /** @param eventsWait whether parked events of the lane are known of */
    Lane(LaneClaim claim, boolean eventsWait) {
        this.claim = claim;
        this.eventsWait = eventsWait;
    }

    /** The lane as the database tells it after it was lost; what made a group of events fail is still remembered. */
    synchronized Lane readAgain(LaneClaim newClaim, boolean newEventsWait) {
        Lane again = new Lane(newClaim, newEventsWait);
        again.oneByOneUpTo(oneByOneUpTo);
        return again;
    }

    synchronized LaneClaim claim() {
        return claim;
    }

    synchronized void moveTo(long position) {
        claim = claim.at(position);
    }

    synchronized void settled() {
        claim = claim.at(claim.position());
    }

    synchronized void tellNews() {
        news = true;
    }

    synchronized void tellDue() {
        due = true;
    }

    /** Whether the caller shall set a worker to it; then nobody else does until it {@linkplain #rest rests}. */
    synchronized boolean take() {
        boolean free = !taken && goesOn();
        taken |= free;
        return free;
    }

    /** Whether the worker shall begin, now that it has come to it. */
    synchronized boolean begin() {
        atWork = goesOn();
        return atWork;
    }

    /** Whether there is something to do. */
    synchronized boolean goesOn() {
        return isWorkable() && (news || due);
    }

    synchronized boolean takeNews() {
        boolean taken = news;
        news = false;
        return taken;
    }

    synchronized boolean takeDue() {
        boolean taken = due;
        due = false;
        return taken;
    }

    private boolean isWorkable() {
        return !lost && !leaving && System.nanoTime() - pausedUntil >= 0;
    }

    synchronized void rest() {
        taken = false;
        atWork = false;
    }

    /** Nothing is done for a while, whatever news there is. */
    synchronized void pause(Duration pause) {
        news = true;
        due = true;
        pausedUntil = System.nanoTime() + pause.toNanos();
    }

    synchronized boolean isPaused() {
        return System.nanoTime() - pausedUntil < 0;
    }

    /** Whether parked events wait in the lane, so that later ones may have to wait behind them. */
    synchronized boolean eventsWait() {
        return eventsWait;
    }

    synchronized void eventsWait(boolean wait) {
        eventsWait = wait;
    }

    /** Events up to there are not notified of together: one of them made the others fail. */
    synchronized void oneByOneUpTo(long position) {
        oneByOneUpTo = position;
    }

    /** Whether the next event has to be alone in its transaction. */
    synchronized boolean isOneByOne() {
        return claim.position() < oneByOneUpTo || claim.claims() > 0;
    }

    /** Nobody works on it any more; what the database says of it has to be read again. */
    synchronized void lose() {
        lost = true;
    }

    synchronized boolean isLost() {
        return lost;
    }

    /** Whether it is to be handed over to another node; then its worker comes to an end soon. */
    synchronized void leave(boolean leaves) {
        leaving = leaves;
    }

    /** Gives it up if it is to be handed over and nobody works on it. */
    synchronized boolean loseIfLeft() {
        lost |= leaving && !atWork;
        return leaving && !atWork;
    }
}
