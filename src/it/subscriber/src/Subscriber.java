import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A program that mxhooks sends webhooks to: it subscribes, verifies each request as the Standard Webhooks specification
 * says, and prints what happened. Run it as {@code java src/it/subscriber/src/Subscriber.java}; the arguments are the
 * address of mxhooks and a port of its own.
 */
class Subscriber {

    private static final String NAME = "Subscriber on port %s";
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private final URI mxhooks;
    private final int port;
    private final byte[] key = new byte[32];
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Subscriber(URI mxhooks, int port) {
        this.mxhooks = mxhooks;
        this.port = port;
        new SecureRandom().nextBytes(key);
    }

    public static void main(String[] arguments) throws Exception {
        URI mxhooks = URI.create(arguments.length > 0 ? arguments[0] : "http://127.0.0.1:8080/mxhooks");
        Subscriber subscriber = new Subscriber(mxhooks, arguments.length > 1 ? Integer.parseInt(arguments[1]) : 9000);
        subscriber.listen();
        subscriber.awaitReady();
        subscriber.subscribe();
    }

    private void listen() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::receive);
        server.start();
    }

    private void awaitReady() throws InterruptedException {
        System.out.println("Waiting for " + mxhooks);
        while (!isReady()) {
            Thread.sleep(200);
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(mxhooks + "/health/ready"))
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Creates the subscription anew, because the secret of the last run is gone. */
    private void subscribe() throws IOException, InterruptedException {
        String name = NAME.formatted(port);
        String earlier = "\"id\":\"([^\"]+)\"[^{}]*\"name\":\"%s\"".formatted(Pattern.quote(name));
        for (MatchResult found :
                Pattern.compile(earlier).matcher(call("GET", "", "")).results().toList()) {
            call("DELETE", "/" + found.group(1), "");
        }
        call("POST", "", """
                {"name": "%s", "url": "http://127.0.0.1:%s/", "events": ["stories", "sprints"], "format": "standard-webhooks", "secret": "whsec_%s"}""".formatted(name, port, Base64.getEncoder().encodeToString(key)));
        System.out.println("Subscribed at " + mxhooks);
    }

    private String call(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(mxhooks + "/api/v1/subscriptions" + path))
                .header("Content-Type", "application/json")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(("admin:" + password()).getBytes(UTF_8)))
                .method(method, BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException("%s answered %s: %s".formatted(mxhooks, answer.statusCode(), answer.body()));
        }
        return answer.body();
    }

    /** What the first start of mxhooks generated. */
    private static String password() throws IOException {
        String home = System.getenv().getOrDefault("MXHOOKS_HOME", System.getProperty("user.home") + "/.mxhooks");
        return Files.readString(Path.of(home, "operator.password")).strip();
    }

    /** Answers 2xx only to what is verified: anything else is sent again. */
    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean genuine = isGenuine(exchange.getRequestHeaders(), body);
            if (genuine) {
                print(new String(body, UTF_8));
            }
            exchange.sendResponseHeaders(genuine ? 204 : 401, -1);
        }
    }

    private boolean isGenuine(Headers headers, byte[] body) {
        try {
            String id = headers.getFirst("webhook-id");
            String timestamp = headers.getFirst("webhook-timestamp");
            Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((id + "." + timestamp + ".").getBytes(UTF_8));
            String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
            return Duration.between(sent, Instant.now()).abs().compareTo(TOLERANCE) <= 0
                    && Arrays.stream(headers.getFirst("webhook-signature").split(" "))
                            .anyMatch(one -> MessageDigest.isEqual(one.getBytes(UTF_8), expected.getBytes(UTF_8)));
        } catch (NumberFormatException | NullPointerException | GeneralSecurityException malformed) {
            return false;
        }
    }

    private static void print(String body) {
        String resource = body.contains("\"Sprint\"") && !body.contains("\"Story\"") ? "Sprint" : "Story";
        String state = body.substring(Math.max(0, body.indexOf("\"" + resource + "\"")));
        System.out.printf(
                "%-7s %-8s %-9s %s%n", resource, value(body, "Action"), value(state, "Status"), value(state, "Name"));
    }

    private static String value(String json, String name) {
        return Pattern.compile("\"%s\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"".formatted(name))
                .matcher(json)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElse("");
    }
}
