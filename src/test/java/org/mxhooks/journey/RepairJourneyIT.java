package org.mxhooks.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mxhooks.browser.Browser;
import org.mxhooks.browser.Window;

/** An operator repairs what failed: by the console, in a browser and without its scripts. */
@ExtendWith(JourneyServer.class)
@Tag("journey")
class RepairJourneyIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Body STORY = Body.of("story-updated.json");
    private static final String CONSUMER = "gives-up";

    private static long story = 13_000 + Math.floorMod(System.nanoTime(), 1_000_000_000L);

    private final Notebook notebook = Notebook.ofServer();
    private Operator operator;

    @BeforeEach
    void meet() {
        operator = JourneyServer.operator();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(operator.consumers().text()).contains(CONSUMER));
    }

    static boolean isBrowserInstalled() {
        return Browser.isInstalled();
    }

    @Test
    @EnabledIf("isBrowserInstalled")
    void replaysAllThatMatchAndWatchesTheOrder() throws IOException {
        String first = dead("gives-up first");
        String second = dead("gives-up second");
        notebook.mend(first);
        notebook.mend(second);

        try (Browser browser = new Browser()) {
            Window window = ConsoleSession.open(browser, "dead-letters?consumer=" + CONSUMER);
            window.click("#replay-all");
            window.find("#count");
            window.click("#order");

            window.find(".notice.good");
            window.find("tbody tr:first-child .state", "done");
            window.go(JourneyServer.application()
                    .resolve("console/delivery?id=" + second)
                    .toString());
            window.find("#s-gives-up .state", "done");
            assertThat(window.complaints()).isEmpty();
        }
        assertThat(state(first)).isEqualTo("done");
    }

    @Test
    @EnabledIf("isBrowserInstalled")
    void discardsWithANoteThatIsShown() {
        String delivery = dead("gives-up for good");
        try (Browser browser = new Browser()) {
            Window window = ConsoleSession.open(browser, "delivery?id=" + delivery);
            window.find(".history td", " ms");
            window.find(".history td", "not mended");
            window.click("#discard-gives-up");
            window.type("#note", "sent <b>by hand</b>");
            window.click("#order");

            window.find("#s-gives-up .state", "discarded");
            window.find("#s-gives-up .note", "sent <b>by hand</b>");
            window.picture("console-discarded");
            assertThat(window.violations()).isEmpty();
            assertThat(window.complaints()).isEmpty();
        }
        assertThat(operator.delivery(delivery).text()).contains("\"note\":\"sent <b>by hand</b>\"", "\"by\":\"admin\"");
    }

    @Test
    void worksWithoutScripts() throws IOException {
        Instant before = Instant.now().minusSeconds(60);
        String delivery = dead("gives-up without scripts");
        ConsoleSession session = ConsoleSession.ofOperator();
        assertThat(session.get("repair?order=replay-period&consumer=gives-up&from=" + before)
                        .body())
                .contains("id=\"count\"", "value=\"replay-period\"");
        notebook.mend(delivery);

        HttpResponse<String> ordered = session.post(
                "change",
                Map.of(
                        "change",
                        "replay-period",
                        "consumer",
                        CONSUMER,
                        "from",
                        before.toString(),
                        "to",
                        Instant.now().plusSeconds(60).toString(),
                        "back",
                        "orders"));

        assertThat(ordered.headers().firstValue("Location")).get().asString().endsWith("/console/orders");
        await().atMost(SOON).until(() -> state(delivery), "done"::equals);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(JourneyServer.log())
                        .contains("change=replay-period&consumer=gives-up", "(replay-period) of admin is done"));
    }

    @Test
    void aViewerSeesOrdersAndGivesNone() {
        ConsoleSession viewer = ConsoleSession.ofViewer();

        assertThat(viewer.get("repair?order=discard-dead&consumer=gives-up").body())
                .contains("id=\"count\"")
                .doesNotContain("id=\"order\"");
        assertThat(viewer.post("change", Map.of("change", "discard-dead", "consumer", CONSUMER))
                        .statusCode())
                .isEqualTo(403);
        assertThat(viewer.get("orders").statusCode()).isEqualTo(200);
    }

    /** What is left out would make the order, or the list, one about all dead letters. */
    @Test
    void whatIsNotUnderstoodSelectsNothing() {
        ConsoleSession session = ConsoleSession.ofOperator();

        HttpResponse<String> answer =
                session.post("change", Map.of("change", "discard-dead", "consumer", CONSUMER, "reason", "a\nb"));

        assertThat(session.notice(answer)).contains("reason must not contain control characters");
        assertThat(session.get("download?list=dead-letters&reason=a%0ab").statusCode())
                .isEqualTo(404);
    }

    @Test
    void findsATextAndDownloadsWhatItFound() {
        String name = "sought " + UUID.randomUUID();
        String delivery =
                JourneyServer.portal().sends(STORY.named(name).story(++story)).delivery();
        String query = "text=" + name.toUpperCase(java.util.Locale.ROOT).replace(" ", "%20") + "&field=name";
        ConsoleSession session = ConsoleSession.ofViewer();

        assertThat(session.get("deliveries?" + query).body())
                .contains("delivery?id=" + delivery)
                .as("no search is repeated for each change")
                .contains("hx-trigger=\"never\"");
        assertThat(session.get("deliveries?" + query.replace("=name", "=status"))
                        .body())
                .doesNotContain("delivery?id=" + delivery);
        HttpResponse<String> file = session.get("download?list=deliveries&format=csv&" + query);
        assertThat(file.headers().firstValue("Content-Disposition"))
                .get()
                .asString()
                .contains("mxhooks-deliveries.csv");
        assertThat(file.body().lines()).hasSize(2).anyMatch(line -> line.startsWith(delivery + ","));
        assertThat(operator.asks("deliveries/download?format=jsonl&" + query).text())
                .contains("{\"delivery\":\"" + delivery + "\"");
        assertThat(session.get("download?list=body&id=" + delivery).body()).contains(name);
        assertThat(session.get("delivery?id=" + delivery).body()).contains("curl -sS --data-binary @-", "mxhooks send");
    }

    private String dead(String name) {
        String delivery =
                JourneyServer.portal().sends(STORY.named(name).story(++story)).delivery();
        await().atMost(SOON).until(() -> state(delivery), "dead"::equals);
        return delivery;
    }

    private String state(String delivery) {
        return Progress.of(operator.delivery(delivery), CONSUMER).state();
    }
}
