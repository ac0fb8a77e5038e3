package org.mxhooks.journey;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.browser.Browser;
import org.mxhooks.browser.Window;

/** Users of an OpenID provider, in a browser and as a stranger would call the console. */
@ExtendWith(JourneyServer.class)
@Tag("journey")
@EnabledIf(value = "org.mxhooks.journey.ForeignSigner#isAvailable", disabledReason = "npm is not installed")
class SignInJourneyIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Pattern LEADS_ON = Pattern.compile("http-equiv=\"refresh\" content=\"0;url=([^\"]+)\"");
    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"form-token\" value=\"([^\"]+)\"");

    private static ForeignProvider provider;

    /** A browser without scripts. */
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
            .build();

    private URI console;

    @BeforeAll
    static void startProvider() throws IOException {
        ForeignSigner.install();
        provider = new ForeignProvider();
    }

    @AfterAll
    static void stopProvider() {
        provider.close();
    }

    @BeforeEach
    void meet() {
        console = URI.create(System.getProperty("oidc.redirect-uri")).resolve("..");
        assertThat(JourneyServer.application().getPort()).isEqualTo(console.getPort());
    }

    /** The provider is on another site, as far as browsers can see. */
    @Test
    @EnabledIf("isBrowserInstalled")
    void anOperatorComesBackToThePageAndSignsOutEverywhere() {
        try (Browser browser = new Browser()) {
            Window window =
                    browser.open(console.resolve("consumers?of=the-journey").toString());
            window.click(".sso", "Sign in with localhost");
            window.click("button", "olivia");

            window.find("h1", "Consumers");
            window.find(".who b", "olivia (localhost)");
            assertThat(window.address())
                    .isEqualTo(console.resolve("consumers?of=the-journey").toString());
            window.go(console.resolve("overview").toString());
            window.find("h1", "Overview");
            assertThat(window.complaints()).isEmpty();

            window.click(".who form button", "Sign out");
            window.find("h1", "Sign out?");
            window.click("button", "Sign out");

            window.find(".sso");
            assertThat(window.address()).startsWith(console.resolve("sign-in").toString());
            window.click(".sso");
            window.click("button", "Cancel");

            window.find("h1", "Not signed in");
            assertSuits(window, "not-signed-in");
            window.go(console.resolve("sign-in?failed=provider").toString());
            assertSuits(window, "sign-in-without-provider");
        }
    }

    private static void assertSuits(Window window, String page) {
        for (String scheme : List.of("light", "dark")) {
            for (int width : new int[] {1280, 390}) {
                window.resize(width, 900);
                window.prefer(scheme);
                window.picture("console-%s-%s-%s".formatted(page, width, scheme));
                assertThat(window.violations()).as(page).isEmpty();
                assertThat(window.overflow()).as(page).isNotPositive();
            }
        }
    }

    static boolean isBrowserInstalled() {
        return Browser.isInstalled();
    }

    @Test
    void anOperatorsChangesAreRecordedWithTheIssuer() throws Exception {
        signIn("olivia", "consumers");
        String page = get(console.resolve("consumers")).body();
        assertThat(page).contains("olivia (localhost)").doesNotContain("read-only");

        HttpResponse<String> changed =
                post(console.resolve("change"), "change=retire&consumer=nobody&form-token=" + formToken(page));

        assertThat(changed.statusCode()).isEqualTo(303);
        String olivia = "'olivia' of %s from 127.0.0.1: ".formatted(ForeignProvider.issuer());
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(JourneyServer.log())
                        .contains(
                                olivia + "SIGN-IN /mxhooks/console/oidc/callback?role=operator&sub=olivia: 200",
                                olivia + "POST /mxhooks/console/change?change=retire&consumer=nobody: 303"));
    }

    @Test
    void aViewerLooksAndChangesNothing() throws Exception {
        signIn("victor", "consumers");
        String page = get(console.resolve("consumers")).body();
        assertThat(page).contains("victor (localhost)", "read-only");

        HttpResponse<String> changed =
                post(console.resolve("change"), "change=pause&consumer=gives-up&form-token=" + formToken(page));

        assertThat(changed.statusCode()).isEqualTo(403);
        assertThat(changed.body()).contains("read-only");
    }

    @Test
    void aUserWithoutARoleIsToldWhatIsMissing() throws Exception {
        HttpResponse<String> answer = get(returned("norman", "overview"));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("norman has no role here", "claim groups");
        assertThat(location(get(console.resolve("overview")))).contains("/console/sign-in");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(JourneyServer.log())
                        .contains(
                                "'norman' of %s from 127.0.0.1: SIGN-IN /mxhooks/console/oidc/callback?claim=groups&sub=norman: 403"
                                        .formatted(ForeignProvider.issuer())));
    }

    @Test
    void whatTheProviderSaysIsEscaped() throws Exception {
        HttpResponse<String> answer = get(returned("", "overview"));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body())
                .contains("access_denied", "Cancelled by &lt;b&gt;the user")
                .doesNotContain("<b>the user");
    }

    @Test
    void aCallbackLeadsToOneSession() throws Exception {
        URI callback = returned("olivia", "overview");
        String pending = cookies();
        assertThat(get(callback).statusCode()).isEqualTo(200);

        HttpResponse<String> again = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(callback).header("Cookie", pending).build(), ofString());
        HttpResponse<String> elsewhere =
                HttpClient.newHttpClient().send(HttpRequest.newBuilder(callback).build(), ofString());

        assertThat(again.statusCode()).isEqualTo(403);
        assertThat(elsewhere.statusCode()).isEqualTo(403);
        assertThat(elsewhere.body()).contains("begun in another window or browser");
        assertThat(again.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.startsWith("mxhooks-session"));
    }

    @Test
    void anAnswerToAnotherSignInIsRefused() throws Exception {
        URI callback = returned("olivia", "overview");
        get(console.resolve("oidc"));

        assertThat(get(callback).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/", "//evil.example/", "/%5Cevil.example", "javascript:alert(1)"})
    void leadsNobodyElsewhere(String next) throws Exception {
        HttpResponse<String> page = get(returned("victor", next));

        assertThat(leadsOn(page)).isEqualTo("/mxhooks/console/overview");
    }

    @Test
    void cookiesAreForThisSiteAndItsPathsAlone() throws Exception {
        HttpResponse<String> begun = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(console.resolve("oidc"))
                                .header("X-Forwarded-For", "203.0.113.9")
                                .header("X-Forwarded-Proto", "https")
                                .build(),
                        ofString());

        assertThat(begun.headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith("mxhooks-pending=")
                .contains("Path=/mxhooks/console/oidc;", "HttpOnly", "SameSite=Lax", "Secure");
        HttpResponse<String> signedIn = get(returned("victor", "overview"));
        assertThat(signedIn.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("mxhooks-session=")
                        .contains("Path=/mxhooks/console;", "HttpOnly", "SameSite=Strict"))
                .anySatisfy(cookie ->
                        assertThat(cookie).startsWith("mxhooks-pending=;").contains("Max-Age=0"))
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("mxhooks-id-token=")
                        .contains("Path=/mxhooks/console/oidc;", "HttpOnly", "SameSite=Strict"));
    }

    @Test
    void anotherSitesPageSignsNobodyOutAtTheProvider() throws Exception {
        signIn("victor", "overview");

        HttpResponse<String> withoutCookie = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(console.resolve("oidc/sign-out")).build(), ofString());

        assertThat(location(withoutCookie)).isEqualTo("/mxhooks/console/sign-in");
        assertThat(withoutCookie.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(leadsOn(get(console.resolve("oidc/sign-out"))))
                .startsWith(ForeignProvider.issuer() + "/session/end?")
                .contains("id_token_hint=");
    }

    @Test
    void withoutTheProviderThePageSaysSoAndPasswordsWork() throws Exception {
        URI callback = returned("olivia", "deliveries?state=dead");
        provider.close();
        try {
            HttpResponse<String> answer = get(callback);

            assertThat(location(answer))
                    .isEqualTo("/mxhooks/console/sign-in?failed=provider&next=deliveries%3Fstate%3Ddead");
            String page = get(console.resolve(location(answer))).body();
            assertThat(page).contains("The OpenID provider does not answer");
            HttpResponse<String> local = post(
                    console.resolve("session"),
                    "user=admin&password=%s&next=deliveries%%3Fstate%%3Ddead&form-token=%s"
                            .formatted(System.getProperty("operator.password"), formToken(page)));
            assertThat(location(local)).isEqualTo("/mxhooks/console/deliveries?state=dead");
            assertThat(JourneyServer.operator().consumers().status()).isEqualTo(200);
        } finally {
            provider = new ForeignProvider();
        }
    }

    @Test
    void failuresOfANetworkAreThrottled() throws Exception {
        HttpResponse<String> answer = failing();
        for (int time = 0; time < 25 && answer.statusCode() == 403; time++) {
            answer = failing();
        }

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(get(returned("victor", "overview")).statusCode())
                .as("another network")
                .isEqualTo(200);
    }

    private HttpResponse<String> failing() throws Exception {
        HttpResponse<String> begun = get(console.resolve("oidc"));
        HttpRequest callback = HttpRequest.newBuilder(console.resolve("oidc/callback?error=x&iss="
                        + ForeignProvider.issuer() + "&state=" + parameter(location(begun), "state")))
                .header("X-Forwarded-For", "198.51.100.77")
                .header("X-Forwarded-Proto", "https")
                .build();
        return http.send(callback, ofString());
    }

    private void signIn(String user, String next) throws Exception {
        HttpResponse<String> page = get(returned(user, next));
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        assertThat(leadsOn(page)).isEqualTo("/mxhooks/console/" + next);
    }

    /** Where the provider leads a browser back to that signs in as this user. */
    private URI returned(String user, String next) throws Exception {
        URI begin = console.resolve("oidc?next=" + java.net.URLEncoder.encode(next, UTF_8));
        URI at = URI.create(location(get(begin)));
        assertThat(at.toString()).startsWith(ForeignProvider.issuer());
        URI question = at.resolve(location(get(at)));
        HttpResponse<String> chosen = post(question, "user=" + user);
        HttpResponse<String> resumed = get(question.resolve(location(chosen)));
        return URI.create(location(resumed));
    }

    private HttpResponse<String> get(URI page) throws Exception {
        return http.send(HttpRequest.newBuilder(page).build(), ofString());
    }

    private HttpResponse<String> post(URI page, String form) throws Exception {
        return http.send(
                HttpRequest.newBuilder(page)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                ofString());
    }

    private String cookies() {
        return ((CookieManager) http.cookieHandler().orElseThrow())
                .getCookieStore().getCookies().stream()
                        .filter(cookie -> cookie.getName().startsWith("mxhooks-"))
                        .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                        .collect(java.util.stream.Collectors.joining("; "));
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isIn(302, 303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private static String leadsOn(HttpResponse<String> page) {
        Matcher found = LEADS_ON.matcher(page.body());
        assertThat(found.find()).as(page.body()).isTrue();
        return found.group(1);
    }

    private static String formToken(String page) {
        Matcher found = FORM_TOKEN.matcher(page);
        assertThat(found.find()).as(page).isTrue();
        return found.group(1);
    }

    private static String parameter(String url, String name) {
        Matcher found = Pattern.compile("[?&]" + name + "=([^&]*)").matcher(url);
        assertThat(found.find()).as(url).isTrue();
        return URLDecoder.decode(found.group(1), UTF_8);
    }
}
