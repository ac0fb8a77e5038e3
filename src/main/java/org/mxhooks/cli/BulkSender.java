package org.mxhooks.cli;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Many deliveries. Where a rate is given, the answer's time counts from when a delivery was due, so that a slow server
 * is not flattered by what it kept from being sent.
 *
 * @param rate per second; empty for as fast as answers come
 * @param parallel how many wait for their answers at once
 */
record BulkSender(int count, Optional<Double> rate, int parallel) {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    /** Sends one and returns its answer. */
    interface Sender {
        Answer send(HttpRequest request) throws IOException, InterruptedException;
    }

    /**
     * Returns when all have ended.
     *
     * @param request the n-th, from 0
     * @param progress told now and then, and once at the end
     */
    SendStatistics fire(IntFunction<HttpRequest> request, Sender sender, Progress progress)
            throws InterruptedException {
        SendStatistics tally = new SendStatistics(count);
        AtomicInteger next = new AtomicInteger();
        long start = System.nanoTime();
        ExecutorService senders = Executors.newFixedThreadPool(Math.min(parallel, count));
        try {
            for (int i = 0; i < Math.min(parallel, count); i++) {
                senders.execute(() -> sendAll(next, start, request, sender, tally));
            }
            senders.shutdown();
            while (!senders.awaitTermination(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                progress.tell(tally.done());
            }
        } finally {
            senders.shutdownNow();
            progress.end();
        }
        return tally;
    }

    private void sendAll(
            AtomicInteger next, long start, IntFunction<HttpRequest> request, Sender sender, SendStatistics tally) {
        try {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                long due = due(start, i);
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                send(request.apply(i), rate.isPresent() ? due : System.nanoTime(), sender, tally);
            }
        } catch (InterruptedException endedEarly) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpRequest request, long from, Sender sender, SendStatistics tally)
            throws InterruptedException {
        try {
            Answer answer = sender.send(request);
            tally.add(answer, Duration.ofNanos(System.nanoTime() - from));
        } catch (IOException e) {
            tally.addNoAnswer(e.toString());
        }
    }

    private long due(long start, int number) {
        return rate.isPresent() ? start + (long) (number / rate.get() * 1e9) : start;
    }
}
