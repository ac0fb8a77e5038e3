package org.mxhooks.retention;

import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.mxhooks.database.Database;

/** Does small steps of work that nobody waits for, on a thread of its own, until it is closed. */
final class Housekeeping implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Housekeeping.class.getName());
    private static final Duration STEP_PAUSE = Duration.ofMillis(50);
    private static final Duration REST = Duration.ofMinutes(1);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);

    private final Database database;
    private final List<Task> tasks;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);

    Housekeeping(Database database, List<Task> tasks, ThreadFactory threads) {
        this.database = database;
        this.tasks = tasks;
        thread = threads.newThread(this::run);
        thread.setName("mxhooks-housekeeping");
    }

    void start() {
        thread.start();
    }

    /** Waits for the running step to end. */
    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(STOP_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            Duration pause = STEP_PAUSE;
            while (!stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = database.isOpen() && anyHasMore() ? STEP_PAUSE : REST;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean anyHasMore() {
        boolean more = false;
        for (Task task : tasks) {
            more |= step(task);
        }
        return more;
    }

    private static boolean step(Task task) {
        try {
            return task.work().step();
        } catch (Exception | Error e) {
            LOG.log(WARNING, "Housekeeping: {0} failed; retrying in 1 min: {1}", task.name(), e.toString());
            return false;
        }
    }
}
