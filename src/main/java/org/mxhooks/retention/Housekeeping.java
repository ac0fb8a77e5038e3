package org.mxhooks.retention;

import static java.lang.System.Logger.Level.WARNING;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.mxhooks.database.Database;

/** Does small steps of work that nobody waits for, on a thread of its own, until it is closed. */
final class Housekeeping implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Housekeeping.class.getName());
    private static final Duration BETWEEN_STEPS = Duration.ofMillis(50);
    private static final Duration REST = Duration.ofMinutes(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(15);

    private final Database database;
    private final List<Chore> chores;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);

    /** A step of work; tells whether there may be more to do now. */
    interface Chore {
        boolean step() throws SQLException;
    }

    Housekeeping(Database database, List<Chore> chores, ThreadFactory threads) {
        this.database = database;
        this.chores = chores;
        thread = threads.newThread(this::run);
        thread.setName("mxhooks-housekeeping");
    }

    void start() {
        thread.start();
    }

    /** Lets the step that runs come to its end. */
    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(STOP_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            Duration pause = BETWEEN_STEPS;
            while (!stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = database.isOpen() && anyHasMore() ? BETWEEN_STEPS : REST;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean anyHasMore() {
        boolean more = false;
        for (Chore chore : chores) {
            more |= step(chore);
        }
        return more;
    }

    private static boolean step(Chore chore) {
        try {
            return chore.step();
        } catch (SQLException | RuntimeException | Error e) {
            LOG.log(WARNING, "Housekeeping failed; retrying in 1 min: {0}", e.toString());
            return false;
        }
    }
}
