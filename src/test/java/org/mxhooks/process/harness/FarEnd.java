package org.mxhooks.process.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Where companions call out to: an HTTP server that answers as Slack's incoming webhooks, Jira's REST API, Jenkins'
 * remote access API and PagerDuty's Events API do, and remembers.
 */
public final class FarEnd implements AutoCloseable {

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    public FarEnd() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/services/", exchange -> answer(exchange, 200, "ok"));
        server.createContext("/rest/api/3/search/jql", exchange -> answer(exchange, 200, "{\"issues\":[]}"));
        server.createContext("/rest/api/3/issue", exchange -> {
            boolean creates = exchange.getRequestMethod().equals("POST");
            answer(exchange, creates ? 201 : 204, creates ? "{\"id\":\"10001\",\"key\":\"ORD-1\"}" : "");
        });
        server.createContext(
                "/queue/api/json", exchange -> answer(exchange, 200, String.join("\n", requests("POST /job/"))));
        server.createContext("/job/order-desk/api/json", exchange -> answer(exchange, 200, "{\"builds\":[]}"));
        server.createContext("/job/order-desk/buildWithParameters", exchange -> answer(exchange, 201, ""));
        server.createContext("/v2/enqueue", exchange -> answer(exchange, 202, "{\"status\":\"success\"}"));
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Method, path and body of each request that begins so, in their order. */
    public List<String> requests(String beginning) {
        return requests.stream()
                .filter(request -> request.startsWith(beginning))
                .toList();
    }

    private void answer(HttpExchange exchange, int status, String text) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        requests.add("%s %s %s".formatted(exchange.getRequestMethod(), exchange.getRequestURI(), body));
        byte[] answer = text.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
