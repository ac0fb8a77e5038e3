package org.mxhooks.portal;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;
import org.mxhooks.signature.SignedRequest;

/** Whom a webhook calls: keeps what it is sent, and answers with the status that a test says. */
final class Subscriber implements AutoCloseable {

    /** A request. */
    record Call(String path, Headers headers, byte[] body, int status) {

        String id() {
            return header("MxAPI-Projects-Delivery")
                    .or(() -> header("webhook-id"))
                    .orElseThrow();
        }

        Optional<String> header(String name) {
            return Optional.ofNullable(headers.getFirst(name));
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        JsonObject json() {
            return RunningPortal.parse(text());
        }

        /** The story or sprint; empty for another family. */
        Optional<String> resource() {
            return json().containsKey("Story")
                    ? Optional.of("story " + json().getJsonObject("Story").getInt("StoryId"))
                    : json().containsKey("Sprint")
                            ? Optional.of(
                                    "sprint " + json().getJsonObject("Sprint").getInt("SprintId"))
                            : Optional.empty();
        }

        String updatedAt() {
            return json().getJsonObject("Meta").getString("UpdatedAt");
        }

        SignedRequest signed() {
            return new SignedRequest(this::header, body);
        }
    }

    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile ToIntFunction<Call> status = call -> 202;

    Subscriber() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::receive);
        server.setExecutor(threads);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    void answers(ToIntFunction<Call> given) {
        status = given;
    }

    /** In the order of arrival, those that were refused too. */
    List<Call> calls() {
        return calls;
    }

    List<Call> accepted(String path) {
        return calls.stream()
                .filter(call -> call.path().equals(path) && call.status() / 100 == 2)
                .toList();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Call call = new Call(exchange.getRequestURI().getPath(), exchange.getRequestHeaders(), body, 0);
            int answer = status.applyAsInt(call);
            calls.add(new Call(call.path(), call.headers(), body, answer));
            byte[] receipt = (call.text().startsWith("{\"probe\"") ? "{\"receipt\":\"probe\"}" : "{}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer, receipt.length);
            exchange.getResponseBody().write(receipt);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
