package org.mxhooks.process.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.journey.Body;
import org.mxhooks.journey.Operator;
import org.mxhooks.process.harness.Closing;
import org.mxhooks.process.harness.FilledLog;
import org.mxhooks.process.harness.PayaraMicro;
import org.mxhooks.process.harness.Postgres;
import org.mxhooks.process.harness.Senders;
import org.mxhooks.signature.HmacKey;
import org.mxhooks.signature.Message;
import org.mxhooks.signature.Scheme;
import org.mxhooks.signature.Schemes;

/**
 * How fast the relay sends, over a bare loop of the same signed POSTs; what subscribers notice of others that are dead
 * or slow; and what accepting notices of many subscriptions. On Payara Micro and PostgreSQL, which share the machine
 * with the subscribers, in turns; only ratios say something.
 */
@Tag("benchmark")
class RelayBenchmark {

    private static final String SECRET = "of-the-portal";
    private static final String KEY = "a secret of the subscribers";
    private static final int EVENTS = Integer.getInteger("relay.events", 10_000);
    private static final int ROUNDS = Integer.getInteger("relay.rounds", 3);
    private static final Duration ROUND = Duration.ofSeconds(8);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SLOW = Duration.ofSeconds(10);
    private static final int MANY = 200;
    private static final String BODY = Body.of("story-updated.json").text();

    @TempDir
    Path scratch;

    private final Map<String, LongAdder> taken = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer subscribers;
    private Postgres postgres;
    private Connection database;
    private PayaraMicro server;
    private Operator operator;

    /** When the deliveries that were sent last began to be. */
    private CpuTime committed;

    @BeforeEach
    void start() throws Exception {
        subscribers = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        subscribers.setExecutor(threads);
        subscribers.createContext("/", this::take);
        subscribers.start();
        postgres = new Postgres(scratch.resolve("postgres"));
        postgres.start();
        database = postgres.connect();
        database.setAutoCommit(false);
        Map<String, String> settings = new HashMap<>(postgres.settings());
        settings.put("mxhooks.endpoint.default.secret", SECRET);
        settings.put("mxhooks.operator.password", "of-the-operator");
        settings.put("mxhooks.relay.key", "the key of this benchmark");
        settings.put("mxhooks.relay.allow", "127.0.0.1");
        server = PayaraMicro.start(settings);
        operator = new Operator(server.application(), "of-the-operator");
        operator.pauses("mirror");
    }

    @AfterEach
    void stop() throws Exception {
        end.countDown();
        Closing.all(server, database, postgres);
        subscribers.stop(0);
        threads.shutdownNow();
    }

