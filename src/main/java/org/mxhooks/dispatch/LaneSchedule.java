package org.mxhooks.dispatch;

import java.time.Duration;

/** Whether there is something to do in a lane, and whether a worker does it. */
final class LaneSchedule {

    private Turn turn = Turn.NONE;
    private Tenure tenure = Tenure.HELD;
    private boolean pending = true;
    private boolean due = true;
    private long pausedUntil = System.nanoTime();

    /** A worker's turn at the lane. */
    private enum Turn {
        NONE,
        QUEUED,
        RUNNING
    }

    /** Whether the lane is this node's. */
    private enum Tenure {
        HELD,
        /** To be handed over to another node: its worker ends soon. */
        LEAVING,
        /** Nobody works on it any more; what the database has of it must be read again. */
        LOST
    }

    /** Deliveries may be pending. */
    synchronized void signalPending() {
        pending = true;
    }

    /** Parked events may be due. */
    synchronized void signalDue() {
        due = true;
    }

    /** Whether the caller shall queue it for a worker; nobody else does until the turn {@linkplain #endTurn ends}. */
    synchronized boolean queueTurn() {
        if (!isWaiting()) {
            return false;
        }
        turn = Turn.QUEUED;
        return true;
    }

    /** Whether the caller has the lane to itself until the turn {@linkplain #endTurn ends}. */
    synchronized boolean take() {
        boolean free = turn == Turn.NONE && tenure == Tenure.HELD;
        if (free) {
            turn = Turn.QUEUED;
        }
        return free;
    }

    /** Whether the worker shall begin, now that it has come to it. */
    synchronized boolean beginTurn() {
        turn = isReady() ? Turn.RUNNING : Turn.QUEUED;
        return turn == Turn.RUNNING;
    }

    synchronized void endTurn() {
        turn = Turn.NONE;
    }

    /** Whether there is something to do, and it may be done. */
    synchronized boolean isReady() {
        return tenure == Tenure.HELD && !isPaused() && (pending || due);
    }

    /** Whether it is ready, and no worker is at it or about to be. */
    synchronized boolean isWaiting() {
        return turn == Turn.NONE && isReady();
    }

    /** Whether parked events may be due. */
    synchronized boolean isDue() {
        return due;
    }

    /** Takes the signal that deliveries may be pending. */
    synchronized boolean takePending() {
        boolean signalled = pending;
        pending = false;
        return signalled;
    }

    /** Takes the signal that parked events may be due. */
    synchronized boolean takeDue() {
        boolean signalled = due;
        due = false;
        return signalled;
    }

    /** Nothing is done for a while; then everything is looked at. */
    synchronized void pause(Duration pause) {
        pending = true;
        due = true;
        pausedUntil = System.nanoTime() + pause.toNanos();
    }

    synchronized boolean isPaused() {
        return System.nanoTime() - pausedUntil < 0;
    }

    /** In terms of {@link System#nanoTime}. */
    synchronized long pausedUntil() {
        return pausedUntil;
    }

    synchronized void lose() {
        tenure = Tenure.LOST;
    }

    synchronized boolean isLost() {
        return tenure == Tenure.LOST;
    }

    /** Decides whether the lane is to be handed over to another node. */
    synchronized void leave(boolean leaves) {
        if (tenure != Tenure.LOST) {
            tenure = leaves ? Tenure.LEAVING : Tenure.HELD;
        }
    }

    /** Loses the lane if it is to be handed over and nobody works on it; returns whether it did. */
    synchronized boolean loseIfLeft() {
        boolean left = tenure == Tenure.LEAVING && turn != Turn.RUNNING;
        if (left) {
            tenure = Tenure.LOST;
        }
        return left;
    }
}
