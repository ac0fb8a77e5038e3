package org.mxhooks.journey;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.browser.Browser;
import org.mxhooks.browser.Window;

/** The operator's console, in a browser and as a stranger would call it. */
@ExtendWith(JourneyServer.class)
@Tag("journey")
class ConsoleJourneyIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Body STORY = Body.of("story-updated.json");
    private static final Pattern TOKEN = Pattern.compile("name=\"form-token\" value=\"([^\"]+)\"");
    private static final String OPERATOR = System.getProperty("operator.password");
    private static final String VIEWER = System.getProperty("viewer.password");

    /** Others in each run, since the server may have what an earlier one sent. */
    private static long story = 12_000 + Math.floorMod(System.nanoTime(), 1_000_000_000L);

    private final Notebook notebook = Notebook.ofServer();
    private final HttpClient http = HttpClient.newHttpClient();

    private final List<String> subscriptions = new ArrayList<>();

    private URI console;
    private Operator operator;

    @BeforeEach
    void meet() {
        console = JourneyServer.application().resolve("console/");
        operator = JourneyServer.operator();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(operator.consumers().text()).contains("gives-up"));
    }

    @AfterEach
    void unsubscribe() {
        subscriptions.forEach(id -> operator.changes("DELETE", "subscriptions/" + id));
    }

    @Test
    @EnabledIf("isBrowserInstalled")
    void findsADeliveryRepairsItAndWatchesItSucceed() throws IOException {
        String delivery = sent("gives-up <b>bold</b>");
        await().atMost(SOON)
                .until(
                        () -> Progress.of(operator.delivery(delivery), "gives-up")
                                .state(),
                        "dead"::equals);

        try (Browser browser = new Browser()) {
            Window window = browser.open(
                    console.resolve("dead-letters?consumer=gives-up").toString());
            signIn(window, "admin", OPERATOR);
            window.click("a[href='delivery?id=" + delivery + "']");
            window.find("#s-gives-up .state", "dead letter");
            window.find("#s-gives-up .wide", "GiveUp not mended");
            window.find("pre", "gives-up <b>bold</b>");

            notebook.mend(delivery);
            window.click("#replay-gives-up");

            window.find(".notice.good", "gives-up");
            window.find("#s-gives-up .state", "done");
            assertThat(window.complaints()).isEmpty();
        }
    }

    @Test
    @EnabledIf("isBrowserInstalled")
    void showsWhatArrivesWithoutBeingLoadedAgain() {
        try (Browser browser = new Browser()) {
            Window window = browser.open(console.resolve("deliveries").toString());
            signIn(window, "admin", OPERATOR);
            window.find("#link", "live");

            String delivery = sent("comes while somebody looks");

            window.find("a[href='delivery?id=" + delivery + "']");
            window.click("#link");
            window.find("#link", "updates paused");
            String meanwhile = sent("comes while updates are paused");
            window.click("#link");
            window.find("a[href='delivery?id=" + meanwhile + "']");
            assertThat(window.complaints()).isEmpty();
        }
    }

    @Test
    @EnabledIf("isBrowserInstalled")
    void suitsEveryone() {
        String delivery = sent("gives-up");
        String subscription = subscribed("Looked at " + UUID.randomUUID());
        await().atMost(SOON)
                .until(
                        () -> Progress.of(operator.delivery(delivery), "gives-up")
                                .state(),
                        "dead"::equals);
        try (Browser browser = new Browser()) {
            Window window = browser.open(console.toString());
            assertSuits(window, "sign-in");
            signIn(window, "admin", OPERATOR);
            for (String page : List.of(
                    "overview",
                    "deliveries",
                    "delivery?id=" + delivery,
                    "dead-letters",
                    "dead-letters?consumer=gives-up",
                    "orders",
                    "repair?order=replay-period&consumer=gives-up",
                    "repair?order=discard-dead&consumer=gives-up",
                    "consumers",
                    "endpoints",
                    "refused",
                    "doctor?endpoint=default",
                    "subscription?subscription=" + subscription,
                    "privacy",
                    "subscriptions?id=" + subscription,
                    "delivery?id=nonsense")) {
                window.go(console.resolve(page).toString());
                assertSuits(window, page);
            }
        }
    }

    /** Paused, since nobody answers there. */
    private String subscribed(String name) {
        String id = operator.changes(
                        "POST",
                        "subscriptions",
                        "{\"name\":\"%s\",\"url\":\"https://127.0.0.1:9/hooks\",\"events\":[\"stories\"],\"active\":false}"
                                .formatted(name))
                .json()
                .getString("id");
        subscriptions.add(id);
        return id;
    }

    /** In each size and scheme. */
    private static void assertSuits(Window window, String page) {
        window.find("h1");
        String name = page.replaceFirst("\\?id=nonsense", "-unknown").replaceFirst("\\?.*", "");
        for (int width : new int[] {1280, 390}) {
            window.resize(width, 900);
            for (String scheme : List.of("light", "dark")) {
                window.prefer(scheme);
                String look = "console-%s-%s-%s".formatted(name, width, scheme);
                window.picture(look);
                assertThat(window.violations()).as(look).isEmpty();
                assertThat(window.overflow()).as(look).isNotPositive();
                assertThat(window.complaints()).as(look).isEmpty();
            }
        }
    }

    @Test
    @EnabledIf("isBrowserInstalled")
    void signsOutOnTheServerToo() {
        try (Browser browser = new Browser()) {
            Window window = browser.open(console.toString());
            signIn(window, "viewer", VIEWER);
            window.find("h1", "Overview");
            assertThat(window.find(".who").getText()).contains("viewer", "read-only");

            window.click(".who form button");

            window.find("label", "Password");
            window.go(console.resolve("consumers").toString());
            window.find("label", "Password");
        }
    }

    static boolean isBrowserInstalled() {
        return Browser.isInstalled();
    }

    static void signIn(Window window, String user, String password) {
        window.type("#user", user);
        window.type("#password", password);
        window.click("form button");
        window.find("nav");
    }

    /** The browser has forgotten its cookie anyway: a thief has not. */
    @Test
    void aStolenCookieEndsWithItsSession() throws Exception {
        String session = session(signIn("admin", OPERATOR, "overview"));
        String token = token(get(console.resolve("overview"), session).body());

        post("sign-out", session, Map.of("form-token", token));

        assertThat(location(get(console.resolve("overview"), session))).contains("/console/sign-in");
    }

    @Test
    void saysWhatIsWrongWithAnAddressAndWithAMethod() throws Exception {
        String session = session(signIn("viewer", VIEWER, "overview"));

        assertThat(get(console.resolve("no-such-page"), session).body()).contains("<h1>Not Found</h1>");
        assertThat(get(console.resolve("change"), session).body()).contains("<h1>Method Not Allowed</h1>");
    }

    @Test
    void leadsFromTheApplicationToTheSignIn() throws Exception {
        assertThat(location(get(JourneyServer.application(), ""))).endsWith("/console/");
        assertThat(location(get(console, ""))).endsWith("/console/sign-in");
        assertThat(location(get(console.resolve("deliveries?state=dead"), "")))
                .endsWith("/console/sign-in?next=deliveries%3Fstate%3Ddead");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sign-in", "overview", "no-such-page", "assets/console.js"})
    void allowsNoForeignScriptAndNoFrame(String page) throws Exception {
        HttpResponse<String> answer = get(console.resolve(page), "");

        assertThat(header(answer, "Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
    }

    @Test
    void keepsTheSessionToItself() throws Exception {
        HttpResponse<String> answer = signIn("admin", OPERATOR, "overview");

        assertThat(cookie(answer, "mxhooks-session"))
                .contains("HttpOnly", "SameSite=Strict", "Path=/mxhooks/console")
                .doesNotContain("Secure");
        HttpResponse<String> byProxy = http.send(
                HttpRequest.newBuilder(console.resolve("sign-in"))
                        .header("X-Forwarded-For", "203.0.113.1")
                        .header("X-Forwarded-Proto", "https")
                        .build(),
                ofString());
        assertThat(cookie(byProxy, "mxhooks-sign-in")).contains("Secure");
        String page = get(console.resolve("overview"), session(answer)).body();
        assertThat(page).contains("Overview").doesNotContain(session(answer).split("=")[1]);
        assertThat(answer.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.contains("JSESSIONID"));
    }

    @Test
    void answersAPasswordWithoutHttpsWithItsRemedyAlone() throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(console.resolve("sign-in"))
                        .header("X-Forwarded-For", "203.0.113.1")
                        .header("X-Forwarded-Proto", "http")
                        .build(),
                ofString());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("HTTPS is required");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example/",
                "/\\evil.example",
                "overview\r\nSet-Cookie: a=b",
                "../../elsewhere",
                "javascript:alert(1)"
            })
    void leadsNobodyElsewhere(String next) throws Exception {
        assertThat(location(signIn("admin", OPERATOR, next))).endsWith("/mxhooks/console/overview");
    }

    @Test
    void refusesAWrongPasswordAndAFormOfNobody() throws Exception {
        assertThat(location(signIn("admin", "wrong", "overview"))).contains("sign-in?failed=wrong");
        assertThat(location(post("session", "", Map.of("user", "admin", "password", OPERATOR))))
                .contains("sign-in?failed=expired");
    }

    @ParameterizedTest
    @ValueSource(strings = {"session", "change", "sign-out", "sign-in"})
    void readsNoLargeBodyOfAStranger(String path) throws Exception {
        String large = "user=" + "a".repeat(100_000);

        assertThat(post(path, "", Map.of("user", large)).statusCode()).isEqualTo(413);
        HttpRequest endless = HttpRequest.newBuilder(console.resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large.getBytes(UTF_8))))
                .build();
        assertThat(http.send(endless, ofString()).statusCode()).isEqualTo(413);
    }

    @Test
    void aViewersForgedChangeIsRefused() throws Exception {
        String viewer = session(signIn("viewer", VIEWER, "overview"));
        String page = get(console.resolve("consumers"), viewer).body();
        assertThat(page).contains("gives-up").doesNotContain("value=\"pause\"");

        assertThat(post("change", viewer, pausing("gives-up", token(page))).statusCode())
                .isEqualTo(403);

        assertThat(operator.asks("consumers/gives-up").text()).contains("\"paused\":false");
    }

    @Test
    void aChangeNeedsTheTokenOfItsSession() throws Exception {
        String session = session(signIn("admin", OPERATOR, "overview"));
        String other = token(get(console.resolve("consumers"), session(signIn("admin", OPERATOR, "overview")))
                .body());

        assertThat(post("change", session, pausing("gives-up", "")).statusCode())
                .isEqualTo(403);
        assertThat(post("change", session, pausing("gives-up", other)).statusCode())
                .isEqualTo(403);
        String own = token(get(console.resolve("consumers"), session).body());
        HttpRequest foreign = change("change", session, pausing("gives-up", own))
                .header("Sec-Fetch-Site", "cross-site")
                .build();
        assertThat(http.send(foreign, ofString()).statusCode()).isEqualTo(403);
        assertThat(operator.asks("consumers/gives-up").text()).contains("\"paused\":false");
    }

    @Test
    void pausesAndResumesAndAudits() throws Exception {
        String session = session(signIn("admin", OPERATOR, "overview"));
        String token = token(get(console.resolve("consumers"), session).body());

        HttpResponse<String> paused = post("change", session, pausing("gives-up", token));

        assertThat(location(paused)).endsWith("/console/consumers");
        assertThat(operator.asks("consumers/gives-up").text()).contains("\"paused\":true");
        Map<String, String> resuming = new TreeMap<>(pausing("gives-up", token));
        resuming.put("change", "resume");
        post("change", session, resuming);
        assertThat(operator.asks("consumers/gives-up").text()).contains("\"paused\":false");
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(JourneyServer.log())
                                .contains(
                                        "admin from 127.0.0.1: POST /mxhooks/console/change?change=pause&consumer=gives-up: 303",
                                        "admin from 127.0.0.1: POST /mxhooks/console/change?change=resume&consumer=gives-up: 303"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deliveries?from=yesterday&to=%00&state=sick&before=x",
                "deliveries?portalId=%00&from=%2B1000000000-12-31T23:59:59Z&to=-999999999-01-01T00:00",
                "deliveries?portalId=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
                "dead-letters?consumer=%00&reason=%0a",
                "delivery?id=%23%7B70007*7%7D",
                "delivery?id=%3Cscript%3Ealert(1)%3C/script%3E",
                "deliveries?endpoint=%3Cscript%3Ealert(1)%3C/script%3E",
                "dead-letters?before=99999999999999999999&reason=%23%7B70007*7%7D",
                "delivery?id=%23%7BconsoleUser.formToken%7D",
                "delivery?id=01a22646-946e-7afa-92a0-9787b5c03818",
                "delivery",
                "refused?endpoint=%00&before=x",
                "refused?reason=%3Cscript%3Ealert(1)%3C/script%3E",
                "subscription?subscription=nonsense",
                "subscription-secret",
                "confirm?change=pause&consumer=gives-up",
                "confirm?change=retire&consumer=%3Cscript%3Ealert(1)%3C/script%3E",
                "subscriptions?id=%23%7B70007*7%7D&name=%23%7B70007*7%7D",
                "overview?range=year"
            })
    void answersOddQueriesWithAPage(String page) throws Exception {
        String session = session(signIn("viewer", VIEWER, "overview"));

        HttpResponse<String> answer = get(console.resolve(page), session);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("</html>").doesNotContain("<script>alert", ">490049<", "complete: 490049");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sign-in?jakarta.faces.ViewState=x", "sign-in?a:jakarta.faces.partial.ajax=true"})
    void strangersCannotMakeAPageFail(String page) throws Exception {
        assertThat(get(console.resolve(page), "").statusCode()).isEqualTo(403);
        assertThat(location(post("sign-in", "", Map.of("a", "b")))).endsWith("/console/sign-in");
    }

    @Test
    void showsTheResultOfAChangeOnce() throws Exception {
        String session = session(signIn("admin", OPERATOR, "overview"));
        String token = token(get(console.resolve("consumers"), session).body());
        Map<String, String> form =
                Map.of("change", "retire", "consumer", "nobody", "back", "//evil.example/", "form-token", token);
        HttpResponse<String> answer = post("change", session, form);
        String notice = cookie(answer, "mxhooks-notice").split(";")[0];
        assertThat(location(answer)).isEqualTo("/mxhooks/console/overview");

        HttpResponse<String> shown = get(console.resolve("overview"), session + "; " + notice);

        assertThat(shown.body()).contains("There is no consumer nobody.");
        assertThat(cookie(shown, "mxhooks-notice")).contains("Max-Age=0");
    }

    private Map<String, String> pausing(String consumer, String token) {
        return Map.of("change", "pause", "consumer", consumer, "back", "consumers", "form-token", token);
    }

    private HttpResponse<String> signIn(String user, String password, String next) throws Exception {
        HttpResponse<String> form = get(console.resolve("sign-in"), "");
        String cookie = cookie(form, "mxhooks-sign-in").split(";")[0];
        return post(
                "session",
                cookie,
                Map.of("user", user, "password", password, "next", next, "form-token", token(form.body())));
    }

    private HttpResponse<String> get(URI page, String cookie) throws Exception {
        return http.send(HttpRequest.newBuilder(page).header("Cookie", cookie).build(), ofString());
    }

    private HttpResponse<String> post(String to, String cookie, Map<String, String> form) throws Exception {
        return http.send(change(to, cookie, form).build(), ofString());
    }

    private HttpRequest.Builder change(String to, String cookie, Map<String, String> form) {
        return HttpRequest.newBuilder(console.resolve(to))
                .header("Cookie", cookie)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.entrySet().stream()
                        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                        .collect(Collectors.joining("&"))));
    }

    private static String token(String page) {
        Matcher token = TOKEN.matcher(page);
        assertThat(token.find()).as(page).isTrue();
        return token.group(1);
    }

    private static String session(HttpResponse<String> signedIn) {
        return cookie(signedIn, "mxhooks-session").split(";")[0];
    }

    private static String cookie(HttpResponse<String> answer, String name) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no cookie " + name + " in " + answer.headers()));
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(303);
        return header(answer, "Location");
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private String sent(String name) {
        story++;
        return JourneyServer.portal().sends(STORY.named(name).story(story)).delivery();
    }
}
