package org.mxhooks.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.database.TestDatabase;

/** How many deliveries of 1.2 kB the inbox accepts in a second, without HTTP, with so many waiting at any time. */
@Tag("benchmark")
class InboxBenchmark {

    private static final int ROUNDS = Integer.getInteger("rounds", 3);
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final String FILLING = "x".repeat(1_100);

    private int number;

    @Test
    void acceptsOnPostgres() throws Exception {
        try (TestDatabase database = TestDatabase.postgres().migrated()) {
            measure("PostgreSQL", database);
        }
    }

    @Test
    void acceptsEmbedded(@TempDir Path home) throws Exception {
        try (TestDatabase database = TestDatabase.h2(home).migrated()) {
            measure("H2", database);
        }
    }

    private void measure(String what, TestDatabase database) throws SQLException, InterruptedException {
        try (Inbox inbox = new Inbox(
                database.database(),
                database.dataSource(),
                Executors.defaultThreadFactory(),
                new SimpleMeterRegistry())) {
            accept(inbox, 64); // warms up
            for (int round = 0; round < ROUNDS; round++) {
                for (int waiting : new int[] {1, 32, 512}) {
                    System.out.printf("%s, %d waiting: %d accepts/s%n", what, waiting, accept(inbox, waiting));
                }
            }
        }
    }

    private long accept(Inbox inbox, int waiting) throws InterruptedException {
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

    private Arrival arrival() {
        number++;
        return Arrivals.of("default", number % 5_000, (number + FILLING).getBytes(UTF_8));
    }
}
