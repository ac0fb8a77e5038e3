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
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mxhooks.Ports;
import org.mxhooks.ProjectsHeaders;
import org.mxhooks.ProjectsSigner;
import org.mxhooks.journey.Body;
import org.mxhooks.process.harness.DyingNode;
import org.mxhooks.process.harness.Nginx;
import org.mxhooks.process.harness.PayaraMicro;
import org.mxhooks.process.harness.RecordingNode;
import org.mxhooks.process.harness.Starting;
import org.mxhooks.process.harness.WildFly;

/** What strangers reach of two nodes through the nginx of {@code server-config}. */
@Tag("process")
@EnabledIf(value = "org.mxhooks.process.harness.Nginx#isInstalled", disabledReason = "nginx is not installed")
class ReverseProxyIT {

    private static final String SECRET = "of-the-portal";
    private static final int SLOW_SENDERS = 90;

    private static final String PASSWORD = "of-the-operator";
    private static final Pattern PUBLISHED =
            Pattern.compile("[A-Z]+ /mxhooks/(hooks/[a-z0-9][a-z0-9-]*|health/live|health/ready) HTTP/1\\.1");

    /** Request targets that are more to a node than they seem to a proxy, or the other way round. */
    private static final List<String> ATTACKS = List.of(
            "/",
            "/metrics",
            "/openapi",
            "/health",
            "/management",
            "/mxhooks",
            "/mxhooks/",
            "/mxhooks/metrics",
            "/mxhooks/problem",
            "/mxhooks/api/v1/consumers",
            "/mxhooks/hooks",
            "/mxhooks/hooks/",
            "/mxhooks/hooks/a/b",
            "/mxhooks/health/livez",
            "/mxhooks/health/live/../../api/v1/consumers",
            "/mxhooks/hooks/x#/../../api/v1/consumers",
            "/mxhooks/health/x#/../../../metrics",
            "/mxhooks/health/x%23/../../metrics",
            "/mxhooks/hooks/../api/v1/consumers",
            "/mxhooks/hooks/..;/api/v1/consumers",
            "/mxhooks/hooks/..;a=b/api/v1/consumers",
            "/mxhooks/hooks/x;/../../api/v1/consumers",
            "/mxhooks/hooks/;/../../api/v1/consumers",
            "/mxhooks/hooks/default;a=b",
            "/mxhooks/hooks/default%3b/../../api/v1/consumers",
            "/mxhooks/hooks/..%3b/api/v1/consumers",
            "/mxhooks/hooks/%2e%2e/api/v1/consumers",
            "/mxhooks/hooks/%2e%2e;/api/v1/consumers",
            "/mxhooks/hooks/%2e%2e%3b/api/v1/consumers",
            "/mxhooks/hooks/%2e%2e%2fapi%2fv1%2fconsumers",
            "/mxhooks/hooks/..%2fapi/v1/consumers",
            "/mxhooks/hooks%2f..%2fapi/v1/consumers",
            "/mxhooks/hooks/..%5capi/v1/consumers",
            "/mxhooks/hooks/..\\api/v1/consumers",
            "/mxhooks/hooks\\..\\api/v1/consumers",
            "/mxhooks/hooks/%252e%252e/api/v1/consumers",
            "/mxhooks/hooks/%c0%ae%c0%ae/api/v1/consumers",
            "/mxhooks/hooks/.%00./api/v1/consumers",
            "/mxhooks/hooks/default%00/../../api/v1/consumers",
            "/mxhooks/hooks/default%0a/../../api/v1/consumers",
            "/mxhooks/hooks/default%0d%0aX:%20y",
            "/mxhooks/hooks/default%20HTTP/1.1",
            "/mxhooks/hooks/default%3f/../../api/v1/consumers",
            "/mxhooks/hooks/default?/../../api/v1/consumers",
            "/mxhooks/hooks/zz?a#/../../api/v1/consumers",
            "/mxhooks/hooks/%zz",
            "/mxhooks/hooks/" + "a".repeat(64),
            "/mxhooks/hooks/DEFAULT",
            "/mxhooks//api/v1/consumers",
            "//mxhooks/api/v1/consumers",
            "/mxhooks/./api/v1/consumers",
            "/mxhooks/hooks//../api/v1/consumers",
            "/mxhooks/hooks/./../api/v1/consumers",
            "/mxhooks/hooks/..//api/v1/consumers",
            "/mxhooks/hooks/x/..;/..;/metrics",
            "/mxhooks/hooks/../../metrics",
            "/mxhooks/hooks/../../../../metrics",
            "/mxhooks;x/api/v1/consumers",
            "/;/mxhooks/api/v1/consumers",
            "http://127.0.0.1/mxhooks/api/v1/consumers",
            "http://127.0.0.1/mxhooks/hooks/x#/../../api/v1/consumers",
            "http://127.0.0.1/mxhooks/hooks/%2e%2e;/api/v1/consumers",
            "https://other/metrics",
            "mxhooks/api/v1/consumers",
            "*");

    private static final Map<String, Nginx> SERVERS = new TreeMap<>();

    @TempDir
    private static Path home;

    private static PayaraMicro node;
    private static WildFly wildfly;
    private static int story = 600_000;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startNodes() throws Exception {
        Starting.together(
                () -> node = PayaraMicro.start(settings("micro")),
                () -> wildfly = WildFly.hardened(home.resolve("wildfly"), settings("wildfly-home")));
        publish("Payara Micro", node.application());
        publish("WildFly", wildfly.application());
    }

    private static void publish(String server, URI application) throws Exception {
        Path directory = Files.createDirectory(home.resolve("nginx-" + application.getPort()));
        SERVERS.put(server, new Nginx(directory, application.getPort(), application.getPort()));
    }

