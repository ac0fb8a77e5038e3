package org.mxhooks.inbox;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/**
 * Completes what waits for too long. A sweep looks at the oldest only, so nothing that waits needs a timer of its own.
 * Safe for use by many threads.
 */
final class Deadlines {

    private final Queue<Deadline<?>> oldestFirst = new ConcurrentLinkedQueue<>();
    private final Duration timeout;
    private final LongSupplier nanoTime;

    Deadlines(Duration timeout, LongSupplier nanoTime) {
        this.timeout = timeout;
        this.nanoTime = nanoTime;
    }

    /** @param late what the future completes with in the end */
    private record Deadline<T>(CompletableFuture<T> future, T late, long at) {

        boolean isOver(long now) {
            return future.isDone() || at - now <= 0;
        }

        void enforce() {
            future.complete(late);
        }
    }

    <T> void add(CompletableFuture<T> future, T late) {
        oldestFirst.add(new Deadline<>(future, late, nanoTime.getAsLong() + timeout.toNanos()));
    }

    /** Completes what is late, and forgets what is done. */
    void sweep() {
        long now = nanoTime.getAsLong();
        for (Deadline<?> oldest = oldestFirst.peek();
                oldest != null && oldest.isOver(now);
                oldest = oldestFirst.peek()) {
            oldestFirst.poll();
            oldest.enforce();
        }
    }

    int size() {
        return oldestFirst.size();
    }
}
