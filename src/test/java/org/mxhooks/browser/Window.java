package org.mxhooks.browser;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/**
 * A window of a {@link Browser}. Elements are named by CSS selectors, or by what they say; each call waits for its own.
 */
public final class Window implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path PICTURES = Path.of("target/pictures");
    private static final String VIOLATIONS = """
            const done = arguments[0];
            axe.run(document, {
              runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
              rules: { 'target-size': { enabled: true } },
            }).then(({ violations }) => done(violations.flatMap(({ id, help, nodes }) =>
              nodes.map((node) => `${id}: ${help}: ${node.html} ${node.failureSummary}`))));
            """;

    private static final String UPDATE = """
            document.body.addEventListener('htmx:afterRequest', arguments[0], { once: true });
            document.body.dispatchEvent(new CustomEvent('mxhooks-change'));
            """;

    private final ChromeDriver driver;
    private final String handle;

    Window(ChromeDriver driver, String handle) {
        this.driver = driver;
        this.handle = handle;
    }

    public void go(String url) {
        here().get(url);
    }

    /** Where the page is. */
    public String address() {
        return here().getCurrentUrl();
    }

    /** Gives the page this size, also below what a window may have. */
    public void resize(int width, int height) {
        here().executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Is in another time zone, as {@code Asia/Tokyo}, from the next page on. */
    public void zone(String id) {
        here().executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", id));
    }

    /** The address of the page. */
    public String url() {
        return here().getCurrentUrl();
    }

    /** Prefers light or dark colours, and no motion, so that pictures show the end of it. */
    public void prefer(String scheme) {
        here().executeCdpCommand(
                        "Emulation.setEmulatedMedia",
                        Map.of(
                                "features",
                                List.of(
                                        Map.of("name", "prefers-color-scheme", "value", scheme),
                                        Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    public WebElement find(String selector) {
        return await(selector)
                .atMost(PATIENCE)
                .ignoreException(StaleElementReferenceException.class)
                .until(() -> all(selector).filter(WebElement::isDisplayed).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    /** The element among these whose text contains this one. */
    public WebElement find(String selector, String text) {
        return await(selector + " " + text)
                .atMost(PATIENCE)
                .ignoreException(StaleElementReferenceException.class)
                .until(
                        () -> all(selector)
                                .filter(one ->
                                        one.isDisplayed() && one.getText().contains(text))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** Waits until no such element has this text. */
    public void isGone(String selector, String text) {
        await(selector + " " + text)
                .atMost(PATIENCE)
                .ignoreException(StaleElementReferenceException.class)
                .until(() -> all(selector).noneMatch(one -> one.getText().contains(text)));
    }

    public List<String> texts(String selector) {
        return read(selector, () -> all(selector).map(WebElement::getText).toList());
    }

    /** A page may replace an element after it was found, or add it later. */
    private static <T> T read(String alias, Supplier<T> element) {
        return await(alias)
                .atMost(PATIENCE)
                .ignoreExceptionsMatching(
                        e -> e instanceof StaleElementReferenceException || e instanceof NoSuchElementException)
                .until(element::get, found -> true);
    }

    private Stream<WebElement> all(String selector) {
        return here().findElements(By.cssSelector(selector)).stream();
    }

    public void click(String selector) {
        clickOn(selector, () -> find(selector));
    }

    public void click(String selector, String text) {
        clickOn(selector + " " + text, () -> find(selector, text));
    }

    /** Opens the {@code details} among these that have this text, which need not be seen yet. */
    public void open(String selector, String text) {
        clickOn(
                selector + " " + text,
                () -> all(selector)
                        .filter(one -> one.getDomProperty("textContent").contains(text))
                        .findFirst()
                        .map(one -> one.findElement(By.tagName("summary")))
                        .orElseThrow(() -> new NoSuchElementException("There is no " + selector + " with " + text)));
    }

    /** Presses the button over this element, and releases it when the page has had the answer to its next update. */
    public void clickDuringUpdate(String selector) {
        new Actions(here()).moveToElement(find(selector)).clickAndHold().perform();
        here().executeAsyncScript(UPDATE);
        new Actions(here()).release().perform();
    }

    private static void clickOn(String alias, Supplier<WebElement> element) {
        read(alias, () -> {
            element.get().click();
            return true;
        });
    }

    private void act(String selector, Consumer<WebElement> action) {
        read(selector, () -> {
            action.accept(find(selector));
            return true;
        });
    }

    public void type(String selector, CharSequence... keys) {
        act(selector, element -> element.sendKeys(keys));
    }

    public void clear(String selector) {
        act(selector, WebElement::clear);
    }

    /** The page as it is now. */
    public String source() {
        return here().getPageSource();
    }

    /** What a control contains. */
    public String value(String selector) {
        return read(selector, () -> find(selector).getDomProperty("value"));
    }

    /** Chooses an option by its text. */
    public void select(String selector, String option) {
        click(selector + " option", option);
    }

    /** Presses these keys where the focus is. */
    public void press(CharSequence... keys) {
        here().switchTo().activeElement().sendKeys(keys);
    }

    /** Presses Shift with this key where the focus is. */
    public void pressShift(Keys key) {
        new Actions(here()).keyDown(Keys.SHIFT).sendKeys(key).keyUp(Keys.SHIFT).perform();
    }

    public void focus(WebElement element) {
        here().executeScript("arguments[0].focus()", element);
    }

    public String focused() {
        return here().switchTo().activeElement().getText();
    }

    /** Drags with the mouse, over points between the two. */
    public void drag(WebElement from, WebElement to) {
        new Actions(here())
                .moveToElement(from)
                .clickAndHold()
                .moveByOffset(10, 5)
                .moveToElement(to)
                .release()
                .perform();
    }

    /** Begins to drag and presses Escape before the button is released. */
    public void dragAndEscape(WebElement from, WebElement to) {
        new Actions(here())
                .moveToElement(from)
                .clickAndHold()
                .moveByOffset(10, 5)
                .moveToElement(to)
                .sendKeys(Keys.ESCAPE)
                .release()
                .perform();
    }

    /** Whether a media query holds. */
    public boolean matches(String query) {
        return (boolean) here().executeScript("return matchMedia(arguments[0]).matches", query);
    }

    /** Says yes to what the page asks. */
    public void accept() {
        here().switchTo().alert().accept();
    }

    /** By how many pixels the page is wider than the window. */
    public long overflow() {
        return (long) here().executeScript("return document.documentElement.scrollWidth - innerWidth");
    }

    /** What the page and the browser complained of in the console since the last call. */
    public List<String> complaints() {
        return here().manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /** What WCAG 2.2 AA and good practice forbid, as far as axe can see it. */
    @SuppressWarnings("unchecked")
    public List<String> violations() {
        if (here().executeScript("return window.axe === undefined").equals(true)) {
            driver.executeScript(axe());
        }
        return (List<String>) here().executeAsyncScript(VIOLATIONS);
    }

    /** Stores a picture of the window as {@code target/pictures/<name>.png}. */
    public void picture(String name) {
        try {
            Files.createDirectories(PICTURES);
            Files.write(PICTURES.resolve(name + ".png"), here().getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Stores a picture of the window for the documentation, as {@code target/pictures/tasks/<name>.png}.
     *
     * @param subject where the picture begins, if the page is long enough
     */
    public void pictureOfTask(String name, String subject) {
        act(subject, element -> here().executeScript("arguments[0].scrollIntoView()", element));
        try {
            SmallPicture.write(here().getScreenshotAs(OutputType.BYTES), PICTURES.resolve("tasks/" + name + ".png"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        here().close();
    }

    private static String axe() {
        try (InputStream script = Window.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ChromeDriver here() {
        driver.switchTo().window(handle);
        return driver;
    }
}
