package org.mxhooks.inbox;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.database.TestDatabase;

/**
 * What {@code kill -9} leaves of the embedded database: the file as it is between two commits. A file that was opened a
 * minute ago is another thing than a young one, because H2 then writes over the space that it freed; here it does so
 * after seconds.
 */
@Tag("persistence")
class AgedFileEmbeddedIT {

    private static final Duration FREED_SPACE_KEPT = Duration.ofSeconds(4);

    private static final Duration AGE = FREED_SPACE_KEPT.multipliedBy(4);

    /** As consumers do after each delivery. */
    private static final String MOVE_A_CURSOR = "update mxhooks.retention set cursor = cursor + 1";

    private static final String FILE = "mxhooks.mv.db";
    private static final int MIN_COPIES = 100;
    private static final int MAX_COPIES_WAITING = 2;

    private final ExecutorService recoveries = Executors.newFixedThreadPool(MAX_COPIES_WAITING);
    private final Semaphore room = new Semaphore(MAX_COPIES_WAITING);

    @TempDir
    private Path directory;

    @Test
    void hasEveryAcknowledgedDeliveryAfterEachCommit() throws Exception {
        AtomicInteger acknowledged = new AtomicInteger();
        List<CompletableFuture<String>> recovered = new ArrayList<>();
        try (TestDatabase database = TestDatabase.h2(Files.createDirectory(directory.resolve("home")))
                        .migrated();
                Inbox inbox = new Inbox(
                        database.database(),
                        database.dataSource(),
                        Executors.defaultThreadFactory(),
                        new SimpleMeterRegistry())) {
            execute(database, "set retention_time " + FREED_SPACE_KEPT.toMillis());
            long end = System.nanoTime() + AGE.toNanos();
            while (System.nanoTime() < end || recovered.size() < MIN_COPIES) {
                room.acquire();
                append(inbox, acknowledged.incrementAndGet());
                execute(database, MOVE_A_CURSOR);
                recovered.add(recover(copy(recovered.size()), acknowledged.get()));
            }
            room.acquire(MAX_COPIES_WAITING);
        } finally {
            recoveries.shutdown();
        }

        assertThat(recovered.stream().map(CompletableFuture::join).filter(lost -> !lost.isEmpty()))
                .isEmpty();
    }

    private static void append(Inbox inbox, int number) {
        Receipt receipt = inbox.append(Arrivals.story(number % 7, "number " + number))
                .toCompletableFuture()
                .orTimeout(30, SECONDS)
                .join();
        assertThat(receipt).isInstanceOf(Receipt.Accepted.class);
    }

    /** On a connection of the pool. */
    private static void execute(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Path copy(int number) throws IOException {
        Path copy = Files.createDirectory(directory.resolve("copy" + number));
        Files.copy(directory.resolve("home").resolve(FILE), copy.resolve(FILE));
        return copy;
    }

    private CompletableFuture<String> recover(Path copy, int acknowledged) {
        return CompletableFuture.supplyAsync(() -> lost(copy, acknowledged), recoveries)
                .whenComplete((lost, fault) -> room.release());
    }

    private static String lost(Path copy, int acknowledged) {
        try {
            int there = deliveries(copy);
            Files.delete(copy.resolve(FILE));
            return there == acknowledged ? "" : "%s has %s of %s".formatted(copy, there, acknowledged);
        } catch (SQLException | IOException e) {
            return "%s: %s".formatted(copy, e);
        }
    }

    private static int deliveries(Path copy) throws SQLException {
        try (TestDatabase database = TestDatabase.h2(copy);
                Connection connection = database.database().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from mxhooks.delivery")) {
            row.next();
            return row.getInt(1);
        }
    }
}
