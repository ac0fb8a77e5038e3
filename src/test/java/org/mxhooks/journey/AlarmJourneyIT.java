package org.mxhooks.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mxhooks.browser.Browser;
import org.mxhooks.browser.Window;
import org.mxhooks.monitoring.Exposition;

/** An alarm from its cause to its end, as operators, scrapers and companions see it. */
@ExtendWith(JourneyServer.class)
@Tag("journey")
class AlarmJourneyIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Body STORY = Body.of("story-updated.json");
    private static final String CONSUMER = "alarming";
    private static final String LOGGED = "Alarm raised: dead-letters alarming\\.";

    /** Others in each run, since the server may have what an earlier one sent. */
    private static long story = 13_000 + Math.floorMod(System.nanoTime(), 1_000_000_000L);

    private final Notebook notebook = Notebook.ofServer();

    private Operator operator;

    @BeforeEach
    void meet() {
        operator = JourneyServer.operator();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(operator.consumers().text()).contains(CONSUMER));
    }

    @Test
    void isRaisedOnceAndEndsOnce() throws IOException {
        int before = notebook.lines("alarm", CONSUMER).size();
        int logged = logged(LOGGED);

        String delivery = sentToGiveUp();
        JsonObject alarm = await().atMost(SOON)
                .until(() -> alarm("alarms"), Optional::isPresent)
                .orElseThrow();

        assertThat(alarm.getString("status")).isEqualTo("raised");
        assertThat(alarm.getString("problem")).contains("has dead letters");
        assertThat(alarm.getString("command")).isEqualTo("mxhooks dead --consumer alarming");
        await().atMost(SOON).untilAsserted(() -> assertThat(metric()).isPositive());
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(notes(before)).containsExactly("dead-letters RAISED in none"));

        discard(delivery);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(notes(before))
                        .containsExactly("dead-letters RAISED in none", "dead-letters ENDED in none"));
        assertThat(alarm("alarms")).isEmpty();
        assertThat(alarm("alarms?status=ended").orElseThrow().getString("raisedAt"))
                .isEqualTo(alarm.getString("raisedAt"));
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(logged(LOGGED)).isEqualTo(logged + 1);
            assertThat(logged("Alarm ended: dead-letters alarming, raised at " + alarm.getString("raisedAt")))
                    .isOne();
            assertThat(logged("Observer \\S*BrokenBell\\S* failed on alarm dead-letters alarming"))
                    .isPositive();
        });
    }

    @Test
    @EnabledIf("isBrowserInstalled")
    void appearsOnTheOverviewWhileSomebodyLooks() {
        URI console = JourneyServer.application().resolve("console/");
        try (Browser browser = new Browser()) {
            Window window = browser.open(console.toString());
            ConsoleJourneyIT.signIn(window, "viewer", System.getProperty("viewer.password"));
            window.find("#link", "live");
            window.isGone(".alarms a", CONSUMER);

            String delivery = sentToGiveUp();

            window.find(".alarms a[href='dead-letters?consumer=alarming']", CONSUMER);
            for (String scheme : List.of("light", "dark")) {
                window.prefer(scheme);
                for (int width : List.of(1280, 390)) {
                    window.resize(width, 900);
                    window.picture("console-alarms-%s-%s".formatted(width, scheme));
                    assertThat(window.violations()).isEmpty();
                    assertThat(window.overflow()).isNotPositive();
                }
            }
            discard(delivery);
            window.isGone(".alarms a", CONSUMER);
            assertThat(window.complaints()).isEmpty();
        }
    }

    static boolean isBrowserInstalled() {
        return Browser.isInstalled();
    }

    private String sentToGiveUp() {
        story++;
        String delivery = JourneyServer.portal()
                .sends(STORY.story(story).named(CONSUMER + " " + story))
                .delivery();
        await().atMost(SOON)
                .until(() -> Progress.of(operator.delivery(delivery), CONSUMER).state(), "dead"::equals);
        return delivery;
    }

    private void discard(String delivery) {
        assertThat(operator.changes("POST", "dead/discard?delivery=" + delivery + "&consumer=" + CONSUMER)
                        .status())
                .isEqualTo(200);
    }

    private Optional<JsonObject> alarm(String path) {
        return Json.createReader(new StringReader(operator.asks(path).text()))
                .readArray()
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(alarm -> alarm.getString("subject").equals(CONSUMER))
                .findFirst();
    }

    private double metric() {
        return Exposition.openMetrics(operator.metrics("application/openmetrics-text; version=1.0.0")
                        .text())
                .value("mxhooks_alarms{kind=\"dead-letters\"}");
    }

    private List<String> notes(int before) throws IOException {
        List<String> lines = notebook.lines("alarm", CONSUMER);
        return lines.subList(before, lines.size());
    }

    private static int logged(String line) throws IOException {
        return (int)
                Pattern.compile(line).matcher(JourneyServer.log()).results().count();
    }
}
