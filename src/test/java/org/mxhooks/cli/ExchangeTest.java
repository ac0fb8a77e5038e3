package org.mxhooks.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers without end: of headers, of a body that pauses, of a body that does not. */
@Timeout(60)
class ExchangeTest {

    private static final int MAX_BYTES = 1 << 20;
    private static final Duration AMPLE = Duration.ofSeconds(50);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch writeFailed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/paused", this::pause);
        server.createContext("/endless", this::writeWithoutEnd);
        server.createContext("/full", exchange -> write(exchange, MAX_BYTES));
        server.createContext("/larger", exchange -> write(exchange, MAX_BYTES + 1));
        server.start();
    }

    @AfterEach
    void stop() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void anAnswerThatPausesForEverEndsAtTheLimitOfTheExchange() {
        assertThatThrownBy(() -> send("/paused", Duration.ofMillis(500)))
                .isInstanceOf(HttpTimeoutException.class)
                .hasMessageContaining("did not end within");
    }

    @Test
    void anAnswerWithoutEndIsCutAndItsConnectionClosed() throws InterruptedException {
        assertThatThrownBy(() -> send("/endless", AMPLE))
                .isInstanceOf(IOException.class)
                .hasMessage("the answer is larger than 1 MiB");
        writeFailed.await();
    }

    @Test
    void theLimitIsTheLargestAnswer() throws IOException, InterruptedException {
        assertThat(send("/full", AMPLE).body()).hasSize(MAX_BYTES);
        assertThatThrownBy(() -> send("/larger", AMPLE)).hasMessage("the answer is larger than 1 MiB");
    }

    private Answer send(String path, Duration timeout) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        return Exchange.within(timeout, MAX_BYTES)
                .send(HttpRequest.newBuilder(uri).timeout(AMPLE).build());
    }

    private void pause(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('[');
            exchange.getResponseBody().flush();
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeWithoutEnd(HttpExchange exchange) throws IOException {
        byte[] part = new byte[64 << 10];
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            while (closed.getCount() > 0) {
                body.write(part);
            }
        } catch (IOException e) {
            writeFailed.countDown();
            throw e;
        }
    }

    private static void write(HttpExchange exchange, int length) throws IOException {
        exchange.sendResponseHeaders(200, length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write("x".repeat(length).getBytes(US_ASCII));
        }
    }
}
