package org.mxhooks.dispatch;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A consumer's own threads, so that it cannot take those of others. Workers that hang are replaced, as many again; if
 * those hang too the consumer stands still.
 */
final class WorkerPool {

    private static final int WORKERS = 4;

    private final AtomicInteger active = new AtomicInteger();
    private final ThreadPoolExecutor threads;

    WorkerPool(ThreadFactory factory) {
        threads = new ThreadPoolExecutor(
                WORKERS,
                2 * WORKERS,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                factory,
                new ThreadPoolExecutor.DiscardPolicy());
        threads.allowCoreThreadTimeOut(true);
    }

    /** Runs work on a thread, then what is to be done in any case: also where there is no thread to be had. */
    void execute(Runnable work, Runnable end) {
        active.incrementAndGet();
        try {
            threads.execute(() -> {
                try {
                    work.run();
                } finally {
                    active.decrementAndGet();
                    end.run();
                }
            });
        } catch (RuntimeException | Error noThread) {
            active.decrementAndGet();
            end.run();
            throw noThread;
        }
    }

    /** How much work is queued or runs. */
    int active() {
        return active.get();
    }

    /** Adds a worker for each that hangs, up to the limit. */
    void replace(int hanging) {
        threads.setCorePoolSize(WORKERS + Math.min(WORKERS, hanging));
    }

    /** Takes no further work. */
    void shutdown() {
        threads.shutdown();
    }

    boolean awaitEnd(long timeout, TimeUnit unit) throws InterruptedException {
        return threads.awaitTermination(timeout, unit);
    }

    void interrupt() {
        threads.shutdownNow();
    }
}
