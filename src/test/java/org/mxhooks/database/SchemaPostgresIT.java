package org.mxhooks.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaPostgresIT extends SchemaSuite {

    @Override
    TestDatabase empty() throws SQLException {
        return TestDatabase.postgres();
    }

    @Override
    String remedy() {
        return "stop all nodes and execute: drop schema mxhooks cascade";
    }

    /** Such an index waits for every transaction that began before it; what is left of it is not valid. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void buildsAnIndexAgainThatWasInterrupted(boolean killed) throws Exception {
        database.migrated();
        Schema next = nextRelease();
        try (Connection old = database.dataSource().getConnection();
                Statement snapshot = old.createStatement()) {
            old.setAutoCommit(false);
            old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            snapshot.execute("select 1");
            CompletableFuture<Void> migration = CompletableFuture.runAsync(() -> migrate(next));
            await().until(database::someoneWaitsForALock);
            if (killed) {
                rows(
                        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
            }

            assertThat(migration).failsWithin(Duration.ofMinutes(1));
            assertThat(isIndexValid()).containsExactly("f");
            old.rollback();
        }
        next.migrate();

        assertThat(isIndexValid()).containsExactly("t");
    }

    private List<String> isIndexValid() throws SQLException {
        return rows("select indisvalid from pg_index where indexrelid = 'mxhooks.delivery_weight'::regclass");
    }

    private static void migrate(Schema schema) {
        try {
            schema.migrate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
