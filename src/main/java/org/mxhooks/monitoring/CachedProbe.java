package org.mxhooks.monitoring;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Probes something that may never answer. One probe runs at a time, its result is valid for a second, and callers wait
 * for it until two seconds after it started. Safe for use by many threads.
 */
final class CachedProbe<T> {

    private static final Duration VALIDITY = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Supplier<CompletionStage<T>> source;
    private Run<T> latest;

    private record Run<T>(CompletableFuture<T> result, long startedAt) {
        boolean isExpired() {
            return result.isDone() && System.nanoTime() - startedAt > VALIDITY.toNanos();
        }

        long remainingNanos() {
            return Math.max(0, startedAt + TIMEOUT.toNanos() - System.nanoTime());
        }
    }

    /** @param source starts a probe and returns at once */
    CachedProbe(Supplier<CompletionStage<T>> source) {
        this.source = source;
    }

    /** A probe that runs on a thread of its own each time. */
    static <T> CachedProbe<T> onThread(ThreadFactory threads, Callable<T> source) {
        return new CachedProbe<>(() -> {
            CompletableFuture<T> result = new CompletableFuture<>();
            threads.newThread(() -> {
                        try {
                            result.complete(source.call());
                        } catch (Throwable e) {
                            result.completeExceptionally(e);
                        }
                    })
                    .start();
            return result;
        });
    }

    /** The result; empty if there was none in time, or the probe failed. */
    Optional<T> result() {
        Run<T> run = current();
        try {
            return Optional.of(run.result().get(run.remainingNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException | ExecutionException none) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private synchronized Run<T> current() {
        if (latest == null || latest.isExpired()) {
            latest = new Run<>(source.get().toCompletableFuture(), System.nanoTime());
        }
        return latest;
    }
}
