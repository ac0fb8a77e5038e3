package org.mxhooks.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mxhooks.ProjectsSigner;
import org.mxhooks.browser.Browser;
import org.mxhooks.browser.Window;

/** What operators do on the console about refused requests and subscriptions, in a browser. */
@ExtendWith(JourneyServer.class)
@Tag("journey")
@EnabledIf("isBrowserInstalled")
class ConsoleFormsJourneyIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private URI console;
    private Operator operator;
    private Browser browser;

    @BeforeEach
    void open() {
        console = JourneyServer.application().resolve("console/");
        operator = JourneyServer.operator();
        browser = new Browser();
    }

    @AfterEach
    void close() {
        browser.close();
    }

    static boolean isBrowserInstalled() {
        return Browser.isInstalled();
    }

    @Test
    void showsWhatWasRefusedAndWhyWhileSomebodyLooks() {
        String older = UUID.randomUUID().toString();
        String mark = UUID.randomUUID().toString();
        Window window = ConsoleSession.open(browser, "refused");
        window.find("#link", "live");
        refuse("{\"mark\":\"" + older + "\"}", "x");
        window.open("article details", older);

        refuse("{\"mark\":\"" + mark + "\",\"html\":\"<script>alert(1)</script>\"}", "x");

        window.find("section td a", "wrong signature");
        window.find("article", "not a signature");
        window.open("article details", mark);
        window.find("article pre", mark);
        window.find("article pre", older);
        window.find("article pre", "<script>alert(1)</script>");
        assertThat(window.texts("article pre"))
                .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains("mxapi-signature: x"));
        assertThat(window.complaints()).isEmpty();
        assertThat(operator.asks("refused").text()).contains(mark);
    }

    @Test
    void opensWhatIsPressedWhenAnUpdateArrives() {
        refuse("{\"mark\":\"" + UUID.randomUUID() + "\"}", "x");
        Window window = ConsoleSession.open(browser, "refused");
        window.find("#link", "live");

        window.clickDuringUpdate("article summary");

        window.find("article details[open]");
    }

    /** As often as it takes: of each kind one per second is shown. */
    private void refuse(String body, String signature) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(1100)).until(() -> {
            Portal portal = JourneyServer.portal();
            Answer answer = Answer.to(portal.post(BodyPublishers.ofString(body))
                    .header("MxAPI-Signature", signature)
                    .build());
            assertThat(answer.status()).isEqualTo(401);
            return operator.asks("refused").text().contains(body.substring(9, 40));
        });
    }

    @Test
    void createsEditsRotatesAndDeletesASubscription() {
        String name = "Made on the console " + UUID.randomUUID();
        Window window = ConsoleSession.open(browser, "subscriptions");
        window.click("#new");
        window.type("#name", name);
        window.clear("#url");
        window.type("#url", "ftp://example.org/");
        window.click("#save");

        window.find(".notice.bad li", "events must be at least one of");
        window.find(".notice.bad li", "url cannot be called");
        assertThat(window.value("#name")).isEqualTo(name);
        assertThat(window.violations()).isEmpty();
        window.picture("console-subscription-problems");
        assertThat(window.complaints()).as("the refusal, and nothing else").allMatch(line -> line.contains("422"));

        window.clear("#url");
        window.type("#url", "https://127.0.0.1:9/hooks");
        window.click("input[value=stories]");
        window.type("#headers", "X-Team: secret of the team");
        window.click("input[name=active]");
        window.click("#save");

        window.find(".notice.good", "it is not shown again");
        String secret = window.value("#shown-secret");
        assertThat(secret).hasSizeGreaterThan(15);
        window.picture("console-secret");
        assertThat(window.violations()).isEmpty();
        window.click("#seen");
        window.find("h2", name);
        window.find("dd", "stories");
        window.find("dd .state", "closed");
        assertThat(window.source()).doesNotContain(secret, "secret of the team");

        window.click("#edit");
        assertThat(window.value("#headers")).isEqualTo("X-Team: ****");
        window.click("input[value=sprints]");
        window.click("#save");
        window.find(".notice.good", "is saved");
        window.go(console.resolve("subscriptions?name=" + name.substring(20)).toString());
        window.click("td a", name);
        window.find("dd", "sprints, stories");

        window.click("#rotate");
        window.click("#rotate");
        window.find(".notice.good", "it is not shown again");
        assertThat(window.value("#shown-secret")).isNotEqualTo(secret);
        window.click("#seen");

        window.click("#delete");
        window.find("h1", "Delete subscription " + name);
        window.picture("console-confirm");
        window.click("#confirm");
        window.find(".notice.good", "is deleted");
        assertThat(operator.asks("subscriptions").text()).doesNotContain(name);
        assertThat(window.complaints()).isEmpty();
    }

    /** A page that was open before, or a link that somebody kept, may still ask for it. */
    @Test
    void doesNotRetireTheConsumerOfASubscription() {
        String name = "Not retired " + UUID.randomUUID();
        String subscription = operator.changes(
                        "POST",
                        "subscriptions",
                        "{\"name\":\"%s\",\"url\":\"https://127.0.0.1:9/hooks\",\"events\":[\"stories\"],\"active\":false}"
                                .formatted(name))
                .json()
                .getString("id");
        String consumer = "subscription-" + subscription;
        Window window = ConsoleSession.open(browser, "confirm?change=retire&consumer=" + consumer);

        window.click("#confirm");

        window.find(".notice.bad", name + " is a subscription; delete it on its page instead.");
        assertThat(operator.asks("consumers/" + consumer).status()).isEqualTo(200);
        assertThat(operator.changes("DELETE", "subscriptions/" + subscription).status())
                .isEqualTo(204);
    }

    @Test
    void findsOutWhyACapturedRequestIsRefused() {
        String body = "{\"mark\":\"%s\"}".formatted(UUID.randomUUID());
        String signature = new ProjectsSigner("another secret").sign(body.getBytes(UTF_8));
        Window window = ConsoleSession.open(browser, "endpoints");
        window.find("#url-default", "/mxhooks/hooks/default");
        window.click("#doctor-default");
        window.type("#request", "MxAPI-Signature: " + signature + "\n\n" + body);
        window.click("#examine");

        window.find("#result.bad", "not valid: wrong secret");
        assertThat(window.violations()).isEmpty();
        window.picture("console-doctor-result");

        window.clear("#request");
        window.type(
                "#request", "POST /mxhooks/hooks/default HTTP/1.1\nMxAPI-Signature: " + signed(body) + "\n\n" + body);
        window.click("#examine");
        window.find("#result.good", "valid");
        assertThat(window.complaints()).isEmpty();
    }

    /** Larger than a stranger may send, and with line ends that a text field would change. */
    @Test
    void aViewerMayExamineALargeBodyByItsBytes() {
        String body = "{\"text\":\"" + "long\n".repeat(20_000) + "\"}";
        ConsoleSession viewer = ConsoleSession.ofViewer();
        Map<String, String> form = new HashMap<>(Map.of(
                "endpoint",
                "default",
                "request",
                "MxAPI-Signature: " + signed(body),
                "body",
                Base64.getEncoder().encodeToString(body.getBytes(UTF_8))));

        assertThat(viewer.post("doctor", form).body()).contains("valid: the signature is that of this request");
        form.put("body", Base64.getEncoder().encodeToString((body + " ").getBytes(UTF_8)));
        String refused = viewer.post("doctor", form).body();
        assertThat(refused).contains("not valid: ").doesNotContain(signed(body + " "));
        form.put("body", "not Base64!");
        assertThat(viewer.post("doctor", form).body()).contains("The body is not Base64.");
        form.put("body", "");
        form.put("request", "nonsense");
        assertThat(viewer.post("doctor", form).body()).contains("this is not a captured request");
        form.put("endpoint", "nowhere");
        assertThat(viewer.post("doctor", form).body()).contains("There is no such endpoint.");
    }

    private static String signed(String body) {
        return JourneyServer.portal().signature(body.getBytes(UTF_8));
    }
}