    private static Map<String, String> settings(String directory) {
        return Map.of(
                "mxhooks.home",
                home.resolve(directory).toString(),
                "mxhooks.endpoint.default.secret",
                SECRET,
                "mxhooks.operator.password",
                PASSWORD);
    }

    @AfterAll
    static void stopNodes() {
        SERVERS.values().forEach(Nginx::close);
        node.close();
        wildfly.close();
    }

    @Test
    void deliversOverHttpsWhileANodeIsDown() throws Exception {
        try (Nginx nginx = new Nginx(directory, Ports.free(), port())) {
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

    static Stream<Arguments> attacks() {
        return SERVERS.keySet().stream()
                .flatMap(server -> ATTACKS.stream().map(target -> Arguments.arguments(server, target)));
    }

    /** With the operator's password, so that whatever reaches the API succeeds there. */
    @ParameterizedTest
    @MethodSource("attacks")
    void publishesNothingElse(String server, String target) throws Exception {
        for (String method : List.of("GET", "POST")) {
            assertThat(answer(SERVERS.get(server), request(method, target)))
                    .as(method)
                    .matches("(?s)HTTP/1.1 (400|401|404|405|414) .*")
                    .doesNotContain("pending", "mxhooks_", "openapi:", "<title>Payara", "WildFly");
        }
    }

    @Test
    void passesOnNoPathButThoseOfTheContract() throws Exception {
        try (RecordingNode node = new RecordingNode();
                Nginx nginx = new Nginx(directory, node.port(), node.port())) {
            for (String target : ATTACKS) {
                answer(nginx, request("GET", target));
            }
            answer(nginx, request("POST", "/mxhooks/hooks/default?a=/../../api"));
            answer(nginx, request("GET", "/mxhooks/health/ready"));

            assertThat(node.requestLines())
                    .contains("POST /mxhooks/hooks/default HTTP/1.1", "GET /mxhooks/health/ready HTTP/1.1")
                    .allMatch(PUBLISHED.asMatchPredicate());
        }
    }

    @Test
    void replacesWhatAClientSaysAboutItsWay() throws Exception {
        try (RecordingNode node = new RecordingNode();
                Nginx nginx = new Nginx(directory, node.port(), node.port())) {
            answer(nginx, """
                    POST /mxhooks/hooks/default HTTP/1.1\r
                    Host: forged\r
                    X-Forwarded-For: forged\r
                    X-Forwarded-For: forged again\r
                    X-Forwarded-Proto: forged\r
                    X-Forwarded-Host: forged\r
                    X-Forwarded-Port: forged\r
                    X-Forwarded-Server: forged\r
                    X-Forwarded-Prefix: forged\r
                    X_Forwarded_For: forged\r
                    X-Real-IP: forged\r
                    Forwarded: for=forged\r
                    Connection: close, X-Forwarded-For, X-Forwarded-Proto\r
                    Content-Length: 0\r
                    \r
                    """);

            assertThat(node.heads()).hasSize(1).noneMatch(head -> head.contains("forged"));
            assertThat(node.header("X-Forwarded-For")).containsExactly("127.0.0.1");
            assertThat(node.header("X-Forwarded-Proto")).containsExactly("https");
        }
    }

    static Stream<String> smuggled() {
        return Stream.of(
                "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
                "Content-Length: 0\r\nContent-Length: 44\r\n\r\n",
                "Content-Length: 0, 44\r\n\r\n",
                "Content-Length: +0\r\n\r\n",
                "Content-Length: 0x0\r\n\r\n",
                "Content-Length : 0\r\n\r\n",
                "Content-Length: 0\r\nContent_Length: 44\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding:\tchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n",
                "Transfer_Encoding: chunked\r\nContent-Length: 0\r\n\r\n",
                "X: y\r\n Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n",
                "X: y\rTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n",
                "X: y\0Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n0;ext=\"\r\n\"\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n00000000000000000;a=b\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n-0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 44\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    /**
     * Nothing that nginx passes on is for the node to interpret: one length, no transfer coding, nothing behind the
     * body.
     */
    @ParameterizedTest
    @MethodSource("smuggled")
    void letsNoRequestHideInAnother(String framing) throws Exception {
        try (RecordingNode node = new RecordingNode();
                Nginx nginx = new Nginx(directory, node.port(), node.port())) {
            answer(
                    nginx,
                    "POST /mxhooks/hooks/default HTTP/1.1\r\nHost: x\r\n" + framing
                            + "GET /mxhooks/api/v1/consumers HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

            assertThat(node.requestLines()).allMatch(PUBLISHED.asMatchPredicate());
            assertThat(node.heads()).noneMatch(head -> head.contains("/api/"));
            assertThat(node.header("Transfer-Encoding")).isEmpty();
            assertThat(node.header("Content-Length"))
                    .allMatch(length -> length.matches("\\d+"))
                    .hasSameSizeAs(node.heads());
        }
    }

    @Test
    void refusesWhatIsTooLargeByItself() throws Exception {
        try (Nginx nginx = new Nginx(directory, Ports.free(), Ports.free());
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
        String signature = new ProjectsSigner(secret).sign(body);
        return client(nginx)
                .send(
                        HttpRequest.newBuilder(nginx.application().resolve("hooks/default"))
                                .header(ProjectsHeaders.SIGNATURE, signature)
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

    private static String request(String method, String target) {
        return "%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                .formatted(
                        method, target, Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(US_ASCII)));
    }

    private static String answer(Nginx nginx, String request) throws IOException, GeneralSecurityException {
        try (Socket socket = nginx.connect()) {
            return answer(socket, request);
        }
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
