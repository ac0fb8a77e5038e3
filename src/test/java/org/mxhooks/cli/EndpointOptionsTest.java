package org.mxhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where {@code send} and {@code probe} send to, and that the operator's commands take the same URLs. */
class EndpointOptionsTest extends Conversation {

    @BeforeEach
    void addEndpoint() throws IOException {
        shell.file("endpoint-team-a.secret", "the secret of team a");
    }

    static Stream<String> senders() {
        return Stream.of("send story-updated", "send story-updated --count 2", "probe");
    }

    @ParameterizedTest
    @MethodSource("senders")
    void theVariableOfTheApplicationHolds(String command) {
        shell.with("MXHOOKS_URL", server.application());

        shell.run(command.split(" "));

        assertThat(server.lines()).isNotEmpty().containsOnly("POST /hooks/default");
    }

    @ParameterizedTest
    @MethodSource("senders")
    void anEndpointIsNamedBesideTheApplication(String command) {
        shell.with("MXHOOKS_URL", server.application() + "/");

        shell.run((command + " --endpoint team-a").split(" "));

        assertThat(server.lines()).isNotEmpty().containsOnly("POST /hooks/team-a");
        assertThat(server.requests().get(0).isSignedWith("the secret of team a", "sha256-50"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'', default",
        "/, default",
        "/hooks/default, default",
        "/hooks/team-a, team-a",
        "/hooks/team-a/, team-a/"
    })
    void theUrlIsTheApplicationsOrTheEndpoints(String end, String endpoint) {
        for (String command : senders().toList()) {
            shell.run((command + " --url " + server.application() + end).split(" "));
        }

        assertThat(server.lines()).hasSize(4).containsOnly("POST /hooks/" + endpoint);
    }

    @Test
    void theOptionWinsOverTheVariable() {
        shell.with("MXHOOKS_URL", "http://127.0.0.1:1/mxhooks");

        assertThat(shell.run("send", "story-updated", "--url", server.application()))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/hooks/default", "/hooks/team-a", "/hooks/team-a/", "/", ""})
    void theOperatorsCommandsTakeTheUrlOfAnEndpointToo(String end) {
        server.answers("GET /api/v1/consumers", 200, "[]");

        assertThat(shell.run("consumers", "--url", server.application() + end)).isZero();
        assertThat(shell.with("MXHOOKS_URL", server.application() + end).run("consumers"))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../operator", "Team", "a/b", "a?b", "-"})
    void aNameThatNoEndpointCanHaveIsRefused(String name) {
        assertThat(shell.run("send", "story-updated", "--url", server.application(), "--endpoint=" + name))
                .isEqualTo(2);
        assertThat(shell.err())
                .contains("--endpoint must be", "mxhooks endpoints")
                .hasLineCount(1);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aUrlOfAnotherEndpointIsRefused() {
        assertThat(shell.run("probe", "--url", server.url(), "--endpoint", "team-a"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("is not the URL of the endpoint that --endpoint names", "omit --endpoint");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://hooks/default, http://hooks/default/hooks/x, http://hooks/default",
        "http://h/hooks/x, http://h/hooks/x, http://h",
        "http://h/hooks/hooks/x, http://h/hooks/hooks/x, http://h/hooks",
        "http://h, http://h/hooks/x, http://h",
        "http://h/m//, http://h/m/hooks/x, http://h/m"
    })
    void anEndpointIsDistinguishedFromAnApplicationByItsPath(String url, String endpoint, String application)
            throws CommandFailure {
        ServerUrl address = ServerUrl.of(url);

        assertThat(address.endpoint().isPresent() ? address : address.endpoint("x"))
                .hasToString(endpoint);
        assertThat(address.application()).hasToString(application);
    }

    @Test
    void aFailureOfTlsIsExplainedByItsCause() throws CommandFailure {
        ServerUrl url = ServerUrl.of("https://h/mxhooks");

        assertThat(NoAnswer.text(url, new SSLException("Unsupported or unrecognized SSL message")))
                .startsWith("no TLS connection with https://h/mxhooks");
        assertThat(NoAnswer.text(
                        url, new IOException(new SSLException(new CertificateException("No name matching h")))))
                .startsWith("the certificate of https://h/mxhooks is not valid for this address");
        assertThat(NoAnswer.text(url, new SSLException(new CertPathValidatorException("expired"))))
                .startsWith("the certificate of https://h/mxhooks is not trusted")
                .contains("-Djavax.net.ssl.trustStore=FILE");
    }
}
