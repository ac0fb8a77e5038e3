package org.mxhooks.inbox;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.database.TestDatabase;

/** How many deliveries of 1.2 kB the inbox accepts in a second, without HTTP, with so many waiting at any time. */
@Tag("benchmark")
class InboxBenchmark {

    private static final int ROUNDS = Integer.getInteger("rounds", 3);

    @Test
    void acceptsOnPostgres() throws Exception {
        try (TestDatabase database = TestDatabase.syncedPostgres().migrated()) {
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
            AcceptLoad.accept(inbox, 64); // warms up
            for (int round = 0; round < ROUNDS; round++) {
                for (int waiting : new int[] {1, 32, 512}) {
                    System.out.printf(
                            "%s, %d waiting: %d accepts/s%n", what, waiting, AcceptLoad.accept(inbox, waiting));
                }
            }
        }
    }
}
