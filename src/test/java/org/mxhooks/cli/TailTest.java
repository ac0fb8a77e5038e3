package org.mxhooks.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TailTest extends Conversation {

    private final CompletableFuture<Integer> following = new CompletableFuture<>();

    @Test
    void theLastAreShownWithTheNewestBelow() {
        newest("?limit=2", "", "c", "b");

        assertThat(shell.run("tail", "-n", "2", "--url", server.application())).isZero();
        assertThat(shown()).containsExactly("b", "c");
    }

    @Test
    void noneIsShownWhereNoneIsWanted() {
        newest("?limit=1", "", "c");

        assertThat(shell.run("tail", "-n", "0", "--url", server.application())).isZero();
        assertThat(shown()).isEmpty();
    }

    @Test
    void eachThatArrivesIsShownOnceAlsoBeyondAPage() {
        newest("?limit=10", "", "b", "a");
        newest("?limit=50", "", "b", "a");
        follow();
        await().until(() -> shown().equals(List.of("a", "b")));

        newest("?limit=50&cursor=older", "", "c", "b", "a");
        newest("?limit=50", "older", "e", "d");
        await().until(() -> shown().size() == 5);
        newest("?limit=50", "", "f", "e");
        await().until(() -> shown().size() == 6);

        assertThat(shown()).containsExactly("a", "b", "c", "d", "e", "f");
        end();
    }

    @Test
    void aRestartOfTheServerIsWaitedFor() throws IOException {
        newest("?limit=10", "", "a");
        newest("?limit=50", "", "a");
        follow();
        await().until(() -> shown().equals(List.of("a")));

        server.close();
        await().until(() -> shell.err().contains("Waiting for it."));
        server = new Receiver(server.port());
        server.answers(503, "{\"title\":\"Service Unavailable\",\"detail\":\"Storage is unavailable.\"}");
        await().until(() -> server.requests().size() > 3);
        newest("?limit=50", "", "b", "a");
        await().until(() -> shown().size() == 2);

        assertThat(shown()).containsExactly("a", "b");
        assertThat(shell.err()).containsOnlyOnce("Waiting for it.").containsOnlyOnce("available again");
        end();
    }

    @Test
    void aServerThatWasNeverThereIsNotWaitedFor() {
        server.close();

        assertThat(shell.run("tail", "-f", "--url", server.application())).isEqualTo(3);
    }

    @Test
    void jsonIsALineEach() {
        newest("?category=stories&limit=10", "", "b", "a");

        assertThat(shell.run("tail", "--json", "--category", "stories", "--url", server.application()))
                .isZero();
        assertThat(shell.lines()).containsExactly(delivery("a"), delivery("b"));
    }

    private void follow() {
        String url = server.application();
        CompletableFuture.supplyAsync(() -> shell.run("tail", "-f", "--url", url))
                .whenComplete((exitCode, fault) -> {
                    if (fault == null) {
                        following.complete(exitCode);
                    } else {
                        following.completeExceptionally(fault);
                    }
                });
    }

    /** Followers end when the server says no. */
    private void end() {
        server.answers("GET /api/v1/deliveries?limit=50", 401, "{}");
        assertThat(following.join()).isEqualTo(1);
    }

    private List<String> shown() {
        return shell.out().lines().skip(1).map(line -> line.split(" +")[1]).toList();
    }

    private void newest(String query, String next, String... ids) {
        server.answers(
                "GET /api/v1/deliveries" + query,
                200,
                "{\"deliveries\":[%s]%s}"
                        .formatted(
                                Stream.of(ids).map(TailTest::delivery).collect(joining(",")),
                                next.isEmpty() ? "" : ",\"next\":\"" + next + "\""));
    }

    private static String delivery(String id) {
        return "{\"receivedAt\":\"2026-05-04T10:00:00Z\",\"delivery\":\"%s\",\"state\":\"done\"}".formatted(id);
    }
}
