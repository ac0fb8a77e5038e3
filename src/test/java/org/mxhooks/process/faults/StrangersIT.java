package org.mxhooks.process.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.ProjectsSigner;
import org.mxhooks.journey.Body;
import org.mxhooks.journey.Portal;
import org.mxhooks.process.harness.PayaraMicro;
import org.mxhooks.process.harness.Server;
import org.mxhooks.process.harness.Starting;
import org.mxhooks.process.harness.WildFly;

/**
 * What strangers cost, and learn of, servers that are configured as under {@code server-config} and have a heap of 512
 * MB.
 */
@Tag("process")
class StrangersIT {

    private static final String SECRET = "the secret of the portal";
    private static final String MICRO = "Payara Micro";
    private static final String WILDFLY = "WildFly";
    private static final int TIMES = 4;
    private static final int MAX_LOG_BYTES = 500;
    private static final int CROWD = 64;
    private static final int BODIES_OF_EACH = 12;
    private static final int MEGABYTE = 1024 * 1024;
    private static final int ANSWER_TIMEOUT = 20_000;
    private static final Duration QUIET = Duration.ofMillis(100);
    private static final String POST = "POST /mxhooks/hooks/default HTTP/1.1\r\nHost: x\r\n";
    private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String UNSIGNED = "Content-Length: 2\r\n\r\n{}";

    @TempDir
    private static Path scratch;

    private static final Map<String, Server> SERVERS = new ConcurrentSkipListMap<>();
    private static int number;

