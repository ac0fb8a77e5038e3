package org.mxhooks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The portal's Webhooks API over HTTP, with the webhooks of one app in its memory. What it is asked and what it answers
 * is held to the published description, except the failures that a test plans.
 */
final class PortalStandIn implements AutoCloseable {

    static final String APP = "6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77";
    static final String TOKEN = "token-of-an-operator";

    private static final int PAGE = 2;
    private static final Pattern ADDRESS = Pattern.compile("/v1/apps/([^/]+)/webhooks(?:/([^/]+))?");

    /** An answer that is given instead of the right one. */
    record Failure(int status, String body, Map<String, String> headers) {

        static Failure of(int status, String message) {
            return new Failure(
                    status, "{\"error\":{\"code\":%s,\"message\":\"%s\"}}".formatted(status * 100, message), Map.of());
        }
    }

    private record Planned(Predicate<String> request, Failure failure) {}

    private final WebhooksApiDescription description = new WebhooksApiDescription();
    private final Map<String, JsonObject> webhooks = new LinkedHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<AssertionError> offences = new CopyOnWriteArrayList<>();
    private final List<Planned> failures = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private Consumer<String> before = request -> {};
    private int created;

    PortalStandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** Adds a webhook as someone in the portal would; returns its id. */
    synchronized String has(String name, String url, String secret, String... eventTypes) {
        return put(
                "mxep_" + ++created,
                Json.createObjectBuilder()
                        .add("name", name)
                        .add("url", url)
                        .add("eventTypes", Json.createArrayBuilder(List.of(eventTypes)))
                        .add("isActive", true)
                        .add("validationSecret", secret)
                        .add(
                                "headers",
                                Json.createArrayBuilder()
                                        .add(Json.createObjectBuilder()
                                                .add("key", "Authorization")
                                                .add("value", "by hand")))
                        .build());
    }

    private String put(String id, JsonObject upsert) {
        webhooks.put(id, Json.createObjectBuilder(upsert).add("id", id).build());
        return id;
    }

    synchronized JsonObject webhook(String id) {
        return webhooks.get(id);
    }

    synchronized List<JsonObject> webhooks() {
        return List.copyOf(webhooks.values());
    }

    synchronized void change(String id, String field, String value) {
        webhooks.put(
                id, Json.createObjectBuilder(webhooks.get(id)).add(field, value).build());
    }

    /** Requests are written as {@code PUT /webhooks/mxep_1}. */
    PortalStandIn failing(Predicate<String> request, Failure failure) {
        failures.add(new Planned(request, failure));
        return this;
    }

    /** What happens before a request is answered. */
    void before(Consumer<String> action) {
        before = action;
    }

    List<String> requests() {
        return requests;
    }

    List<String> changes() {
        return requests.stream().filter(line -> !line.startsWith("GET")).toList();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        String query =
                Optional.ofNullable(uri.getQuery()).map(text -> "?" + text).orElse("");
        String line =
                "%s %s%s".formatted(exchange.getRequestMethod(), uri.getPath().replace("/v1/apps/" + APP, ""), query);
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        requests.add(line);
        try {
            before.accept(line);
            Failure answer = failures.stream()
                    .filter(planned -> planned.request().test(line))
                    .findFirst()
                    .map(Planned::failure)
                    .orElseGet(() -> rightAnswer(exchange, uri, body));
            send(exchange, answer);
        } catch (AssertionError e) {
            offences.add(e);
            send(exchange, Failure.of(500, "offence"));
        }
    }

    private Failure rightAnswer(HttpExchange exchange, URI uri, String body) {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (!("MxToken " + TOKEN).equals(authorization)) {
            return Failure.of(401, "who are you");
        }
        description.demandRequest(exchange.getRequestMethod(), uri, body);
        Failure answer = answer(exchange.getRequestMethod(), uri, body);
        description.demandAnswer(exchange.getRequestMethod(), uri, answer.status(), answer.body());
        return answer;
    }

    private Failure answer(String method, URI uri, String body) {
        Matcher address = ADDRESS.matcher(uri.getPath());
        if (!address.matches() || !address.group(1).equals(APP)) {
            return Failure.of(404, "no such app");
        }
        String id = address.group(2);
        if (id != null && !webhooks.containsKey(id)) {
            return Failure.of(404, "no such webhook");
        }
        return switch (method) {
            case "GET" -> id == null ? page(uri) : ok(200, webhooks.get(id));
            case "POST" -> ok(200, webhooks.get(put("mxep_" + ++created, parse(body))));
            default -> ok(202, webhooks.get(put(id, parse(body))));
        };
    }

    private Failure page(URI uri) {
        int from = uri.getQuery() == null ? 0 : Integer.parseInt(uri.getQuery().replaceFirst("cursor=after ", ""));
        List<JsonObject> all = new ArrayList<>(webhooks.values());
        JsonArrayBuilder page = Json.createArrayBuilder();
        all.stream()
                .skip(from)
                .limit(PAGE)
                .forEach(webhook -> page.add(Json.createObjectBuilder(webhook)
                        .remove("validationSecret")
                        .remove("headers")));
        boolean more = from + PAGE < all.size();
        return ok(
                200,
                Json.createObjectBuilder()
                        .add("webhooks", page)
                        .add(
                                "cursors",
                                more
                                        ? Json.createObjectBuilder().add("next", "after " + (from + PAGE))
                                        : Json.createObjectBuilder())
                        .build());
    }

    private static Failure ok(int status, JsonObject body) {
        return new Failure(status, body.toString(), Map.of());
    }

    private static void send(HttpExchange exchange, Failure answer) throws IOException {
        byte[] bytes = answer.body().getBytes(UTF_8);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static JsonObject parse(String body) {
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            return reader.readObject();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        offences.stream().findFirst().ifPresent(offence -> {
            throw offence;
        });
    }
}