    private void take(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith("/slow")) {
            takeLong();
        }
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
        taken.computeIfAbsent(path, none -> new LongAdder()).increment();
    }

    private void takeLong() {
        try {
            end.await(SLOW.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void oneOverABareLoop() throws Exception {
        subscribe("/one", "stories");
        sent(List.of("/one"));
        sent(List.of("/one"));
        bare();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            CpuTime before = cpuTime();
            double loop = bare();
            CpuTime ofLoop = cpuTime().since(before);
            double relay = sent(List.of("/one"));
            System.out.printf("relay %.0f/s, bare loop %.0f/s, ratio %.2f%n", relay, loop, relay / loop);
            System.out.printf(
                    "of the bare loop %s; of the relay %s%n", ofLoop, cpuTime().since(committed));
            ratios.add(relay / loop);
        }
        System.out.printf("sends of one subscription over a bare loop: %s%n", spread(ratios));
    }

    @Test
    void eightBesideADeadAndASlowOne() throws Exception {
        List<String> eight = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            eight.add("/eight/" + i);
            subscribe("/eight/" + i, "stories");
        }
        List<String> bad = List.of(subscribe("/slow", "stories"), subscribeDead());
        bad.forEach(id -> pause(id));
        sent(eight);
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            double alone = sent(eight);
            bad.forEach(id -> resume(id));
            double beside = sent(eight);
            bad.forEach(id -> pause(id));
            System.out.printf("eight alone %.0f/s, beside a dead and a slow one %.0f/s%n", alone, beside);
            ratios.add(beside / alone);
        }
        System.out.printf("eight beside a dead and a slow one over alone: %s%n", spread(ratios));
    }

    @Test
    void acceptsBesideManySubscriptions() throws Exception {
        Senders senders = new Senders(SECRET, 8);
        URI hooks = server.application().resolve("hooks/default");
        List<String> idle = subscribeMany("sprints");
        List<String> busy = subscribeMany("stories");
        for (String id : busy) {
            pause(id);
        }
        senders.perSecond(hooks, Duration.ofSeconds(20));
        List<Double> beside = new ArrayList<>();
        List<Double> besideBusy = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            idle.forEach(id -> pause(id));
            double none = senders.perSecond(hooks, ROUND);
            idle.forEach(id -> resume(id));
            double withIdle = senders.perSecond(hooks, ROUND);
            idle.forEach(id -> pause(id));
            busy.forEach(id -> resume(id));
            double withBusy = senders.perSecond(hooks, ROUND);
            busy.forEach(id -> pause(id));
            System.out.printf(
                    "accepts %.0f/s; beside 200 that want nothing of it %.0f/s; beside 200 that want all %.0f/s%n",
                    none, withIdle, withBusy);
            beside.add(withIdle / none);
            besideBusy.add(withBusy / none);
        }
        System.out.printf(
                "accepts beside 200 subscriptions over none: those that want nothing of it %s; those that want all %s%n",
                spread(beside), spread(besideBusy));
    }

    private List<String> subscribeMany(String category) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            ids.add(subscribe("/many/" + category + i, category));
        }
        return ids;
    }

    private void pause(String id) {
        operator.changes("POST", "subscriptions/" + id + "/pause");
    }

    private void resume(String id) {
        operator.changes("POST", "subscriptions/" + id + "/resume");
    }

    /** Processor time that was spent until a moment, in microseconds; "subscribers" is this process. */
    private record CpuTime(long server, long postgres, long subscribers) {
        CpuTime since(CpuTime before) {
            return new CpuTime(server - before.server, postgres - before.postgres, subscribers - before.subscribers);
        }

        @Override
        public String toString() {
            return "%d µs of processor time a call: server %d, PostgreSQL %d, subscribers %d"
                    .formatted(
                            (server + postgres + subscribers) / EVENTS,
                            server / EVENTS,
                            postgres / EVENTS,
                            subscribers / EVENTS);
        }
    }

    private CpuTime cpuTime() throws IOException {
        ProcessHandle postmaster = postgres.postmaster();
        return new CpuTime(
                micros(server.handle()),
                micros(postmaster)
                        + postmaster
                                .children()
                                .mapToLong(RelayBenchmark::micros)
                                .sum(),
                micros(ProcessHandle.current()));
    }

    private static long micros(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1_000;
    }

    /** How many calls a second these get together of what arrives at once, by which each gets its part of all calls. */
    private double sent(List<String> paths) throws SQLException, IOException {
        int deliveries = EVENTS / paths.size();
        Map<String, Long> goals = new HashMap<>();
        paths.forEach(path -> goals.put(path, takenAt(path) + deliveries));
        FilledLog.append(database, deliveries, 2_000, BODY);
        try (Statement analyze = database.createStatement()) {
            analyze.execute("analyze mxhooks.delivery, mxhooks.body");
        }
        committed = cpuTime();
        long begin = System.nanoTime();
        database.commit();
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> goals.entrySet().stream().allMatch(goal -> takenAt(goal.getKey()) >= goal.getValue()));
        return paths.size() * deliveries / ((System.nanoTime() - begin) / 1e9);
    }

    private long takenAt(String path) {
        return taken.getOrDefault(path, new LongAdder()).sum();
    }

    /** The same signed POSTs by the same client, one after the other. */
    private double bare() throws IOException {
        Scheme scheme = Schemes.of("projects");
        HmacKey key = scheme.key(KEY);
        byte[] body = BODY.getBytes(UTF_8);
        long begin = System.nanoTime();
        try (CloseableHttpClient client = HttpClients.createDefault()) {
            for (int i = 0; i < EVENTS; i++) {
                HttpPost post = new HttpPost(url("/bare"));
                scheme.sign(new Message("id " + i, Optional.of("stories"), body), key, Clock.systemUTC())
                        .forEach(post::setHeader);
                post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
                int status = client.execute(post, response -> response.getCode());
                assertThat(status).isEqualTo(204);
            }
        }
        return EVENTS / ((System.nanoTime() - begin) / 1e9);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + subscribers.getAddress().getPort() + path;
    }

    private String subscribe(String path, String category) {
        return subscribeTo(url(path), path, category);
    }

    /** Nothing listens there. */
    private String subscribeDead() {
        return subscribeTo("http://127.0.0.1:1/", "dead", "stories");
    }

    private String subscribeTo(String url, String name, String category) {
        JsonObject created = operator.changes(
                        "POST",
                        "subscriptions",
                        Json.createObjectBuilder()
                                .add("name", name)
                                .add("url", url)
                                .add("events", Json.createArrayBuilder().add(category))
                                .add("secret", KEY)
                                .build()
                                .toString())
                .json();
        return created.getString("id");
    }

    private static String spread(List<Double> ratios) {
        List<Double> sorted = ratios.stream().sorted().toList();
        return "%.2f (%.2f–%.2f)"
                .formatted(sorted.get(sorted.size() / 2), sorted.get(0), sorted.get(sorted.size() - 1));
    }
}
