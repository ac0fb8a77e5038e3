package org.mxhooks.process.benchmarks.peers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mxhooks.ProjectsHeaders;
import org.mxhooks.ProjectsSigner;

class SignedLoadTest {

    private final Set<String> bodies = ConcurrentHashMap.newKeySet();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong unsigned = new AtomicLong();
    private final ProjectsSigner signer = new ProjectsSigner(Signing.SECRET, "raw");
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private SignedLoad load;
    private volatile int status = 202;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hooks", this::answer);
        server.setExecutor(threads);
        server.start();
        URI target = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hooks");
        load = new SignedLoad(target, Signing.PROJECTS, new StoryBodies(), new AtomicLong());
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        requests.incrementAndGet();
        bodies.add(new String(body, US_ASCII));
        if (!signer.verifies(exchange.getRequestHeaders().getFirst(ProjectsHeaders.SIGNATURE), body)) {
            unsigned.incrementAndGet();
        }
        exchange.sendResponseHeaders(status, 2);
        exchange.getResponseBody().write(new byte[] {'{', '}'});
        exchange.close();
    }

    @Test
    void countsEachAnswerToASignedBodyUnlikeAnyOther() throws Exception {
        assertThat(load.closed(Duration.ofMillis(300))).isPositive();

        assertThat(load.accepted().get()).isPositive().isEqualTo(requests.get()).isEqualTo(bodies.size());
        assertThat(unsigned).hasValue(0);
    }

    @Test
    void sendsAsManyAsAreDue() throws Exception {
        assertThat(load.open(200, Duration.ofMillis(500)))
                .hasSize(100)
                .isSorted()
                .doesNotContain(0);

        assertThat(requests).hasValue(100);
    }

    @Test
    void doesNotCountWhatIsRefused() {
        status = 503;

        assertThatThrownBy(() -> load.closed(Duration.ofMillis(300))).hasMessageContaining("answered 503");
        assertThat(load.accepted()).hasValue(0);
    }
}
