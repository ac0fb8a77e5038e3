package org.mxhooks.inbox;

import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Gives senders their receipts, on threads of its own; those that have waited too long get one without a delivery. */
final class SenderAnswers {

    private static final System.Logger LOG = System.getLogger(SenderAnswers.class.getName());
    private static final Duration SWEEP_PAUSE = Duration.ofSeconds(1);
    private static final int THREADS = 2;

    /** Answered by one thread, one after the other. */
    private static final int CHUNK = 32;

    private final Deadlines deadlines;
    private final ScheduledExecutorService threads;

    /** @param deadlines of those that wait */
    SenderAnswers(Deadlines deadlines, ThreadFactory factory) {
        this.deadlines = deadlines;
        threads = Executors.newScheduledThreadPool(THREADS, factory);
        threads.scheduleWithFixedDelay(
                this::sweep, SWEEP_PAUSE.toMillis(), SWEEP_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** No fault ends the sweeps before the node does. */
    private void sweep() {
        try {
            deadlines.sweep();
        } catch (RuntimeException | Error e) {
            LOG.log(
                    WARNING,
                    "Answering those that waited too long failed; retrying in {0}: {1}",
                    SWEEP_PAUSE,
                    e.toString());
        }
    }

    void execute(Runnable answer) {
        threads.execute(answer);
    }

    /** None of the group was kept. */
    void refuse(List<PendingAppend> group, String unavailable) {
        give(group, Collections.nCopies(group.size(), new Receipt.Unavailable(unavailable)));
    }

    /** In few tasks: to wake a thread costs more than to answer. */
    void give(List<PendingAppend> group, List<? extends Receipt> receipts) {
        for (int begin = 0; begin < group.size(); begin += CHUNK) {
            int end = Math.min(group.size(), begin + CHUNK);
            List<PendingAppend> chunk = group.subList(begin, end);
            List<? extends Receipt> results = receipts.subList(begin, end);
            threads.execute(() -> end(chunk, results));
        }
    }

    private static void end(List<PendingAppend> chunk, List<? extends Receipt> results) {
        for (int i = 0; i < chunk.size(); i++) {
            chunk.get(i).end(results.get(i));
        }
    }

    /** Waits for those that are under way. */
    void end(Duration timeout) throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.log(WARNING, "Answers to senders are still being written at shutdown");
        }
    }
}
