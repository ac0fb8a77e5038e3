package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.ERROR;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.mxhooks.resilience.Shutdown;
import org.mxhooks.resilience.Turns;

/**
 * Gives up what takes too long, on a thread that waits for nothing else: neither for the database nor for a consumer.
 */
final class Watchdog {

    private static final System.Logger LOG = System.getLogger(Watchdog.class.getName());
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final Roster roster;
    private final Turns turns;
    private final Thread thread;
    private final Semaphore end = new Semaphore(0);
    private Throwable fault;

    Watchdog(Roster roster, Turns turns, ThreadFactory threads) {
        this.roster = roster;
        this.turns = turns;
        thread = threads.newThread(this::run);
        thread.setName("mxhooks-watchdog");
    }

    void start() {
        thread.start();
    }

    private void run() {
        boolean ended = false;
        while (!ended) {
            try {
                look();
                ended = end.tryAcquire(INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                ended = Shutdown.isRequested();
            } catch (RuntimeException | Error e) {
                fault = e; // where memory is short even a log entry may be too much: it is made at the next look
            }
        }
    }

    private void look() {
        if (fault != null) {
            LOG.log(ERROR, "Unexpected failure while looking for calls that take too long; it continues", fault);
            fault = null;
        }
        roster.all().forEach(ConsumerCoordinator::giveUpLate);
        turns.relieve().stream().anyMatch(this::giveUp);
    }

    /** Returns false where the thread is at work for no consumer just now, but waits for the database for example. */
    private boolean giveUp(Thread hanging) {
        return roster.all().stream().anyMatch(coordinator -> coordinator.giveUp(hanging));
    }

    /** Ends it. */
    void stop() throws InterruptedException {
        end.release();
        thread.join(STOP_TIMEOUT.toMillis());
    }
}
