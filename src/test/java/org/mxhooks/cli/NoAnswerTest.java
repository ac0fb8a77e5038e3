package org.mxhooks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages of requests that fail. */
class NoAnswerTest extends Conversation {

    @ParameterizedTest
    @CsvSource({
        "400, Bad Request",
        "403, Forbidden",
        "404, Not Found",
        "409, Conflict",
        "429, Too Many Requests",
        "503, Service Unavailable"
    })
    void aProblemIsReportedInALine(int status, String title) {
        problem(status, title, "The parameter state cannot be\\n'x'; allowed: \\u001b[31mdead.");

        assertThat(consumers()).isEqualTo(1);
        assertThat(shell.err().lines())
                .containsExactly("mxhooks: %s %s: The parameter state cannot be 'x'; allowed: ?[31mdead."
                        .formatted(status, title));
        assertThat(shell.out()).isEmpty();
    }

    @Test
    void anUnknownUserLearnsWhichPasswordWasTried() throws IOException {
        problem(401, "Unauthorized", "The operator's name and password are asked for.");

        assertThat(consumers()).isEqualTo(1);
        assertThat(shell.err()).contains("user admin with the password in " + home.resolve("operator.password"));

        String other = shell.file("other.password", "other");
        assertThat(consumers("--user", "eve", "--password-file", other)).isEqualTo(1);
        assertThat(shell.err()).contains("user eve with the password in " + other);
    }

    @Test
    void aMissingPasswordIsReportedWithPlaceAndRemedy() throws IOException {
        Files.delete(home.resolve("operator.password"));

        assertThat(consumers()).isEqualTo(2);
        assertThat(shell.err()).contains(home.resolve("operator.password") + " (no such file)", "--password-file");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void emptyVariablesAndOptionsCountAsUnset(String empty) {
        server.answers("GET /api/v1/consumers", 200, "[]");
        shell.with("MXHOOKS_URL", empty).with("MXHOOKS_USER", empty).with("MXHOOKS_PASSWORD_FILE", empty);

        assertThat(consumers("--user=" + empty, "--password-file=" + empty)).isZero();

        shell.with("MXHOOKS_URL", server.application());
        assertThat(shell.run("consumers", "--url=" + empty)).isZero();
        assertThat(server.requests())
                .extracting(request -> request.header("Authorization"))
                .containsOnly(
                        "Basic " + Base64.getEncoder().encodeToString(("admin:" + Shell.PASSWORD).getBytes(UTF_8)));
    }

    @Test
    void optionsWinOverVariables() throws IOException {
        server.answers("GET /api/v1/consumers", 200, "[]");
        shell.with("MXHOOKS_URL", "http://127.0.0.1:1/")
                .with("MXHOOKS_USER", "eve")
                .with("MXHOOKS_PASSWORD_FILE", "nowhere");

        assertThat(consumers("--user=vera", "--password-file=" + shell.file("v", "\uFEFFother\r\n\r\n")))
                .isZero();
        assertThat(server.request().header("Authorization")).isEqualTo("Basic dmVyYTpvdGhlcg==");
    }

    @ParameterizedTest
    @CsvSource({"200, <h1>Welcome</h1>", "404, <h1>Nothing here</h1>", "302, ''", "500, []"})
    void anotherServerIsRecognised(int status, String body) {
        server.answers(status, body);

        assertThat(consumers()).isEqualTo(1);
        assertThat(shell.err()).contains("--url").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[1]", "null", "7", "[{}, []]"})
    void anAnswerOfAnotherShapeIsNoFault(String body) {
        server.answers(200, body);

        for (String command :
                new String[] {"consumers", "deliveries", "dead", "endpoints", "tail", "delivery 1", "consumers pause x"
                }) {
            String[] words = (command + " --url " + server.application()).split(" ");
            assertThat(shell.run(words)).as(command).isIn(0, 1);
            assertThat(shell.err()).doesNotContain("Exception");
        }
    }

    static List<String> beyondTheParsersLimits() {
        return List.of(
                "[".repeat(100_000),
                "{\"title\":".repeat(5_000) + "1" + "}".repeat(5_000),
                "[".repeat(5_000) + "]".repeat(5_000),
                "[{\"paused\":1e99999999999}]",
                "{\"deliveries\":[{\"resourceId\":1e99999999999}]}",
                "[" + "9".repeat(2_000) + "]");
    }

    @ParameterizedTest
    @MethodSource("beyondTheParsersLimits")
    void anAnswerBeyondTheParsersLimitsIsNoFault(String body) {
        for (int status : new int[] {200, 400, 503}) {
            server.answers(status, body);

            for (String command : List.of("consumers", "deliveries", "delivery 1", "send story-created")) {
                String url = command.startsWith("send") ? server.url() : server.application();
                assertThat(shell.run((command + " --url " + url).split(" ")))
                        .as(command)
                        .isEqualTo(1);
                assertThat(shell.out() + shell.err())
                        .contains("--url")
                        .doesNotContain("Exception", "fault of this program")
                        .hasLineCount(1);
            }
        }
    }

    @Test
    void anUnavailableServerIsReportedWithRemedy() {
        server.close();

        assertThat(consumers()).isEqualTo(3);
        assertThat(shell.err())
                .contains("no answer from " + server.application() + " (the connection is refused)", "Start it");
    }

    @Test
    void aConnectionThatBreaksIsNoAnswer() {
        server.hangsUp();

        assertThat(consumers()).isEqualTo(3);
    }

    /** A redirect could take the password elsewhere. */
    @Test
    void redirectsAreNotFollowed() {
        server.answers(302, "");

        assertThat(consumers()).isEqualTo(1);
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://192.0.2.1/mxhooks", "http://mxhooks.invalid/mxhooks"})
    void aPasswordIsNotSentWithoutHttps(String url) {
        assertThat(shell.run("consumers", "--url", url)).isEqualTo(2);
        assertThat(shell.err()).contains("without HTTPS", "https");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://127.0.0.1/", "127.0.0.1", "http:///mxhooks", "mxhooks"})
    void aUrlThatIsNotOfHttpIsRefused(String url) {
        assertThat(shell.run("consumers", "--url", url)).isEqualTo(2);
        assertThat(shell.err()).contains("http or https --url");
    }

    private void problem(int status, String title, String detail) {
        server.answers(status, "{\"title\":\"%s\",\"status\":%s,\"detail\":\"%s\"}".formatted(title, status, detail));
    }

    private int consumers(String... args) {
        String[] all = new String[args.length + 3];
        System.arraycopy(args, 0, all, 3, args.length);
        all[0] = "consumers";
        all[1] = "--url";
        all[2] = server.application();
        return shell.run(all);
    }
}
