package org.mxhooks.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.browser.Browser;
import org.mxhooks.browser.Window;
import org.openqa.selenium.Keys;

/** The portal's page in Chromium, as people use it. */
@Tag("process")
@EnabledIf(
        value = "org.mxhooks.browser.Browser#isInstalled",
        disabledReason = "chromium and chromium-driver are not installed")
class PageIT {

    private static final String TO_DO = ".column[data-status='To-do']";
    private static final String RUNNING = ".column[data-status='Running']";
    private static final String DONE = ".column[data-status='Done']";
    private static final String SAY = "#announcer";

    @TempDir
    static Path home;

    private static Browser browser;
    private static PagePortal portal;

    private Window window;

    @BeforeAll
    static void start() throws Exception {
        portal = new PagePortal(home);
        browser = new Browser();
    }

    @AfterAll
    static void stop() throws Exception {
        browser.close();
        portal.close();
    }

    @BeforeEach
    void openTheBoardOfAnEmptyApp() {
        window = browser.open(portal.createApp("Order Desk"));
        window.resize(1440, 900);
        window.prefer("light");
        window.find(TO_DO);
    }

    @AfterEach
    void theConsoleIsEmpty() {
        try (Window closed = window) {
            assertThat(closed.complaints()).isEmpty();
        }
    }

    @Test
    void addsStories() {
        add(TO_DO, "Show the delivery date");
        add(DONE, "Import the price list");

        assertThat(window.texts(TO_DO + " .card .name")).containsExactly("Show the delivery date");
        assertThat(window.texts(DONE + " .number")).containsExactly("1");
    }

    @Test
    void aDraggedStoryMovesInEachWindow() {
        try (Window other = browser.open(portal.page())) {
            add(TO_DO, "Show the delivery date");
            other.find(TO_DO + " .card", "Show the delivery date");

            window.drag(window.find(TO_DO + " .card"), window.find(RUNNING));

            window.find(RUNNING + " .card", "Show the delivery date");
            window.find(SAY, "moved to Running");
            other.find(RUNNING + " .card", "Show the delivery date");
        }
    }

    @Test
    void aDragEndsWithEscapeWhereItBegan() {
        add(TO_DO, "Show the delivery date");

        window.dragAndEscape(window.find(TO_DO + " .card"), window.find(RUNNING));

        assertThat(window.texts(".ghost")).isEmpty();
        assertThat(window.texts(RUNNING + " .card")).isEmpty();
        assertThat(window.texts("dialog")).isEmpty();
    }

    @Test
    void theKeyboardMovesAStoryAndKeepsTheFocusOnIt() {
        add(TO_DO, "Show the delivery date");
        window.focus(window.find(TO_DO + " .card .name"));

        window.pressShift(Keys.ARROW_RIGHT);
        window.find(RUNNING + " .card", "Show the delivery date");
        window.find(SAY, "moved to Running");
        window.pressShift(Keys.ARROW_RIGHT);

        window.find(DONE + " .card", "Show the delivery date");
        assertThat(window.focused()).isEqualTo("Show the delivery date");
        window.pressShift(Keys.ARROW_RIGHT);
        window.find(SAY, "last column");
    }

    @Test
    void theMenuMovesAStory() {
        add(TO_DO, "Show the delivery date");
        window.focus(window.find(TO_DO + " .card .move"));

        window.press(Keys.ENTER);
        window.find("[role=menu]");
        window.press(Keys.END);
        window.press(Keys.ENTER);

        window.find(DONE + " .card", "Show the delivery date");
        assertThat(window.texts("[role=menu]")).isEmpty();
    }

    @Test
    void editsAStory() {
        add(TO_DO, "Show the delivery date");
        window.click(".card .name");
        window.type("dialog [name=name]", Keys.END, " on the order page");
        window.type("dialog [name=description]", "Buyers ask for it.");
        window.click("dialog .primary");

        window.find(TO_DO + " .card", "Show the delivery date on the order page");
        window.click(".card .name");
        assertThat(window.value("dialog [name=description]")).isEqualTo("Buyers ask for it.");
    }

    @Test
    void whatOthersChangedMeanwhileIsNotOverwritten() {
        add(TO_DO, "Show the delivery date");
        window.click(".card .name");
        window.type("dialog [name=name]", " on the order page");
        portal.renameEachStory("Show the delivery day");
        window.find(".card .name", "Show the delivery day");
        window.click("dialog .primary");

        assertThat(window.find("dialog [role=alert]").getText()).isNotEmpty();
        assertThat(window.texts(".card .name")).containsExactly("Show the delivery day");
        assertThat(window.complaints()).allMatch(one -> one.contains("409"));
    }

