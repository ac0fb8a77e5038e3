package org.mxhooks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real HTTP server that keeps what it is sent and answers as told; first with an acceptance. */
final class Receiver implements AutoCloseable {

    private static final int HANG_UP = 0;

    private final List<Received> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    private volatile int status = 202;
    private volatile String body = "{\"delivery\":\"0b1c\",\"receipt\":\"accepted\"}";

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::receive);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/mxhooks/hooks/default";
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
            requests.add(Received.from(exchange));
            if (status != HANG_UP) {
                byte[] answer = body.getBytes(UTF_8);
                exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
                exchange.getResponseBody().write(answer);
            }
        }
    }
}
