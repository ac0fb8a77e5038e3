package org.mxhooks.dispatch;

/** Whether a consumer starts no further notification on this node. */
final class Suspension {

    private volatile boolean stopped;
    private volatile boolean paused;

    boolean isActive() {
        return stopped || paused;
    }

    /** For good: the node ends, or no longer has the consumer. */
    void stop() {
        stopped = true;
    }

    /** Until further notice: an operator paused the consumer, or resumed it. */
    void pause(boolean pausedNow) {
        paused = pausedNow;
    }

    boolean isPaused() {
        return paused;
    }
}
