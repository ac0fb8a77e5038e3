package org.mxhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendManyTest extends Conversation {

    @ParameterizedTest
    @CsvSource({"story-updated, Story, StoryId, 4711", "sprint-created, Sprint, SprintId, 88"})
    void eachSampleIsOfAResourceOfItsOwn(String sample, String resource, String id, int first) {
        assertThat(send(sample, "--count", "5")).isZero();

        assertThat(server.requests())
                .allMatch(received -> received.isSignedWith(Shell.SECRET, "sha256-50"))
                .extracting(received -> received.json().getJsonObject(resource).getInt(id))
                .containsExactlyInAnyOrder(first, first + 1, first + 2, first + 3, first + 4);
        assertThat(server.requests())
                .extracting(received -> received.header("MxAPI-Projects-Delivery"))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"teamserver-push, branchName, main", "alert-critical, service, Application Status"})
    void eachSampleOfADeploymentIsOfAResourceOfItsOwn(String sample, String name, String first) {
        assertThat(send(sample, "--count", "3")).isZero();

        assertThat(server.requests())
                .extracting(received -> received.json().getString(name))
                .containsExactlyInAnyOrder(first, first + "-1", first + "-2");
        assertThat(server.requests())
                .extracting(received -> received.header("webhook-id"))
                .doesNotHaveDuplicates();
    }

    @Test
    void aFileIsTheSameEachTime() throws IOException {
        assertThat(send(shell.body("alert.json"), "--count", "3")).isZero();

        assertThat(server.requests())
                .hasSize(3)
                .extracting(received -> received.json().toString())
                .containsOnly(server.requests().get(0).json().toString());
    }

    @Test
    void theSummaryCountsAnswersAndShowsResponseTimes() {
        assertThat(send("story-updated", "--count", "20", "--parallel", "3")).isZero();

        assertThat(shell.lines()).hasSize(3);
        assertThat(shell.lines().get(0)).matches("20 sent in \\d+\\.\\d s, \\d+\\.\\d/s");
        assertThat(shell.lines().get(1)).isEqualTo("accepted 20, duplicate 0, refused 0, unavailable 0, no answer 0");
        assertThat(shell.lines().get(2))
                .matches("response time in ms: p50 [\\d.]+, p90 [\\d.]+, p99 [\\d.]+, max [\\d.]+");
        assertThat(shell.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"receipt\":\"duplicate\",\"delivery\":\"x\"}  | duplicate 4   | 0",
                "401 | {\"title\":\"Unauthorized\",\"detail\":\"No.\"} | refused 4     | 1",
                "404 | nothing                                         | refused 4     | 1",
                "503 | {\"title\":\"Service Unavailable\"}             | unavailable 4 | 1"
            })
    void answersAreCountedByKind(int status, String body, String counted, int exitCode) {
        server.answers(status, body);

        assertThat(send("story-updated", "--count", "4")).isEqualTo(exitCode);
        assertThat(shell.lines().get(1)).contains(counted, "accepted 0");
        assertThat(shell.out().contains("first problem: " + status)).isEqualTo(exitCode != 0);
    }

    @Test
    void whoHasNoAnswerIsCountedAndTheOthersGoOn() {
        server.hangsUp();

        assertThat(send("story-updated", "--count", "4")).isEqualTo(3);
        assertThat(shell.lines().get(1)).contains("no answer 4");
        assertThat(shell.lines()).noneMatch(line -> line.startsWith("answered"));
    }

    /** The last is due after (count - 1) / rate, not before. */
    @Test
    void theRateIsNotExceeded() {
        long start = System.nanoTime();

        assertThat(send("story-updated", "--count", "26", "--rate", "50")).isZero();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(500_000_000);
        assertThat(server.requests()).hasSize(26);
    }

    @Test
    void progressIsShownOnATerminalAndRemoved() {
        shell.at(80);

        assertThat(send("story-updated", "--count", "60", "--rate", "200")).isZero();
        assertThat(shell.err()).contains("/60  ").endsWith("\r\u001b[K");
    }

    @ParameterizedTest
    @CsvSource({
        "--count=0",
        "--count=-1",
        "--count=x",
        "--rate=0",
        "--rate=-1",
        "--rate=NaN",
        "--parallel=0",
        "--parallel=1001"
    })
    void whatIsOutOfRangeIsRefused(String option) {
        assertThat(send("story-updated", option)).isEqualTo(2);
        assertThat(shell.err()).contains(option.substring(0, option.indexOf('=')));
        assertThat(server.requests()).isEmpty();
    }

    private int send(String... args) {
        List<String> all = new ArrayList<>(List.of("send", "--url", server.url()));
        all.addAll(Arrays.asList(args));
        return shell.run(all.toArray(String[]::new));
    }
}
