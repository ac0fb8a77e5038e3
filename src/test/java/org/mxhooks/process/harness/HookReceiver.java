package org.mxhooks.process.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mxhooks.ProjectsHeaders;

/** Subscribers of the relay, each at a path of its own; they remember the stories' news that they take. */
public final class HookReceiver implements AutoCloseable {

    private static final Pattern STORY = Pattern.compile("\"StoryId\"\\s*:\\s*\"?(\\d+)");
    private static final Pattern NUMBER = Pattern.compile("\"Name\"\\s*:\\s*\"(\\d+)\"");

    /**
     * News that a subscriber took.
     *
     * @param number by which the news of a story are ordered
     */
    public record Taken(String delivery, long story, long number) {}

    private final Map<String, List<Taken>> taken = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile IntPredicate refused = call -> false;

    public HookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    /** Answers 500 to these calls, by their number. */
    public void refuse(IntPredicate which) {
        refused = which;
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        boolean accepts = !refused.test(calls.incrementAndGet());
        if (accepts) {
            List<Taken> ofPath = taken.computeIfAbsent(exchange.getRequestURI().getPath(), path -> new ArrayList<>());
            synchronized (ofPath) {
                ofPath.add(new Taken(
                        exchange.getRequestHeaders().getFirst(ProjectsHeaders.DELIVERY),
                        number(STORY, body),
                        number(NUMBER, body)));
            }
        }
        exchange.sendResponseHeaders(accepts ? 204 : 500, -1);
        exchange.close();
    }

    private static long number(Pattern pattern, String body) {
        Matcher matcher = pattern.matcher(body);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** In the order in which it was taken; what was sent again is there again. */
    public List<Taken> taken(String path) {
        List<Taken> ofPath = taken.getOrDefault(path, List.of());
        synchronized (ofPath) {
            return List.copyOf(ofPath);
        }
    }

    /** News that came after later ones of the same story; not those that came once more before the next. */
    public List<Taken> outOfOrder(String path) {
        Map<Long, Long> last = new HashMap<>();
        List<Taken> late = new ArrayList<>();
        for (Taken each : taken(path)) {
            if (last.merge(each.story(), each.number(), Math::max) > each.number()) {
                late.add(each);
            }
        }
        return late;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
