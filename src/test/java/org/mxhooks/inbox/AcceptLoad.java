package org.mxhooks.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Deliveries of 1.2 kB, one after the other. */
public final class AcceptLoad {

    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final String FILLING = "x".repeat(1_100);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private AcceptLoad() {}

    /** Appends for 5 s with so many waiting at any time; returns how many were accepted in a second. */
    public static long accept(Inbox inbox, int waiting) throws InterruptedException {
        Semaphore free = new Semaphore(waiting);
        AtomicInteger accepted = new AtomicInteger();
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < ROUND.toNanos()) {
            free.acquire();
            inbox.append(arrival()).thenAccept(receipt -> {
                assertThat(receipt).isInstanceOf(Receipt.Accepted.class);
                accepted.incrementAndGet();
                free.release();
            });
        }
        free.acquire(waiting);
        return accepted.get() * 1_000_000_000L / (System.nanoTime() - begin);
    }

    private static Arrival arrival() {
        int number = NUMBER.incrementAndGet();
        return Arrivals.of("default", number % 5_000, (number + FILLING).getBytes(UTF_8));
    }
}
