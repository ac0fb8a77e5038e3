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
import org.mxhooks.terminal.Progress;

/**
 * Sends many deliveries. With a rate, response times count from the time at which a delivery was due, so that a slow
 * server does not improve its figures by delaying requests (coordinated omission).
 *
 * @param rate per second; empty for as fast as answers come
 * @param parallel how many wait for their answers at once
 */
record BulkSender(int count, Optional<Double> rate, int parallel) {

    private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(100);

    /** Sends a request and returns the answer. */
    interface RequestSender {
        Answer send(HttpRequest request) throws IOException, InterruptedException;
    }

    /**
     * Returns when all have ended.
     *
     * @param request the n-th, from 0
     * @param progress updated while they are sent
     */
    SendStatistics fire(IntFunction<HttpRequest> request, RequestSender sender, Progress progress)
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
            while (!senders.awaitTermination(PROGRESS_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                progress.update(tally.done());
            }
        } finally {
            senders.shutdownNow();
            progress.end();
        }
        return tally;
    }

    private void sendAll(
            AtomicInteger next,
            long start,
            IntFunction<HttpRequest> request,
            RequestSender sender,
            SendStatistics tally) {
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

    private static void send(HttpRequest request, long from, RequestSender sender, SendStatistics tally)
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