    @Test
    void markupInANameIsText() {
        String name = "<img src=x onerror=alert(1)><b>bold</b>";
        add(TO_DO, name);

        assertThat(window.texts(".card .name")).containsExactly(name);
        assertThat(window.texts(".card img, .card b")).isEmpty();
    }

    @Test
    void plansASprint() {
        window.click("#views a", "Sprints");
        window.click(".toolbar .primary");
        window.type("dialog [name=name]", "Sprint 12");
        window.click("dialog .primary");
        window.find(".row", "Sprint 12");

        window.click("#views a", "Board");
        window.select("[aria-label=Sprint]", "Sprint 12");
        add(TO_DO, "Show the delivery date");

        assertThat(window.find(".card .sprint").getText()).isEqualTo("Sprint 12");
        window.select("[aria-label=Sprint]", "Backlog");
        window.isGone(".card", "Show the delivery date");
    }

    @Test
    void checksAWebhookInWordsAndShowsItsSecretOnce() {
        window.click("#views a", "Webhooks");
        window.click(".toolbar .primary");
        window.type("dialog [name=url]", "mxhooks");
        window.click("dialog .primary");

        assertThat(window.texts("dialog .field .error"))
                .contains("This is required.", "Enter a URL that begins with http:// or https://.");

        window.type("dialog [name=name]", "Local");
        window.type("dialog [name=url]", Keys.chord(Keys.CONTROL, "a"), "http://127.0.0.1:9/hooks/default");
        window.click("dialog .primary");
        window.find("dialog h2", "Secret of Local");
        assertThat(window.value("dialog [name=secret]")).hasSizeGreaterThan(20);
        window.click("dialog .primary");

        window.find(".row", "http://127.0.0.1:9/hooks/default");
        window.click(".row .name");
        assertThat(window.value("dialog [name=secret]")).isEmpty();
    }

    @Test
    void aFailingDeliveryShowsItsCauseAndIsRedelivered() throws IOException {
        try (AnsweringReceiver receiver = new AnsweringReceiver(503)) {
            portal.createWebhook("Local", receiver.url());
            add(TO_DO, "Show the delivery date");
            window.click("#views a", "Deliveries");
            window.find(".row .badge", "Failed");
            window.find(".row .cause", "503");
            window.click(".row .disclosure");
            window.find(".attempts li", "503");
            window.find(".headers", "MxAPI-Signature");

            int before = receiver.received();
            receiver.answer(202);
            window.click(".row .quiet-action");

            window.find(".row .badge", "Delivered");
            window.find(".attempts li", "202");
            assertThat(window.find(".details pre").getText()).contains("Show the delivery date");
            assertThat(receiver.received()).isEqualTo(before + 1);
        }
    }

    @Test
    void saysThatThePortalIsGoneAndLoadsWhenItIsBack() throws Exception {
        portal.close();
        window.find("#banner", "does not answer");
        window.find("#connection", "Offline");
        portal.start();

        window.find("#connection", "Live");
        assertThat(window.texts("#banner p")).isEmpty();
        assertThat(window.complaints()).allMatch(one -> one.contains("ERR_"));
    }

    @Test
    void eachViewIsForAllInEachSchemeAndSize() throws IOException {
        try (AnsweringReceiver receiver = new AnsweringReceiver(202)) {
            portal.createWebhook("mxhooks", receiver.url());
            portal.createWebhook("Refuses", "http://127.0.0.1:9/");
            portal.fill();
            window.find(".feed li", "Story");
            for (String scheme : List.of("light", "dark")) {
                window.prefer(scheme);
                for (String view : List.of("board", "sprints", "webhooks", "deliveries", "team")) {
                    window.go(portal.page() + "#" + view);
                    window.find("h1");
                    looksGood(view, scheme);
                }
                window.click("#views a", "Deliveries");
                window.click(".row .disclosure");
                window.find(".details pre");
                looksGood("delivery", scheme);
                window.click("#views a", "Webhooks");
                window.click(".toolbar .primary");
                window.click("dialog .primary");
                looksGood("webhook", scheme);
                window.press(Keys.ESCAPE);
                window.click("#views a", "Board");
                window.click(".card .name");
                looksGood("story", scheme);
                window.press(Keys.ESCAPE);
                window.click(".card .move");
                looksGood("menu", scheme);
            }
        }
    }

    private void looksGood(String view, String scheme) {
        for (int width : new int[] {1440, 390}) {
            String name = "%s-%s-%s".formatted(view, scheme, width);
            window.resize(width, 900);
            window.picture(name);
            assertThat(window.overflow()).as(name).isLessThanOrEqualTo(0);
            assertThat(window.violations()).as(name).isEmpty();
        }
        window.resize(1440, 900);
    }

    private void add(String column, String name) {
        window.type(column + " .composer input", name, Keys.ENTER);
        window.find(column + " .card", name);
    }
}
