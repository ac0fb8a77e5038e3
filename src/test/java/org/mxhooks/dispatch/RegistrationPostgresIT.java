package org.mxhooks.dispatch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxhooks.database.Sql;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.database.Transaction;
import org.mxhooks.inbox.Place;

/**
 * Two nodes register a consumer at the same moment. The key of a lane's row has its cursor, so it forbids no double.
 */
@Tag("persistence")
class RegistrationPostgresIT {

    private static final String NAME = "one";
    private static final long FIRST = 7;
    private static final long SECOND = 9;

    private final ExecutorService otherNode = Executors.newSingleThreadExecutor();
    private TestDatabase database;
    private ConsumerTable consumers;
    private Future<?> registered;

    private interface End {
        void come() throws Exception;
    }

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.postgres().migrated();
        consumers = new ConsumerTable(new Sql(database.dataSource()));
    }

    @AfterEach
    void close() {
        otherNode.shutdownNow();
        database.close();
    }

    @Test
    void eachLaneHasOneCursor() throws Exception {
        registerTwice(() -> {});

        assertCursors(FIRST);
    }

    @Test
    void theSecondNodeRegistersWhatTheFirstRollsBack() throws Exception {
        assertThatThrownBy(() -> registerTwice(() -> {
                    throw new IllegalStateException("the first node ends");
                }))
                .hasMessage("the first node ends");

        assertCursors(SECOND);
    }

    /** @param end of the first one's transaction, for which the second waits */
    private void registerTwice(End end) throws Exception {
        transaction().run(() -> {
            consumers.register(NAME, FIRST);
            registered = otherNode.submit(() -> {
                transaction().run(() -> consumers.register(NAME, SECOND));
                return null;
            });
            await().atMost(Duration.ofSeconds(15)).until(database::someoneWaitsForALock);
            end.come();
        });
    }

    private Transaction transaction() {
        return new Transaction(database.transaction(), Duration.ofSeconds(20));
    }

    private void assertCursors(long cursor) throws Exception {
        registered.get(30, SECONDS);
        assertThat(new Sql(database.dataSource())
                        .query(
                                "select lane from mxhooks.lane where cursor = ? order by lane",
                                row -> row.getInt(1),
                                cursor))
                .containsExactlyElementsOf(
                        IntStream.range(0, Place.LANES).boxed().toList());
        assertThat(new Sql(database.dataSource()).query("select count(*) from mxhooks.lane", row -> row.getInt(1)))
                .containsExactly(Place.LANES);
    }
}
