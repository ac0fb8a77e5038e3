package org.mxhooks.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallsTest {

    private static final byte[] BODY = "{\"é\" :1}\n".getBytes(UTF_8);
    private static final String TAKEN = "HTTP/1.1 204 No Content\r\n\r\n";

    /** Until one meets a connection that was kept open. */
    private static final int MAX_CALLS = 200;

    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Headers> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;
    private Calls calls;

    private interface Handler {
        void handle(HttpExchange exchange) throws Exception;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        calls = calls(Duration.ofSeconds(15));
    }

    private Calls calls(Duration timeout) {
        return calls(timeout, Duration.ofSeconds(30));
    }

    private Calls calls(Duration timeout, Duration keptOpen) {
        return new Calls(
                RelayConfig.loopback(timeout),
                new Targets(RelayConfig.loopback(timeout), RelayConfig.resolving("127.0.0.1")),
                deadlines,
                threads,
                Thread::new,
                keptOpen);
    }

    @AfterEach
    void stop() {
        end.countDown();
        calls.close();
        server.stop(0);
        threads.shutdownNow();
        deadlines.shutdownNow();
    }

    @Test
    void sendsTheBodyByteForByteAndNoOtherHeaders() {
        answering(exchange -> {
            received.add(exchange.getRequestHeaders());
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        });

        CallResult result = post("/");

        assertThat(result.isSuccess()).isTrue();
        assertThat(result.excerpt()).contains("{\"é\" :1}\n");
        assertThat(received.get(0).keySet())
                .containsExactlyInAnyOrder("Host", "Content-length", "Content-type", "Connection", "User-agent");
        assertThat(received.get(0).getFirst("User-Agent")).isEqualTo("mxhooks/1");
        assertThat(received.get(0).getFirst("Content-Type")).isEqualTo("application/json");
    }

    @ParameterizedTest
    @CsvSource({"301", "302", "303", "307", "308"})
    void followsNoRedirect(int status) {
        answering(exchange -> {
            received.add(exchange.getRequestHeaders());
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
        });

        CallResult result = post("/");

        assertThat(result.is(status)).isTrue();
        assertThat(result.isSuccess()).isFalse();
        assertThat(received).hasSize(1);
    }

    @Test
    void keepsTheFirstKilobyteWithoutControlCharacters() {
        answering(exchange -> {
            exchange.sendResponseHeaders(500, 0);
            exchange.getResponseBody().write(("\u001b[31mred\u202e" + "x".repeat(5_000)).getBytes(UTF_8));
        });

        String excerpt = post("/").excerpt().orElseThrow();

        assertThat(excerpt).startsWith("\\u001b[31mred\\u202e").hasSizeLessThan(1_100);
    }

    /** However the end of a call and the return of its connection meet. */
    @Test
    void keepsConnectionsOpenForTheNextCalls() {
        Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
        answering(exchange -> {
            exchange.getRequestBody().readAllBytes();
            connections.add(exchange.getRemoteAddress());
            exchange.sendResponseHeaders(204, -1);
        });

        Semaphore inFlight = new Semaphore(16);
        List<CompletableFuture<CallResult>> all = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            inFlight.acquireUninterruptibly();
            CompletableFuture<CallResult> call = calls.start(call("/"));
            call.whenComplete((result, failure) -> inFlight.release());
            all.add(call);
        }

        assertThat(all).allMatch(call -> call.join().isSuccess());
        assertThat(connections).hasSizeLessThan(100);
    }

    /** A subscriber may never close them. */
    @Test
    void closesConnectionsThatNoCallUses() throws Exception {
        calls.close();
        calls = calls(Duration.ofSeconds(15), Duration.ofMillis(100));
        try (ServerSocket subscriber = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Future<Integer> ended = threads.submit(() -> {
                try (Socket connection = subscriber.accept()) {
                    BufferedReader request =
                            new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
                    while (!request.readLine().equals("}")) {
                        // there is more
                    }
                    connection.getOutputStream().write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(UTF_8));
                    return request.read();
                }
            });

            CallResult result = calls.post(new SignedCall(
                    URI.create("http://127.0.0.1:" + subscriber.getLocalPort()), Map.of(), "{\n}\n".getBytes(UTF_8)));

            assertThat(result.isSuccess()).isTrue();
            assertThat(ended).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(-1);
        }
    }

    /** It had kept it open after an answer, and the next call crosses its end. */
    @Test
    void callsAgainWhereTheSubscriberClosedAConnectionThatWasKeptOpen() throws Exception {
        try (ServerSocket subscriber = replying(TAKEN, "")) {
            int made = 0;
            while (made < MAX_CALLS && requests.get() == made) {
                assertThat(calls.post(to(subscriber)).isSuccess()).isTrue();
                made++;
            }

            assertThat(requests).as("one was received twice").hasValueGreaterThan(made);
        }
    }

    @Test
    void callsNotAgainWhereAnAnswerHadBegun() throws Exception {
        try (ServerSocket subscriber = replying(TAKEN, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")) {
            CallResult result = calls.post(to(subscriber));
            int made = 1;
            while (made < MAX_CALLS && result.isSuccess()) {
                result = calls.post(to(subscriber));
                made++;
            }

            assertThat(result.reason()).isEqualTo("connection lost");
            assertThat(requests).hasValue(made);
        }
    }

    @Test
    void callsNotAgainWhereANewConnectionIsClosed() throws Exception {
        try (ServerSocket subscriber = replying("")) {
            assertThat(calls.post(to(subscriber)).reason()).isEqualTo("connection lost");
            assertThat(requests).hasValue(1);
        }
    }

    /** A subscriber that replies so to the requests on each connection, then closes it. */
    private ServerSocket replying(String... replies) throws IOException {
        ServerSocket subscriber = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        threads.submit(() -> {
            while (true) {
                Socket connection = subscriber.accept();
                threads.submit(() -> reply(connection, replies));
            }
        });
        return subscriber;
    }

    private Void reply(Socket accepted, String... replies) throws IOException {
        try (Socket connection = accepted) {
            for (String reply : replies) {
                receive(connection.getInputStream());
                requests.incrementAndGet();
                connection.getOutputStream().write(reply.getBytes(UTF_8));
            }
        }
        return null;
    }

    private static void receive(InputStream request) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = request.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.append((char) next);
        }
        request.readNBytes(BODY.length);
    }

    private static SignedCall to(ServerSocket subscriber) {
        return new SignedCall(URI.create("http://127.0.0.1:" + subscriber.getLocalPort()), Map.of(), BODY);
    }

    @Test
    void readsNoAnswerForEver() {
        answering(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            while (end.getCount() > 0) {
                body.write(new byte[8192]);
            }
        });

        assertThat(post("/").excerpt()).isPresent();
    }

    @Test
    void endsACallAfterItsWholeTimeEvenIfTheAnswerDripsOn() {
        answering(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (!end.await(50, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                exchange.getResponseBody().write('.');
                exchange.getResponseBody().flush();
            }
        });
        calls.close();
        calls = calls(Duration.ofSeconds(1));

        CallResult result = post("/");

        assertThat(result.status()).isEmpty();
        assertThat(result.failure()).contains("no answer within PT1S");
        assertThat(result.reason()).isEqualTo("timeout");
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        CallResult result = calls.post(new SignedCall(URI.create("http://127.0.0.1:" + port), Map.of(), BODY));

        assertThat(result.status()).isEmpty();
        assertThat(result.failure().orElseThrow()).contains("no answer", "refused");
        assertThat(result.reason()).isEqualTo("connection refused");
    }

    /** It is kept with the attempt, which has room for so much. */
    @Test
    void saysShortlyWhatIsWrongWithAnAnswer() throws Exception {
        try (ServerSocket hostile = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> {
                try (Socket connection = hostile.accept()) {
                    connection
                            .getOutputStream()
                            .write(("HTTP/1.1 200 OK\r\nTransfer-Encoding: " + "x".repeat(5_000) + "\r\n\r\n")
                                    .getBytes(UTF_8));
                    end.await();
                } catch (IOException | InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });

            CallResult result = calls.post(
                    new SignedCall(URI.create("http://127.0.0.1:" + hostile.getLocalPort()), Map.of(), BODY));

            assertThat(result.failure().orElseThrow())
                    .contains("Unsupported transfer encoding")
                    .hasSizeLessThan(600);
        }
    }

    /** What was checked when the subscription was created may have other addresses by now. */
    @Test
    void callsNoAddressThatIsNotAllowedAtThatMoment() {
        answering(exchange -> exchange.sendResponseHeaders(200, -1));
        try (Calls strict = new Calls(
                RelayConfig.STRICT,
                new Targets(RelayConfig.STRICT, RelayConfig.resolving("127.0.0.1")),
                deadlines,
                threads,
                Thread::new)) {
            URI rebound = URI.create(
                    "https://rebound.example.com:" + server.getAddress().getPort() + "/");

            CallResult result = strict.post(new SignedCall(rebound, Map.of(), BODY));

            assertThat(result.failure().orElseThrow()).contains("127.0.0.1, which is not public");
            assertThat(result.reason()).isEqualTo("address not allowed");
            assertThat(received).isEmpty();
        }
    }

    /** A host that mxhooks.relay.allow named when the subscription was created. */
    @Test
    void callsNothingByPlainHttpThatIsNotAllowedAtThatMoment() {
        answering(exchange -> received.add(exchange.getRequestHeaders()));
        try (Calls strict = new Calls(
                RelayConfig.STRICT,
                new Targets(RelayConfig.STRICT, RelayConfig.resolving("9.9.9.9")),
                deadlines,
                threads,
                Thread::new)) {
            CallResult result =
                    strict.post(new SignedCall(URI.create("http://once-allowed.example.com/"), Map.of(), BODY));

            assertThat(result.failure().orElseThrow()).contains("http is not encrypted");
            assertThat(received).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"7, PT7S", "0, PT0S", "-1,", "soon,", "99999999999,"})
    void readsWhenToRetry(String value, Duration delay) {
        answering(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", value);
            exchange.sendResponseHeaders(503, -1);
        });

        assertThat(post("/").retryAfter().orElse(null)).isEqualTo(delay);
    }

    @Test
    void readsWhenToRetryAsADate() {
        answering(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "Fri, 31 Dec 1999 23:59:59 GMT");
            exchange.sendResponseHeaders(503, -1);
        });

        assertThat(post("/").retryAfter()).contains(Duration.ZERO);
    }

    private void answering(Handler handler) {
        server.createContext("/", exchange -> {
            try {
                handler.handle(exchange);
            } catch (Exception e) {
                throw new IOException(e);
            } finally {
                exchange.close();
            }
        });
    }

    private CallResult post(String path) {
        return calls.post(call(path));
    }

    private SignedCall call(String path) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        return new SignedCall(url, Map.of("User-Agent", "mxhooks/1"), BODY);
    }
}
