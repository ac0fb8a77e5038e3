package org.mxhooks.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What the tests of pages rely on: a fault of a page is seen. */
@Tag("process")
@EnabledIf(
        value = "org.mxhooks.browser.Browser#isInstalled",
        disabledReason = "chromium and chromium-driver are not installed")
class BrowserIT {

    private static final String FAULTY =
            "data:text/html,<!doctype html><title>faulty</title><img src='data:,'><p style='width:500px'>wide</p><script>console.error('broken')</script>";

    private static Browser browser;

    @BeforeAll
    static void start() {
        browser = new Browser();
    }

    @AfterAll
    static void stop() {
        browser.close();
    }

    @Test
    void anImageWithoutTextIsAViolation() {
        assertThat(browser.open(FAULTY).violations()).anyMatch(one -> one.startsWith("image-alt: "));
    }

    @Test
    void aMessageOfTheConsoleIsAComplaint() {
        assertThat(browser.open(FAULTY).complaints()).anyMatch(one -> one.contains("broken"));
    }

    @Test
    void aPageThatIsTooWideOverflows() {
        Window window = browser.open(FAULTY);
        window.resize(390, 844);

        assertThat(window.overflow()).isPositive();
    }

    @Test
    void aSchemeIsPreferred() {
        Window window = browser.open(FAULTY);
        window.prefer("dark");

        assertThat(window.matches("(prefers-color-scheme: dark)")).isTrue();
    }
}
