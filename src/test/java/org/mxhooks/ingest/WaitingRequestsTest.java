package org.mxhooks.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.Answer;
import org.mxhooks.inbox.Arrivals;

class WaitingRequestsTest {

    private static final int THREADS = 2;
    private static final int SENDERS = 16;

    @TempDir
    private Path home;

    @Test
    void holdNoThreadOfTheServer() throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try (Edge edge = Edge.withThreads(home, THREADS);
                Connection blocker = edge.database().database().connect();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("select id from mxhooks.log_head for update");
            edge.inbox().append(Arrivals.story(1, "the group that waits for the lock"));
            await().until(() -> edge.database().someoneWaitsForALock());

            List<CompletableFuture<Answer>> waiting = IntStream.range(0, SENDERS)
                    .mapToObj(sender -> CompletableFuture.supplyAsync(() -> send(edge, sender), senders))
                    .toList();
            await().until(() -> edge.meters()
                            .get("mxhooks.inbox.waiting.deliveries")
                            .gauge()
                            .value()
                    == SENDERS);
            edge.post("{}".getBytes(UTF_8)).send().isProblem(401);
            assertThat(waiting).noneMatch(CompletableFuture::isDone);

            blocker.rollback();
            assertThat(waiting)
                    .extracting(CompletableFuture::join)
                    .extracting(Answer::status)
                    .containsOnly(202);
        } finally {
            senders.shutdown();
        }
    }

    private static Answer send(Edge edge, int sender) {
        return edge.signed("{\"sender\":%s}".formatted(sender).getBytes(UTF_8)).send();
    }
}
