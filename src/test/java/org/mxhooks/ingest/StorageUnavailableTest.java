package org.mxhooks.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.Answer;
import org.mxhooks.inbox.Arrival;
import org.mxhooks.inbox.Arrivals;
import org.mxhooks.inbox.Receipt;

class StorageUnavailableTest {

    private static final int MEGABYTE = 1024 * 1024;
    private static final byte[] BODY = "{}".getBytes(UTF_8);

    @TempDir
    private Path home;

    private Edge edge;

    @AfterEach
    void close() {
        edge.close();
    }

    @Test
    void untilTheDatabaseIsOpenSendersMustTryAgain() throws Exception {
        edge = Edge.beforeTheDatabaseIsThere(home, Map.of());

        isUnavailable(edge.signed(BODY).send(), "the database is unavailable");
        edge.post(BODY).send().isProblem(401);

        edge.database().migrated();
        assertThat(edge.signed(BODY).send().status()).isEqualTo(202);
    }

    @Test
    void nobodyIsRefusedForADatabaseThatOpensAgain() throws Exception {
        edge = Edge.in(home);
        assertThat(edge.signed(BODY).send().status()).isEqualTo(202);
        shutDown();

        assertThat(edge.signed(BODY).send().status()).isEqualTo(200);
    }

    @Test
    void anUnavailableDatabaseRefusesAndRecoversByItself() throws Exception {
        edge = Edge.in(home);
        assertThat(edge.signed(BODY).send().status()).isEqualTo(202);
        shutDown();
        Path file = databaseFile();
        Path kept = Files.move(file, home.resolve("kept"));
        Files.createDirectory(file);

        isUnavailable(edge.signed(BODY).send(), "the database is unavailable");

        Files.delete(file);
        Files.move(kept, file);
        await().untilAsserted(
                        () -> assertThat(edge.signed(BODY).send().status()).isEqualTo(200));
    }

    private void shutDown() throws SQLException {
        try (Connection connection = edge.database().database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("shutdown immediately");
        }
    }

    private Path databaseFile() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(home, "*.mv.db")) {
            return files.iterator().next();
        }
    }

    @Test
    void aFullQueueRefusesAtOnce() throws Exception {
        edge = Edge.in(home);
        try (Connection blocker = edge.database().database().connect();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("select id from mxhooks.log_head for update");
            Arrival megabyte = Arrivals.story(1, "x".repeat(MEGABYTE));
            edge.inbox().append(megabyte);
            await().until(() -> someoneWaitsForTheLock(statement));
            fillTheQueueWith(megabyte);

            isUnavailable(edge.signed(new byte[MEGABYTE]).send(), "too many deliveries wait");
            blocker.rollback();
        }
        await().atMost(Duration.ofMinutes(1))
                .until(() -> edge.signed(BODY).send().status(), status -> status / 100 == 2);
    }

    private void fillTheQueueWith(Arrival arrival) {
        CompletableFuture<Receipt> last;
        do {
            last = edge.inbox().append(arrival).toCompletableFuture();
        } while (!last.isDone());
    }

    private static boolean someoneWaitsForTheLock(Statement statement) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("select 1 from information_schema.sessions where blocker_id is not null")) {
            return row.next();
        }
    }

    private static void isUnavailable(Answer answer, String reason) {
        assertThat(answer.isProblem(503).header("Retry-After")).isEqualTo("5");
        assertThat(answer.json().getString("detail")).contains(reason, "again");
    }
}
