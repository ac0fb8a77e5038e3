package org.mxhooks.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mxhooks.browser.Browser;
import org.mxhooks.browser.Window;

/**
 * Does what the pages on tasks say, and takes their pictures. A picture is committed by hand, from
 * {@code target/pictures/tasks}, when its page has changed.
 */
@ExtendWith(JourneyServer.class)
@Tag("journey")
@EnabledIf("isBrowserInstalled")
class TasksJourneyIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Path PAGES = Path.of("src/site/markdown");
    private static final Path PICTURES = Path.of("src/site/resources/tasks");
    private static final long MAX_BYTES = 60_000;
    private static final String CONSUMER = "gives-up";

    private static long story = 14_000 + Math.floorMod(System.nanoTime(), 1_000_000_000L);

    private final Notebook notebook = Notebook.ofServer();
    private final Operator operator = JourneyServer.operator();

    static boolean isBrowserInstalled() {
        return Browser.isInstalled();
    }

    @Test
    void aDeliveryDoesNotArrive() throws IOException {
        Body body =
                Body.of("story-updated.json").named("gives-up Print the labels").story(++story);
        new Portal(JourneyServer.application(), "default", "not the secret").sends(body);
        String delivery = dead("gives-up Ship the order");
        try (Browser browser = new Browser()) {
            Window window = open(browser, "refused");
            window.click("#groups + table a", "wrong signature");
            window.find(".card", "default");
            take(window, "refused", "h1", "task-delivery-does-not-arrive");

            go(window, "deliveries?state=dead");
            window.click("a[href='delivery?id=" + delivery + "']");
            window.find("#s-gives-up .state", "dead letter");
            take(window, "delivery", "#consumers", "task-delivery-does-not-arrive");

            notebook.mend(delivery);
            window.click("#replay-gives-up");
            window.find("#s-gives-up .state", "done");
        }
    }

    @Test
    void repairAfterAnOutage() throws IOException {
        notebook.mend(dead("gives-up Ship the order"));
        notebook.mend(dead("gives-up Print the labels"));
        try (Browser browser = new Browser()) {
            Window window = open(browser, "dead-letters?consumer=" + CONSUMER);
            window.find("#replay-all");
            take(window, "dead-letters", "h1", "task-repair-after-an-outage");

            window.click("#replay-all");
            window.find("#count");
            take(window, "repair", "h1", "task-repair-after-an-outage");

            window.click("#order");
            window.find(".notice.good");
            window.find("tbody tr:first-child .state", "done");
            take(window, "orders", "h1", "task-repair-after-an-outage");
        }
    }

    @Test
    void rotateASecret() throws IOException {
        try (Browser browser = new Browser()) {
            Window window = open(browser, "endpoints");
            go(window, "endpoints#endpoint-limited");
            window.click("#rotation-limited summary");
            window.find("#rotation-limited p");
            window.find("#endpoint-limited dt", "Fingerprint of the previous secret");
            take(window, "rotation", "#endpoint-limited", "task-rotate-a-secret");
        }
    }

    @Test
    void eraseAPerson() throws IOException {
        String delivery = JourneyServer.portal()
                .sends(Body.of("story-updated.json")
                        .with("/Sender/FullName", Json.createValue("Noor Example"))
                        .with("/Sender/EmailAddress", Json.createValue("noor.example@example.com"))
                        .story(++story))
                .delivery();
        await().atMost(SOON)
                .until(() -> Progress.of(operator.delivery(delivery), "mirror").state(), "done"::equals);
        try (Browser browser = new Browser()) {
            Window window = open(browser, "privacy");
            window.type("#identifiers", "noor.example@example.com\nNoor Example");
            window.click("#count");
            window.find("#phase", "counted");
            window.find("#start");
            take(window, "erasure", "#chosen", "task-erase-a-person");

            window.click("#cancel");
            window.find("#phase", "cancelled");
        }
    }

    private static Window open(Browser browser, String page) {
        Window window = ConsoleSession.open(browser, page);
        window.prefer("light");
        window.resize(1000, 560);
        return window;
    }

    private static void go(Window window, String page) {
        window.go(JourneyServer.application().resolve("console/" + page).toString());
    }

    /** Its page shows the one that is committed, which is small. */
    private static void take(Window window, String name, String subject, String page) throws IOException {
        window.pictureOfTask(name, subject);
        assertThat(window.complaints()).isEmpty();
        assertThat(Files.readString(PAGES.resolve(page + ".md"))).contains("](../resources/tasks/" + name + ".png)");
        assertThat(Files.size(PICTURES.resolve(name + ".png"))).isLessThan(MAX_BYTES);
    }

    private String dead(String name) {
        String delivery = JourneyServer.portal()
                .sends(Body.of("story-updated.json").named(name).story(++story))
                .delivery();
        await().atMost(SOON)
                .until(() -> Progress.of(operator.delivery(delivery), CONSUMER).state(), "dead"::equals);
        return delivery;
    }
}
