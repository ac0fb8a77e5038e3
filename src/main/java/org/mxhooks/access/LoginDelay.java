package org.mxhooks.access;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Delays logins on their threads, at most two at a time, so that other threads stay free for other requests.
 * Thread-safe.
 */
final class LoginDelay {

    static final Duration DELAY = Duration.ofSeconds(1);
    static final int MAX_DELAYED = 2;

    private final Semaphore free = new Semaphore(MAX_DELAYED);
    private final Pause pause;

    /** A way to wait. */
    interface Pause {
        void sleep(Duration time) throws InterruptedException;
    }

    LoginDelay(Pause pause) {
        this.pause = pause;
    }

    static LoginDelay onThread() {
        return new LoginDelay(time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()));
    }

    /** Whether the time has passed; false, at once, while two others wait. */
    boolean await() {
        if (!free.tryAcquire()) {
            return false;
        }
        try {
            pause.sleep(DELAY);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            free.release();
        }
    }
}
