package org.mxhooks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real HTTP server that keeps what it is sent and answers as configured; by default with an acceptance. */
final class Receiver implements AutoCloseable {

    private static final int HANG_UP = 0;

    /** An answer that is given to one address only. */
    private record Answered(int status, String body) {}

    private final Map<String, Answered> answers = new ConcurrentHashMap<>();
    private final List<Received> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    private volatile int status = 202;
    private volatile String body = "{\"delivery\":\"0b1c\",\"receipt\":\"accepted\"}";

    Receiver() throws IOException {
        this(0);
    }

    /** At a port that was in use before. */
    Receiver(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::receive);
        server.start();
    }

    String url() {
        return application() + "/hooks/default";
    }

    String application() {
        return "http://127.0.0.1:" + port() + "/mxhooks";
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** @param request as in {@link Received#line()} */
    Receiver answers(String request, int status, String body) {
        answers.put(request, new Answered(status, body));
        return this;
    }

    void answers(int status, String body) {
        this.status = status;
        this.body = body;
    }

    void hangsUp() {
        status = HANG_UP;
    }

    List<Received> requests() {
        return requests;
    }

    /** What was asked of it, in the order in which it was. */
    List<String> lines() {
        return requests.stream().map(Received::line).toList();
    }

    Received request() {
        assertThat(requests).hasSize(1);
        return requests.get(0);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            Received request = Received.from(exchange);
            requests.add(request);
            Answered answered = answers.getOrDefault(request.line(), new Answered(status, body));
            if (answered.status() != HANG_UP) {
                byte[] answer = answered.body().getBytes(UTF_8);
                exchange.sendResponseHeaders(answered.status(), answer.length == 0 ? -1 : answer.length);
                exchange.getResponseBody().write(answer);
            }
        }
    }
}
