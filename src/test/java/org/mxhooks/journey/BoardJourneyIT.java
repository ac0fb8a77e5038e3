package org.mxhooks.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.browser.Browser;
import org.mxhooks.browser.Window;

/** The console's pages of the mirror. Of apps of the test's own, in each run others. */
@ExtendWith(JourneyServer.class)
@Tag("journey")
class BoardJourneyIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Instant MORNING = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final String app = UUID.randomUUID().toString();
    private Operator operator;

    @BeforeEach
    void meet() {
        operator = JourneyServer.operator();
        await().atMost(SOON).until(() -> operator.consumers().text().contains("\"mirror\""));
    }

    @Test
    @EnabledIf("isBrowserInstalled")
    void showsTheBoardNowAndAsOfAnInstant() {
        sends(story(1, "To-do").named("Ship <b>orders</b>").updatedAt(MORNING));
        sends(story(1, "Done").named("Ship <b>orders</b>").updatedAt(NOON));
        String last = sends(story(2, "Blocked").named("Print labels").updatedAt(MORNING));
        sends(sprint());
        mirrored(last);
        try (Browser browser = new Browser()) {
            Window window = ConsoleSession.open(browser, "stories?app=" + app);
            assertThat(window.texts(".board h2")).containsExactly("Blocked 1", "Done 1");
            window.find("section:last-child .card", "Ship <b>orders</b>");
            assertThat(window.texts(".filter option")).containsExactly("any", "Sprint 12");

            window.zone("Asia/Tokyo");
            window.go(window.url() + "&at=" + MORNING);
            assertThat(window.texts(".board h2")).containsExactly("To-do 1", "Blocked 1");
            assertThat(window.value("input[name=at]")).startsWith("2026-03-02T18:00");
            window.find(".filter label", "(Asia/Tokyo)");
            window.click(".filter button");
            await().atMost(SOON).until(() -> window.url().endsWith("sprint=&at=2026-03-02T09%3A00%3A00Z"));

            window.zone("Europe/Berlin");
            window.go(window.url().replaceFirst("at=.*", "at=2026-10-25T01:30:00Z"));
            assertThat(window.value("input[name=at]")).startsWith("2026-10-25T02:30");
            window.click(".filter button");
            await().atMost(SOON).until(() -> window.url().endsWith("at=2026-10-25T01%3A30%3A00Z"));

            window.go(window.url().replaceFirst("at=.*", "at=" + MORNING));
            window.click(".card a", "Ship");
            window.find("h1", "Story 1 Ship <b>orders</b>");
            window.find(".facts", "To-do");
            window.find(".versions li.shown", "The oldest version that is kept.");
            assertThat(window.texts(".versions li").get(0)).contains("by Ada Quist", "Status", "To-do", "Done");
            assertThat(window.texts(".changes del, .changes ins")).containsExactly("To-do", "Done");
            window.click(".versions li:first-child a", "Delivery");
            window.find("pre", "Ship <b>orders</b>");
            assertThat(window.complaints()).isEmpty();
        }
    }

    @Test
    @EnabledIf("isBrowserInstalled")
    void showsOnABoardWhatArrives() {
        mirrored(sends(story(1, "To-do").named("Ship orders").updatedAt(MORNING)));
        try (Browser browser = new Browser()) {
            Window window = ConsoleSession.open(browser, "stories?app=" + app);
            window.find("#link", "live");

            sends(story(1, "Running").named("Ship orders").updatedAt(NOON));

            window.find(".board h2", "Running 1");
            window.isGone(".board h2", "To-do");
        }
    }

    /** Whoever suits a narrow dark window and a wide light one, suits those between. */
    @Test
    @EnabledIf("isBrowserInstalled")
    void suitsEveryone() {
        String push = fill();
        try (Browser browser = new Browser()) {
            Window window = ConsoleSession.open(browser, "stories");
            for (String page : List.of(
                    "apps stories",
                    "board stories?app=" + app,
                    "list stories?view=list&app=" + app,
                    "story story?id=3&app=" + app,
                    "sprints sprints?app=" + app,
                    "sprint sprint?id=88&app=" + app,
                    "pushes pushes",
                    "push push?app=%s&id=%s".formatted(app, push),
                    "packages packages",
                    "alerts alerts",
                    "story-unknown story?id=404&app=" + app)) {
                String[] parts = page.split(" ", 2);
                window.go(JourneyServer.application()
                        .resolve("console/" + parts[1])
                        .toString());
                window.find("h1");
                look(window, parts[0]);
            }
        }
    }

    /** The layouts are those of the board, of a story and of a table; colours are the same on all pages. */
    private static void look(Window window, String name) {
        boolean isLayout = Set.of("board", "story", "alerts").contains(name);
        look(window, name, 1280, "light", true);
        look(window, name, 1280, "dark", false);
        look(window, name, 390, "light", false);
        look(window, name, 390, "dark", isLayout);
    }

    private static void look(Window window, String name, int width, String scheme, boolean closely) {
        window.resize(width, 900);
        window.prefer(scheme);
        window.picture("mirror-%s-%s-%s".formatted(name, width, scheme));
        assertThat(window.overflow()).as(name).isNotPositive();
        assertThat(closely ? window.violations() : List.of()).as(name).isEmpty();
        assertThat(window.complaints()).as(name).isEmpty();
    }

    @Test
    void pagesThroughAColumnAndAHistory() {
        List<String> deliveries = Stream.iterate(1, i -> i + 1)
                .limit(55)
                .map(i -> sends(story(i, "Running").updatedAt(MORNING.plusSeconds(i))))
                .toList();
        Stream.iterate(1, i -> i + 1)
                .limit(25)
                .forEach(i -> sends(story(1, "Running").named("Draft " + i).updatedAt(NOON.plusSeconds(i))));
        mirrored(deliveries.get(54));
        mirrored(sends(story(1, "Running").named("Draft 26").updatedAt(NOON.plusSeconds(26))));
        ConsoleSession viewer = ConsoleSession.ofViewer();

        String board = viewer.get("stories?app=" + app).body();
        assertThat(board).contains("All 55", "Draft 26").doesNotContain(">To-do");
        String list = viewer.get(link(board, "All 55")).body();
        assertThat(list).contains("id=1\"", "id=7\"").doesNotContain("id=6\"");
        assertThat(viewer.get(link(list, "Older")).body())
                .contains("id=6\"", "id=2\"")
                .doesNotContain("id=7\"", ">Older<");

        String history = viewer.get("story?id=1&app=" + app).body();
        assertThat(history)
                .contains("<del>Draft 25</del>", "<ins>Draft 26</ins>", "<del>Draft 6</del>")
                .doesNotContain("<del>Draft 5</del>");
        assertThat(viewer.get(link(history, "Older")).body())
                .contains("<del>Draft 5</del>", "The oldest version that is kept.");
    }

    @Test
    void showsPushesPackagesAndAlerts() {
        String push = fill();
        ConsoleSession viewer = ConsoleSession.ofViewer();

        assertThat(viewer.get("pushes?app=" + app).body()).contains("delivery?id=" + push, "main");
        assertThat(viewer.get("pushes?branch=main&story=OD-42&app=" + app).body())
                .contains("delivery?id=" + push);
        assertThat(viewer.get("pushes?branch=elsewhere&app=" + app).body()).contains("No push matches");
        assertThat(viewer.get("pushes").body()).contains("delivery?id=" + push);
        assertThat(viewer.get("push?app=%s&id=%s".formatted(app, push)).body())
                .contains("Delivery date on order page", "Ada Quist &lt;ada.quist@example.com&gt;", "story=OD-42");
        assertThat(viewer.get("packages?app=" + app).body()).contains("main-1.4.0.9c1185a5.mda", "10.18.0.5000");
        assertThat(viewer.get("packages").body()).contains("packages?app=" + app);
        String alerts = viewer.get("alerts?app=" + app).body();
        assertThat(alerts).containsSubsequence(">Open<", "open service", ">Ended<", "ended service", "20 min");
        assertThat(viewer.get("alerts").body()).contains("alerts?app=" + app);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stories?app=%00&sprint=x&at=yesterday&after=nonsense",
                "stories?app=a&view=list&status=%00%3Cscript%3Ealert(1)%3C/script%3E&after=9999-99-99T99_1",
                "stories?app=a&view=list&after=0000-01-01T00:00:00Z_1&at=9999-12-31T23:59:59Z",
                "stories?app=%23%7B70007*7%7D&at=0001-01-01T00:00",
                "story?app=a&id=99999999999999999999",
                "story",
                "sprint?app=%3Cscript%3Ealert(1)%3C/script%3E&id=-1&after=_999999999999999999",
                "sprints?after=_1",
                "pushes?app=a&branch=%00&story=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
                "push?app=a&id=x&from=-99999999999",
                "packages?app=a%00b&after=9999-12-31T23:59:59Z_1",
                "alerts?after-open=-999999999-01-01T00:00_1&after-ended=x"
            })
    void answersOddQueriesWithAPage(String page) {
        var answer = ConsoleSession.ofViewer().get(page);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("</html>").doesNotContain("<script>alert", ">490049<");
    }

    /** Something of everything; the push is returned. */
    private String fill() {
        for (int i = 1; i <= 12; i++) {
            String status = List.of("To-do", "Running", "In review", "Done").get(i % 4);
            sends(story(i, status).named("Story with the number " + i).updatedAt(MORNING.plusSeconds(i)));
        }
        sends(story(3, "Done").named("Show the delivery date on the order page").updatedAt(NOON));
        sends(sprint());
        String push = deploys(Body.of("teamserver-push.json").with("/projectId", Json.createValue(app)));
        deploys(Body.of("package-uploaded.json").with("/projectId", Json.createValue(app)));
        deploys(alert("open service", "Critical", MORNING));
        deploys(alert("ended service", "Critical", MORNING));
        mirrored(push);
        mirrored(deploys(alert("ended service", "Recovery", MORNING.plus(Duration.ofMinutes(20)))));
        mirrored(sends(story(13, "Done").named("Last").updatedAt(MORNING)));
        return push;
    }

    private Body story(long id, String status) {
        return Body.of("story-updated.json")
                .with("/Project/AppId", Json.createValue(app))
                .with("/Story/Status", Json.createValue(status))
                .story(id);
    }

    private Body sprint() {
        return Body.of("sprint-updated.json").with("/Project/AppId", Json.createValue(app));
    }

    private Body alert(String service, String severity, Instant at) {
        return Body.of("alert.json")
                .with("/app_name", Json.createValue(app))
                .with("/environment_id", Json.createValue(app))
                .with("/service", Json.createValue(service))
                .with("/severity", Json.createValue(severity))
                .with("/timestamp", Json.createValue(at.toString()));
    }

    private static String link(String page, String text) {
        return page.replaceFirst("(?s).*<a [^>]*href=\"([^\"]*)\"[^>]*>" + text + "<.*", "$1")
                .replace("&amp;", "&");
    }

    private static String sends(Body body) {
        return JourneyServer.portal().sends(body).delivery();
    }

    private static String deploys(Body body) {
        return new DeploymentPortal(
                        JourneyServer.application(), "deployments", System.getProperty("deployments.secret"))
                .sends(body)
                .delivery();
    }

    private void mirrored(String delivery) {
        await().atMost(SOON)
                .pollInterval(100, TimeUnit.MILLISECONDS)
                .until(() -> Progress.of(operator.delivery(delivery), "mirror").state(), "done"::equals);
    }

    static boolean isBrowserInstalled() {
        return Browser.isInstalled();
    }
}
