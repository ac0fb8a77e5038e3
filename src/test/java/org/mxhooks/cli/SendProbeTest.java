package org.mxhooks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendProbeTest {

    @TempDir
    private Path home;

    private Receiver receiver;
    private Shell shell;

    @BeforeEach
    void startReceiver() throws IOException {
        receiver = new Receiver();
        receiver.answers(200, "{\"receipt\":\"probe\"}");
        shell = new Shell(home);
    }

    @AfterEach
    void stopReceiver() {
        receiver.close();
    }

    @Test
    void sendsABodyThatIsOnlyAProbe() {
        assertThat(probe()).isZero();

        Received received = receiver.request();
        assertThat(new String(received.body(), UTF_8)).isEqualTo("{\"probe\":\"2026-05-04T10:00:00Z\"}");
        assertThat(received.isSignedWith(Shell.SECRET, "sha256-50")).isTrue();
    }

    @Test
    void namesTheSecretsFileInOneLine() {
        probe();

        assertThat(shell.lines())
                .singleElement()
                .asString()
                .contains(
                        "can store deliveries",
                        home.resolve("endpoint-default.secret").toString());
        assertThat(shell.err()).isEmpty();
    }

    @Test
    void ofAnEndpointWithoutASecretSaysThatTheNameMayBeWrong() {
        assertThat(shell.run("probe", "--endpoint", "nope")).isEqualTo(2);

        assertThat(shell.err())
                .contains("endpoint-nope.secret", "if mxhooks.endpoints names the endpoint", "--secret-file")
                .doesNotContain("Start mxhooks");
    }

    @Test
    void signsWithAnotherSecretAndDerivation() throws IOException {
        String file = shell.file("portal.secret", "another secret of the portal");

        assertThat(probe("--secret-file", file, "--key-derivation", "raw")).isZero();
        assertThat(receiver.request().isSignedWith("another secret of the portal", "raw"))
                .isTrue();
        assertThat(shell.out()).contains(file);
    }

    @ParameterizedTest
    @CsvSource({"401, Unauthorized", "404, Not Found", "503, Service Unavailable"})
    void namesTheSecretsFileAlsoWhereItIsRefused(int status, String title) {
        receiver.answers(status, "{\"title\":\"%s\",\"status\":%s,\"detail\":\"No.\"}".formatted(title, status));

        assertThat(probe()).isEqualTo(1);
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err().lines())
                .singleElement()
                .asString()
                .startsWith("mxhooks: %s %s: No. The probe was signed with the secret in ".formatted(status, title))
                .contains(home.resolve("endpoint-default.secret").toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "202|{\"delivery\":\"0b1c\",\"receipt\":\"accepted\"}",
                "200|<html>",
                "502|<html>bad gateway</html>"
            })
    void whatIsNoReceiptOfAProbeIsAFailure(int status, String body) {
        receiver.answers(status, body);

        assertThat(probe()).isEqualTo(1);
        assertThat(shell.err()).contains("answered " + status).doesNotContain("<html>");
    }

    @Test
    void noAnswerAndNoSecretHaveTheirOwnExitCodes() {
        receiver.hangsUp();

        assertThat(probe()).isEqualTo(3);
        assertThat(probe("--secret-file", home.resolve("none").toString())).isEqualTo(2);
        assertThat(shell.run("probe", "--url", "ftp://127.0.0.1/")).isEqualTo(2);
    }

    private int probe(String... more) {
        String[] command = new String[more.length + 3];
        command[0] = "probe";
        command[1] = "--url";
        command[2] = receiver.url();
        System.arraycopy(more, 0, command, 3, more.length);
        return shell.run(command);
    }
}
