package org.mxhooks.process.benchmarks;

import static java.net.http.HttpResponse.BodyHandlers.ofInputStream;
import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.journey.Operator;
import org.mxhooks.process.harness.Closing;
import org.mxhooks.process.harness.PayaraMicro;
import org.mxhooks.process.harness.Postgres;
import org.mxhooks.process.harness.Senders;

/**
 * What accepting notices of ten browsers that are open on the console's overview: each follows the stream of changes
 * and reads the page again as often as its script would. On Payara Micro and PostgreSQL, which share the machine with
 * senders and browsers, in turns, the mirror paused; only the ratio says something.
 */
@Tag("benchmark")
class ConsoleBenchmark {

    private static final String SECRET = "of-the-portal";
    private static final String PASSWORD = "of-the-operator";
    private static final int BROWSERS = 10;
    private static final int ROUNDS = Integer.getInteger("console.rounds", 5);
    private static final Duration ROUND = Duration.ofSeconds(Integer.getInteger("console.seconds", 10));
    private static final Duration WARM_UP = Duration.ofSeconds(120);
    private static final Pattern TOKEN = Pattern.compile("name=\"form-token\" value=\"([^\"]+)\"");

    @TempDir
    Path scratch;

    private final HttpClient http = HttpClient.newHttpClient();
    private final LongAdder pages = new LongAdder();
    private Postgres postgres;
    private PayaraMicro server;
    private URI console;

    @BeforeEach
    void start() throws Exception {
        postgres = new Postgres(scratch.resolve("postgres"));
        postgres.start();
        Map<String, String> settings = new HashMap<>(postgres.settings());
        settings.put("mxhooks.endpoint.default.secret", SECRET);
        settings.put("mxhooks.operator.password", PASSWORD);
        server = PayaraMicro.start(settings);
        console = server.application().resolve("console/");
        Operator operator = new Operator(server.application(), PASSWORD);
        operator.pauses("mirror");
        operator.pauses("jms");
    }

    @AfterEach
    void stop() throws Exception {
        Closing.all(server, postgres);
    }

    @Test
    void acceptsBesideTenBrowsers() throws Exception {
        Senders senders = new Senders(SECRET, 8);
        URI hooks = server.application().resolve("hooks/default");
        String session = signIn();
        beside(session, senders, hooks, WARM_UP);
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            boolean aloneFirst = round % 2 == 0;
            double first = aloneFirst ? senders.perSecond(hooks, ROUND) : beside(session, senders, hooks, ROUND);
            double second = aloneFirst ? beside(session, senders, hooks, ROUND) : senders.perSecond(hooks, ROUND);
            double alone = aloneFirst ? first : second;
            double beside = aloneFirst ? second : first;
            System.out.printf("accepts %.0f/s; beside ten browsers %.0f/s%n", alone, beside);
            ratios.add(beside / alone);
        }
        assertThat(pages.sum()).isPositive();
        ratios.sort(null);
        System.out.printf(
                "accepts beside ten browsers on the overview over none: %.3f (%.3f–%.3f); they read %d pages%n",
                ratios.get(ratios.size() / 2), ratios.get(0), ratios.get(ratios.size() - 1), pages.sum());
    }

    private double beside(String session, Senders senders, URI hooks, Duration duration) throws Exception {
        List<InputStream> streams = new ArrayList<>();
        List<CompletableFuture<Void>> browsers = new ArrayList<>();
        for (int i = 0; i < BROWSERS; i++) {
            HttpClient browser = HttpClient.newHttpClient();
            HttpResponse<InputStream> changes =
                    browser.send(request("changes", session).build(), ofInputStream());
            assertThat(changes.statusCode()).isEqualTo(200);
            streams.add(changes.body());
            browsers.add(CompletableFuture.runAsync(
                    () -> look(browser, session, changes.body()), task -> new Thread(task).start()));
        }
        double perSecond = senders.perSecond(hooks, duration);
        assertThat(browsers).noneMatch(CompletableFuture::isDone);
        for (InputStream stream : streams) {
            stream.close();
        }
        for (CompletableFuture<Void> browser : browsers) {
            browser.handle((end, closed) -> end).join();
        }
        return perSecond;
    }

    /** Until its stream is closed. */
    private void look(HttpClient browser, String session, InputStream stream) {
        new BufferedReader(new InputStreamReader(stream, UTF_8))
                .lines()
                .filter(line -> line.startsWith("data:"))
                .forEach(change -> read(browser, session));
    }

    private void read(HttpClient browser, String session) {
        HttpResponse<String> page = browser.sendAsync(
                        request("overview", session)
                                .header("HX-Request", "true")
                                .build(),
                        ofString())
                .join();
        assertThat(page.body()).contains("id=\"live\"");
        pages.increment();
    }

    private HttpRequest.Builder request(String page, String cookie) {
        return HttpRequest.newBuilder(console.resolve(page)).header("Cookie", cookie);
    }

    private String signIn() throws Exception {
        HttpResponse<String> form = http.send(request("sign-in", "").build(), ofString());
        Matcher token = TOKEN.matcher(form.body());
        assertThat(token.find()).isTrue();
        String fields = "user=admin&next=overview&password=" + PASSWORD + "&form-token="
                + URLEncoder.encode(token.group(1), UTF_8);
        return cookie(
                http.send(
                        request("session", cookie(form, "mxhooks-sign-in"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(fields))
                                .build(),
                        ofString()),
                "mxhooks-session");
    }

    private static String cookie(HttpResponse<String> answer, String name) {
        return answer.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.split(";")[0])
                .filter(cookie -> cookie.startsWith(name + "="))
                .findFirst()
                .orElseThrow();
    }
}
