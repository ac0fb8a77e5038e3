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
 * Asks what may take for ever to answer. It is never asked twice at the same time, an answer is good for a second, and
 * two seconds after it was asked nobody waits any more. Safe for use by many threads.
 */
final class Question<T> {

    private static final Duration GOOD_FOR = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Supplier<CompletionStage<T>> source;
    private Asked<T> last;

    private record Asked<T>(CompletableFuture<T> answer, long at) {
        boolean isOld() {
            return answer.isDone() && System.nanoTime() - at > GOOD_FOR.toNanos();
        }

        long patienceLeft() {
            return at + PATIENCE.toNanos() - System.nanoTime();
        }
    }

    /** @param source returns at once */
    Question(Supplier<CompletionStage<T>> source) {
        this.source = source;
    }

    /** One whose answer is worked out on a thread of its own each time. */
    static <T> Question<T> onThread(ThreadFactory threads, Callable<T> source) {
        return new Question<>(() -> {
            CompletableFuture<T> answer = new CompletableFuture<>();
            threads.newThread(() -> {
                        try {
                            answer.complete(source.call());
                        } catch (Throwable e) {
                            answer.completeExceptionally(e);
                        }
                    })
                    .start();
            return answer;
        });
    }

    /** The answer; empty if none came in time, or the asking failed. */
    Optional<T> answer() {
        Asked<T> asked = asked();
        try {
            return Optional.of(asked.answer().get(Math.max(0, asked.patienceLeft()), TimeUnit.NANOSECONDS));
        } catch (TimeoutException | ExecutionException none) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private synchronized Asked<T> asked() {
        if (last == null || last.isOld()) {
            last = new Asked<>(source.get().toCompletableFuture(), System.nanoTime());
        }
        return last;
    }
}