    private static Socket connect(Server server) throws IOException {
        Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), server.application().getPort());
        socket.setSoTimeout(ANSWER_TIMEOUT);
        return socket;
    }

    /** How a sender leaves. */
    private enum End {
        /** After the first bytes of an answer, or the server's end of the connection. */
        ANSWERED,
        /** FIN, and after that the answer. */
        FIN,
        /** RST at once. */
        RST
    }

    private record Shape(String name, String request, End end) {
        @Override
        public String toString() {
            return name + ", " + end;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        Starting.together(
                () -> SERVERS.put(
                        MICRO, PayaraMicro.with(settings("micro")).hardened().start()),
                () -> SERVERS.put(WILDFLY, WildFly.hardened(scratch.resolve("wildfly"), settings("wildfly-home"))));
    }

    private static Map<String, String> settings(String home) {
        return Map.of(
                "mxhooks.home",
                scratch.resolve(home).toString(),
                "mxhooks.endpoint.default.secret",
                SECRET,
                "mxhooks.operator.password",
                "the password of the operator");
    }

    @AfterAll
    static void stop() {
        SERVERS.values().forEach(Server::close);
    }

    static Stream<Arguments> shapes() {
        return SERVERS.keySet().stream()
                .flatMap(server -> allShapes().map(shape -> Arguments.arguments(server, shape)));
    }

    private static Stream<Shape> allShapes() {
        String halfBody = "Content-Length: 100\r\n\r\nabcd";
        String preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
        String upgrade =
                "GET /mxhooks/hooks/default HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n";
        return Stream.of(
                        Stream.of(
                                new Shape("half a body", POST + halfBody, End.FIN),
                                new Shape("half a body", POST + halfBody, End.RST),
                                new Shape("half a signed body", POST + "MxAPI-Signature: x\r\n" + halfBody, End.FIN),
                                new Shape("half a header", POST + "Conte", End.FIN),
                                new Shape("half a header", POST + "Conte", End.RST),
                                new Shape("an answer not awaited", POST + UNSIGNED, End.RST),
                                new Shape(
                                        "an authentic answer not awaited",
                                        POST + "MxAPI-Signature: "
                                                + new ProjectsSigner(SECRET).sign("{}".getBytes(UTF_8))
                                                + "\r\n" + UNSIGNED,
                                        End.RST),
                                new Shape(
                                        "a 404 not awaited", "GET /mxhooks/none HTTP/1.1\r\nHost: x\r\n\r\n", End.RST),
                                new Shape("Expect and gone", POST + "Expect: 100-continue\r\n" + UNSIGNED, End.RST),
                                new Shape("half a chunk", CHUNKED + "5\r\nab", End.RST),
                                new Shape("half a chunk", CHUNKED + "5\r\nab", End.FIN),
                                new Shape("no last chunk", CHUNKED + "3\r\nabc\r\n", End.FIN),
                                new Shape("a chunk of 2 GB", CHUNKED + "7fffffff\r\nabc", End.FIN),
                                new Shape("HTTP/2 frames", preface + "\0\0\4\4\0\0\0\0\0zzzz\u00ff\u00ff", End.FIN)),
                        answered(
                                CHUNKED + "zz\r\nabc\r\n0\r\n\r\n",
                                CHUNKED + "-1\r\nabc\r\n0\r\n\r\n",
                                CHUNKED + "ffffffffffffffffff\r\nabc\r\n",
                                POST + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                                POST + "Content-Length: x\r\n\r\n{}",
                                POST + "Content-Length: -1\r\n\r\n{}",
                                POST + "Content-Length: 99999999999999999999\r\n\r\n{}",
                                POST + "Content-Length: 30000000\r\n\r\n{}",
                                POST + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                                POST + "Expect: banana\r\n" + UNSIGNED,
                                POST + "Host: y\r\n" + UNSIGNED,
                                POST + "no colon\r\n" + UNSIGNED,
                                POST + "A : b\r\n" + UNSIGNED,
                                POST + "A: \1\2\r\n" + UNSIGNED,
                                POST + "A: \0\r\n" + UNSIGNED,
                                POST + "A: \u00c3\u00a3\u00e3\r\n" + UNSIGNED,
                                POST + "A: " + "x".repeat(100_000) + "\r\n" + UNSIGNED,
                                POST + "A: b\r\n".repeat(1000) + UNSIGNED,
                                POST + "Cookie: \"=;,$Version=x;\u00ff\r\n" + UNSIGNED,
                                POST + "Accept: ;;;/\r\nContent-Type: ///\r\nAccept-Language: $$$\r\n" + UNSIGNED,
                                POST + "Content-Type: multipart/form-data; boundary=\r\n" + UNSIGNED,
                                POST + "Content-Encoding: gzip\r\n" + UNSIGNED,
                                POST + "X-Forwarded-For: \"[\r\nForwarded: ;;for=\r\n" + UNSIGNED,
                                POST.replace("Host: x", "Host: a b:zz[") + UNSIGNED,
                                POST.replace("Host: x", "Host: x:99999999999") + UNSIGNED,
                                POST.replace("Host: x\r\n", "") + UNSIGNED,
                                POST.replace("HTTP/1.1", "HTTP/9.9") + UNSIGNED,
                                POST.replace("POST", "P@ST{}") + UNSIGNED,
                                POST.replace("POST", "A".repeat(5000)) + UNSIGNED,
                                preface,
                                upgrade + "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n",
                                upgrade + "HTTP2-Settings: %%%\r\n\r\n",
                                upgrade.replace("h2c", "websocket") + "Sec-WebSocket-Version: 13\r\n\r\n",
                                "CONNECT a:1 HTTP/1.1\r\nHost: x\r\n\r\n",
                                "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
                                "TRACE /mxhooks/hooks/default HTTP/1.1\r\nHost: x\r\n\r\n",
                                "GET http://evil/mxhooks/hooks/default HTTP/1.1\r\nHost: x\r\n\r\n",
                                "GET /mxhooks/health/live HTTP/1.1\r\nHost: x\r\nIf-Modified-Since: banana\r\nRange: x\r\n\r\n",
                                "GET /mxhooks/api/v1/consumers HTTP/1.1\r\nHost: x\r\nAuthorization: Basic ***\r\n\r\n"),
                        Stream.of(
                                        "hooks/%zz",
                                        "hooks/%",
                                        "hooks/a%00b",
                                        "hooks/%c0%ae%c0%ae/x",
                                        "hooks/%ff",
                                        "api/v1/%ff",
                                        "health/%c0%ae",
                                        "metrics/%ff",
                                        "%ff",
                                        "hooks/default?%zz=%zz",
                                        "hooks/default?%ff=%c0",
                                        "api/v1/deliveries?limit=%ff",
                                        "hooks/default;a=b;%zz",
                                        "hooks/default;%ff=%ff",
                                        "hooks/..%2fapi",
                                        "hooks/..\\api",
                                        "hooks/{a}[|]^",
                                        "hooks/\u00c3\u00bc",
                                        "../../../..",
                                        "hooks/" + "a".repeat(8000),
                                        "hooks/" + "a".repeat(100_000))
                                .map(path -> new Shape(
                                        "/" + path.substring(0, Math.min(40, path.length())),
                                        "POST /mxhooks/" + path + " HTTP/1.1\r\nHost: x\r\n" + UNSIGNED,
                                        End.ANSWERED)))
                .flatMap(shapes -> shapes);
    }

    private static Stream<Shape> answered(String... requests) {
        return Stream.of(requests)
                .map(request -> new Shape(
                        request.substring(0, Math.min(80, request.length())).replaceAll("\\p{Cntrl}+", " "),
                        request,
                        End.ANSWERED));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void costLittleOfTheLogAndNoStackTrace(String name, Shape shape) throws IOException {
        Server server = SERVERS.get(name);
        long before = server.log().size();
        for (int times = 0; times < TIMES; times++) {
            send(server, shape);
        }

        String logged = loggedSince(server, before);
        assertThat(logged).doesNotContain("\tat ", "Exception");
        assertThat(logged.length() / TIMES).as(logged).isLessThan(MAX_LOG_BYTES);
    }

    /** Waits until the server has nothing more to say. */
    private static String loggedSince(Server server, long before) throws IOException {
        long[] size = {-1};
        await().pollInterval(QUIET).until(() -> {
            long last = size[0];
            size[0] = server.log().size();
            return size[0] == last;
        });
        return server.log().since(before);
    }

    private static void send(Server server, Shape shape) throws IOException {
        try (Socket socket = connect(server)) {
            exchange(socket, shape);
        } catch (SocketException e) {
            // The server has closed the connection while this was sending: an answer too.
            assertThat(e).isNotInstanceOf(ConnectException.class);
        }
    }

    private static void exchange(Socket socket, Shape shape) throws IOException {
        socket.getOutputStream().write(shape.request().getBytes(ISO_8859_1));
        switch (shape.end()) {
            case RST -> socket.setSoLinger(true, 0);
            case FIN -> {
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            }
            case ANSWERED -> assertThat(socket.getInputStream().read()).isBetween(-1, 255);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {MICRO, WILDFLY})
    void holdNoMemoryThatAuthenticDeliveriesNeed(String name) throws Exception {
        Server server = SERVERS.get(name);
        long before = server.log().size();
        ExecutorService threads = Executors.newFixedThreadPool(CROWD);
        List<CompletableFuture<List<Integer>>> crowd = IntStream.range(0, CROWD)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> guess(server), threads))
                .toList();
        Portal portal = new Portal(server.application(), "default", SECRET);
        List<Integer> authentic = new ArrayList<>();
        do {
            authentic.add(portal.sends(Body.of("story-updated.json").story(700_000 + ++number))
                    .status());
        } while (!crowd.stream().allMatch(CompletableFuture::isDone));
        threads.shutdown();

        assertThat(crowd.stream().flatMap(answers -> answers.join().stream()))
                .contains(401)
                .isSubsetOf(401, 503);
        assertThat(authentic).hasSizeGreaterThan(1).containsOnly(202);
        assertThat(loggedSince(server, before)).doesNotContain("OutOfMemoryError", "\tat ");
    }

    /** Sends the largest bodies with a wrong signature; the answers that came. */
    private static List<Integer> guess(Server server) {
        byte[] body = "\u00e9".repeat(MEGABYTE / 2).getBytes(UTF_8);
        String head = POST + "MxAPI-Signature: " + new ProjectsSigner("guessed", "raw").sign(body)
                + "\r\nContent-Length: " + body.length + "\r\nConnection: close\r\n\r\n";
        List<Integer> answers = new ArrayList<>();
        for (int times = 0; times < BODIES_OF_EACH; times++) {
            try (Socket socket = connect(server)) {
                socket.getOutputStream().write(head.getBytes(ISO_8859_1));
                socket.getOutputStream().write(body);
                String status = new String(socket.getInputStream().readNBytes(12), ISO_8859_1);
                answers.add(Integer.parseInt(status.substring(9)));
            } catch (IOException refusedBeforeTheBodyWasSent) {
                answers.add(503);
            }
        }
        return answers;
    }

    static Stream<Arguments> oddHeaders() {
        return SERVERS.keySet().stream()
                .flatMap(server -> Stream.of(
                                "Cf-Region: S\u00c3\u00a3o Paulo\r\n",
                                "Cf-Region: S\u00e3o Paulo\r\n",
                                "X-Long: " + "x".repeat(9 * 1024) + "\r\n",
                                "X-Longer: " + "x".repeat(30 * 1024) + "\r\n",
                                IntStream.range(0, 150)
                                        .mapToObj(i -> "X-%s: y\r\n".formatted(i))
                                        .reduce("", String::concat),
                                "Accept: ///;\r\nCookie: =\r\nContent-Type: /\r\nContent-Encoding: gzip\r\n")
                        .map(headers -> Arguments.arguments(server, headers)));
    }

    @ParameterizedTest
    @MethodSource("oddHeaders")
    void noHeaderKeepsAnAuthenticDeliveryOut(String server, String headers) throws IOException {
        byte[] body = "{\"odd\":%s}".formatted(++number).getBytes(UTF_8);

        assertThat(answer(
                        SERVERS.get(server),
                        POST + "MxAPI-Signature: " + new ProjectsSigner(SECRET).sign(body)
                                + "\r\n" + headers + "Content-Length: " + body.length + "\r\nConnection: close\r\n\r\n"
                                + new String(body, ISO_8859_1)))
                .startsWith("HTTP/1.1 202 ");
    }

    static Stream<Arguments> addresses() {
        return SERVERS.keySet().stream()
                .flatMap(server -> Stream.of(
                                "hooks/default",
                                "hooks/nobody",
                                "hooks/a/b",
                                "hooks",
                                "health/live",
                                "health/ready",
                                "health/none",
                                "api/v1/consumers",
                                "api/v1/openapi",
                                "api/none",
                                "metrics",
                                "problem",
                                "none",
                                "")
                        .map(path -> Arguments.arguments(server, path)));
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void mayStoreAndGuessTheTypeOfNoAnswer(String server, String path) throws IOException {
        String target = " /mxhooks/" + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
        for (String request : List.of("GET" + target + "\r\n", "POST" + target + UNSIGNED)) {
            assertThat(answer(SERVERS.get(server), request))
                    .containsOnlyOnce("Cache-Control: no-store\r\n")
                    .containsOnlyOnce("X-Content-Type-Options: nosniff\r\n");
        }
    }

    static Stream<Arguments> serversOwnPages() {
        return SERVERS.keySet().stream()
                .flatMap(server -> Stream.of(
                                "/", "/metrics", "/metrics/base", "/openapi", "/openapi/", "/health", "/health/ready")
                        .map(path -> Arguments.arguments(server, path)));
    }

    @ParameterizedTest
    @MethodSource("serversOwnPages")
    void seeNoPageOfTheServersOwn(String server, String path) throws IOException {
        assertThat(answer(SERVERS.get(server), "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .matches("(?s)HTTP/1.1 (403|404) .*");
    }

    private static String answer(Server server, String request) throws IOException {
        try (Socket socket = connect(server)) {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
