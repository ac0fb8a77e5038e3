package org.mxhooks.process;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.IOException;
import java.io.StringReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.journey.Body;
import org.mxhooks.mendix.MendixHeader;
import org.mxhooks.signature.KeyDerivation;
import org.mxhooks.signature.ProjectsSignature;

/** What strangers reach of two nodes through the nginx of {@code server-config}. */
class ReverseProxyIT {

    private static final String SECRET = "of-the-portal";
    private static final int SLOW_SENDERS = 90;

    @TempDir
    private static Path home;

    private static PayaraMicro node;
    private static int story = 600_000;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startNode() {
        node = PayaraMicro.start(Map.of(
                "mxhooks.home",
                home.toString(),
                "mxhooks.endpoint.default.secret",
                SECRET,
                "mxhooks.operator.password",
                "of-the-operator"));
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @Test
    void deliversOverHttpsWhileANodeIsAway() throws Exception {
        try (Nginx nginx = new Nginx(directory, PayaraMicro.freePort(), port())) {
            for (int times = 0; times < 4; times++) {
                assertThat(send(nginx, SECRET).statusCode()).isEqualTo(202);
            }
            assertThat(send(nginx, "guessed").statusCode()).isEqualTo(401);
            assertThat(get(nginx, "health/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void sendsNothingTwiceWithEffect() throws Exception {
        try (DyingNode dying = new DyingNode(port());
                Nginx nginx = new Nginx(directory, dying.port(), port())) {
            List<String> receipts = new ArrayList<>();
            for (int times = 0; times < 4; times++) {
                receipts.add(receipt(send(nginx, SECRET)));
            }

            assertThat(dying.answersLost()).isPositive();
            assertThat(receipts)
                    .containsOnly("accepted", "duplicate")
                    .filteredOn("duplicate"::equals)
                    .hasSize(dying.answersLost());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api/v1/consumers",
                "metrics",
                "",
                "hooks/../api/v1/consumers",
                "hooks/%2e%2e/api/v1/consumers",
                "hooks/..%2fapi/v1/consumers",
                "hooks/..;/api/v1/consumers"
            })
    void publishesNothingElse(String path) throws Exception {
        try (Nginx nginx = new Nginx(directory, port(), port());
                Socket socket = nginx.connect()) {
            assertThat(answer(socket, "GET /mxhooks/" + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .matches("(?s)HTTP/1.1 (404|405) .*")
                    .doesNotContain("mxhooks.operator");
        }
    }

    @Test
    void refusesWhatIsTooLargeByItself() throws Exception {
        try (Nginx nginx = new Nginx(directory, PayaraMicro.freePort(), PayaraMicro.freePort());
                Socket socket = nginx.connect()) {
            assertThat(answer(
                            socket,
                            "POST /mxhooks/hooks/default HTTP/1.1\r\nHost: x\r\nContent-Length: 1048577\r\n\r\n"))
                    .startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void keepsSlowSendersFromTheNodes() throws Exception {
        try (DyingNode node = new DyingNode(port());
                Nginx nginx = new Nginx(directory, node.port(), node.port())) {
            List<Socket> slow = new ArrayList<>();
            for (int sender = 0; sender < SLOW_SENDERS; sender++) {
                Socket socket = nginx.connect();
                slow.add(socket);
                write(socket, "POST /mxhooks/hooks/default HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{");
            }
            for (Socket socket : slow) {
                assertThat(socket.getInputStream().readAllBytes()).isEmpty();
                socket.close();
            }
            assertThat(node.connections()).isZero();
        }
    }

    private static int port() {
        return node.application().getPort();
    }

    private static HttpResponse<String> send(Nginx nginx, String secret) throws Exception {
        byte[] body = Body.of("story-updated.json")
                .story(++story)
                .named("Größe")
                .text()
                .getBytes(UTF_8);
        String signature = new ProjectsSignature(secret, KeyDerivation.SHA256_50).sign(body);
        return client(nginx)
                .send(
                        HttpRequest.newBuilder(nginx.application().resolve("hooks/default"))
                                .header(MendixHeader.SIGNATURE.text(), signature)
                                .POST(BodyPublishers.ofByteArray(body))
                                .build(),
                        BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(Nginx nginx, String path) throws Exception {
        URI address = nginx.application().resolve(path);
        return client(nginx).send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }

    private static HttpClient client(Nginx nginx) throws Exception {
        return HttpClient.newBuilder().sslContext(nginx.tls()).build();
    }

    private static String receipt(HttpResponse<String> answer) {
        return Json.createReader(new StringReader(answer.body())).readObject().getString("receipt");
    }

    private static String answer(Socket socket, String request) throws IOException {
        write(socket, request);
        return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
        socket.getOutputStream().flush();
    }
}
