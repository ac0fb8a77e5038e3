package org.mxhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionsViewTest extends Conversation {

    private static final String ID = "54105cd3-6741-44c4-b6a6-dd578535e387";
    private static final String PATH = "/api/v1/subscriptions";
    private static final String ONE = """
            {"id":"%s","name":"builds","url":"https://build.example.com/hooks","version":"1","events":["stories","sprints"],
            "filter":{"apps":[],"actions":[]},"format":"projects","headers":{},"active":%s,"state":"%s","secretFingerprint":"0123456789ab",
            "createdAt":"2026-05-04T10:00:00Z"%s}""";

    @Test
    void areATable() {
        server.answers("GET " + PATH, 200, "[" + one(true, "") + "]");

        assertThat(run()).isZero();
        assertThat(shell.lines())
                .containsExactly(
                        "ID                                    NAME    STATE    EVENTS            FINGERPRINT   URL",
                        ID + "  builds  running  stories, sprints  0123456789ab  https://build.example.com/hooks");
    }

    @Test
    void showTheirSecretOnceWhenCreated() throws IOException {
        server.answers("POST " + PATH, 201, one(false, ",\"secret\":\"whsec_new\""));
        String file = shell.file("a.secret", "the secret of a receiver\n");

        assertThat(run(
                        "create",
                        "--name",
                        "builds",
                        "--to",
                        "https://build.example.com/hooks",
                        "--events",
                        "stories,sprints",
                        "--format",
                        "standard-webhooks",
                        "--secret-file",
                        file,
                        "--paused"))
                .isZero();

        assertThat(server.request().json().toString())
                .isEqualTo(
                        "{\"name\":\"builds\",\"url\":\"https://build.example.com/hooks\",\"events\":[\"stories\",\"sprints\"],"
                                + "\"active\":false,\"format\":\"standard-webhooks\",\"secret\":\"the secret of a receiver\"}");
        assertThat(shell.out()).contains("paused", "secret: whsec_new");
        assertThat(shell.err()).contains("not shown again");
    }

    @ParameterizedTest
    @CsvSource({"pause, false, paused", "resume, true, running"})
    void changeTheirState(String command, boolean active, String state) {
        server.answers("POST " + PATH + "/" + ID + "/" + command, 200, one(active, ""));

        assertThat(run(command, ID)).isZero();
        assertThat(shell.out()).contains(state);
    }

    @ParameterizedTest
    @CsvSource({"200, 0", "204, 0", "404, 1"})
    void areTested(int status, int exitCode) {
        server.answers(
                "POST " + PATH + "/" + ID + "/test",
                200,
                "{\"delivery\":\"%s\",\"startedAt\":\"2026-05-04T10:00:00.5Z\",\"durationMs\":7,\"status\":%s}"
                        .formatted(ID, status));

        assertThat(run("test", ID)).isEqualTo(exitCode);
        assertThat(shell.out()).contains(String.valueOf(status), "2026-05-04T10:00:00Z");
    }

    @Test
    void withoutAnAnswerAreNotTestedWell() {
        server.answers(
                "POST " + PATH + "/" + ID + "/test",
                200,
                "{\"delivery\":\"%s\",\"startedAt\":\"2026-05-04T10:00:00.5Z\",\"durationMs\":7,\"error\":\"refused\"}"
                        .formatted(ID));

        assertThat(run("test", ID)).isEqualTo(1);
        assertThat(shell.out()).contains("refused");
    }

    @Test
    void getAnotherSecret() {
        server.answers("POST " + PATH + "/" + ID + "/rotate-secret", 200, one(true, ",\"secret\":\"whsec_other\""));

        assertThat(run("rotate-secret", ID)).isZero();

        assertThat(server.request().json()).isEmpty();
        assertThat(shell.out()).contains("secret: whsec_other");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "2, 1"})
    void areEncryptedUnderTheCurrentKey(int remaining, int exitCode) {
        server.answers(
                "POST " + PATH + "/re-encrypt", 200, "{\"reEncrypted\":3,\"remaining\":%s}".formatted(remaining));

        assertThat(run("re-encrypt")).isEqualTo(exitCode);
        assertThat(shell.lines()).containsExactly("re-encrypted: 3, still under another key: %s".formatted(remaining));
    }

    @Test
    void areDeletedOnlyAfterAQuestion() {
        server.answers("GET " + PATH + "/" + ID, 200, one(true, "")).answers("DELETE " + PATH + "/" + ID, 204, "");

        assertThat(run("delete", ID)).isEqualTo(2);
        assertThat(shell.err()).contains("Pass --yes");
        assertThat(server.lines()).noneMatch(line -> line.startsWith("DELETE"));

        assertThat(run("delete", ID, "--yes")).isZero();
        assertThat(server.lines()).contains("DELETE " + PATH + "/" + ID);
        assertThat(shell.err()).contains("builds is deleted");
    }

    @Test
    void areShownInFull() {
        String subscription = one(
                        false,
                        ",\"pauseReason\":\"the subscriber answered 410 Gone\",\"breaker\":{\"state\":\"open\",\"since\":\"2026-05-04T10:00:00.5Z\","
                                + "\"nextProbeAt\":\"2026-05-04T10:00:09Z\",\"consecutiveFailures\":7,\"cause\":\"it answered 500\"}")
                .replace("\"headers\":{}", "\"headers\":{\"X-Key\":\"****\"}")
                .replace("\"actions\":[]", "\"actions\":[\"created\"]");
        server.answers("GET " + PATH + "/" + ID, 200, subscription);

        assertThat(run("show", ID)).isZero();

        assertThat(shell.lines())
                .containsExactly(
                        "id             " + ID,
                        "name           builds",
                        "url            https://build.example.com/hooks",
                        "state          paused: the subscriber answered 410 Gone",
                        "breaker        open since 2026-05-04T10:00:00Z",
                        "next probe     2026-05-04T10:00:09Z",
                        "failed calls   7 in a row",
                        "cause          it answered 500",
                        "events         stories, sprints",
                        "actions        created",
                        "format         projects",
                        "version        1",
                        "headers        X-Key",
                        "fingerprint    0123456789ab",
                        "created        2026-05-04T10:00:00Z");
    }

    @Test
    void showTheirAttempts() {
        server.answers(
                "GET " + PATH + "/" + ID + "/attempts?limit=50",
                200,
                "{\"attempts\":[{\"delivery\":\"%s\",\"startedAt\":\"2026-05-04T10:00:00.5Z\",\"durationMs\":7,\"status\":500,\"responseExcerpt\":\"no\",\"nextAttemptAt\":\"2026-05-04T10:00:02Z\"}]}"
                        .formatted(ID));

        assertThat(run("attempts", ID)).isZero();
        assertThat(shell.out()).contains(ID, "500", "2026-05-04T10:00:02Z", "no");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause", "resume"})
    void areNamedByTheirName(String command) {
        server.answers("GET " + PATH, 200, "[" + one(true, "") + "]");
        server.answers("POST " + PATH + "/" + ID + "/" + command, 200, one(true, ""));

        assertThat(run(command, "builds")).isZero();
        assertThat(shell.out()).contains(ID);
        assertThat(run(command, "build")).isEqualTo(1);
        assertThat(shell.err())
                .contains("There is no subscription with this name or id; the subscriptions are: builds.");
    }

    @Test
    void explainWhatIsRefused() {
        server.answers(
                "POST " + PATH,
                400,
                "{\"title\":\"Bad Request\",\"status\":400,\"detail\":\"url cannot be called: http is not encrypted.\"}");

        assertThat(run("create", "--name", "x", "--to", "http://x", "--events", "stories"))
                .isEqualTo(1);
        assertThat(shell.err()).contains("http is not encrypted");
    }

    private static String one(boolean active, String more) {
        return ONE.formatted(ID, active, active ? "running" : "paused", more).replace("\n", "");
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("subscriptions"));
        all.addAll(Arrays.asList(arguments));
        all.addAll(List.of("--url", server.application()));
        return shell.run(all.toArray(String[]::new));
    }
}
