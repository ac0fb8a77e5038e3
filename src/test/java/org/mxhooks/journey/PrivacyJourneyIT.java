package org.mxhooks.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mxhooks.browser.Browser;
import org.mxhooks.browser.Window;

/** Erases a person by the console, and looks for what is left in every table of the server's database. */
@ExtendWith(JourneyServer.class)
@Tag("journey")
class PrivacyJourneyIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String PASSWORD = System.getProperty("operator.password");

    /** Others in each run. */
    private final String surname =
            "Q" + UUID.randomUUID().toString().replaceAll("[^a-f]", "").toLowerCase(java.util.Locale.ROOT) + "zz";

    private final String mail = "ines." + surname + "@example.com";
    private final String app = UUID.randomUUID().toString();
    private final long story = 40_000 + Math.floorMod(System.nanoTime(), 1_000_000_000L);

    private URI console;
    private Operator operator;

    @BeforeEach
    void meet() {
        console = JourneyServer.application().resolve("console/");
        operator = JourneyServer.operator();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(operator.consumers().text()).contains("gives-up", "mirror"));
    }

    @Test
    @EnabledIf("isBrowserInstalled")
    void nothingNamesAnErasedPersonAnyMore() throws Exception {
        Body body = Body.of("story-updated.json")
                .story(story)
                .named("gives-up")
                .with("/Project/AppId", Json.createValue(app))
                .with("/Story/Description", Json.createValue("Ask Ines " + surname.toUpperCase(java.util.Locale.ROOT)))
                .with("/Sender/Name", Json.createValue(mail))
                .with("/Sender/EmailAddress", Json.createValue(mail))
                .with("/Sender/FullName", Json.createValue("Ines " + surname))
                .with("/Sender/OpenId", Json.createValue("https://id.example.com/" + surname));
        String delivery = JourneyServer.portal().sends(body).delivery();
        await().atMost(SOON).until(() -> naming(surname).contains("story.sender_full_name"));
        await().atMost(SOON)
                .until(
                        () -> Progress.of(operator.delivery(delivery), "gives-up")
                                .state(),
                        "dead"::equals);
        assertThat(naming(surname)).contains("body.bytes", "story.description");

        try (Browser browser = new Browser()) {
            Window window = browser.open(console.resolve("privacy").toString());
            window.type("#user", "admin");
            window.type("#password", PASSWORD);
            window.click("form button");
            window.type("#identifiers", mail + "\nInes " + surname);
            window.click("#count");
            window.find("#phase", "counted");
            assertThat(window.texts("#named")).containsExactly("2");
            assertThat(window.texts("#changed")).containsExactly("0");
            assertThat(window.find("ul code", "https://id.example.com/" + surname))
                    .isNotNull();
            assertSuits(window, "privacy-counted-1280", 1280, "light");
            assertThat(naming(surname)).contains("body.bytes");

            window.click("#start");
            window.accept();
            window.find("#phase", "done");
            assertThat(window.texts("#changed")).containsExactly("2");
            assertSuits(window, "privacy-done-390", 390, "dark");

            window.go(console.resolve("delivery?id=" + delivery).toString());
            window.find("#erased", "no longer verifies");
            assertThat(window.complaints()).isEmpty();
        }

        assertThat(naming(surname)).isEmpty();
        assertThat(operator.delivery(delivery).text()).contains("\"erasedAt\"", "[erased]");
        assertThat(JourneyServer.portal().sends(body).receipt()).isEqualTo("duplicate");
        assertThat(naming(surname)).isEmpty();
        assertThat(exported()).contains(delivery, "[erased]").doesNotContain(surname);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(JourneyServer.log())
                        .contains("POST /mxhooks/console/erase?change=start&erasure=")
                        .contains("GET /mxhooks/api/v1/apps/" + app + "/export: 200")
                        .contains("(erase-person) of admin is done"));
        assertThat(JourneyServer.log().toLowerCase(java.util.Locale.ROOT)).doesNotContain(surname);
    }

    private static void assertSuits(Window window, String name, int width, String scheme) {
        window.resize(width, 900);
        window.prefer(scheme);
        window.picture("console-" + name);
        assertThat(window.violations()).as(name).isEmpty();
        assertThat(window.overflow()).as(name).isNotPositive();
        assertThat(window.complaints()).as(name).isEmpty();
    }

    /** The columns of the database that have a text. */
    private static String naming(String text) throws IOException, InterruptedException {
        URI kept = JourneyServer.application().resolve("kept-texts?naming=" + URLEncoder.encode(text, UTF_8));
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(kept).build(), BodyHandlers.ofString())
                .body();
    }

    private String exported() throws IOException, InterruptedException {
        byte[] zip = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(JourneyServer.application().resolve("api/v1/apps/" + app + "/export"))
                                .header(
                                        "Authorization",
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString(("admin:" + PASSWORD).getBytes(UTF_8)))
                                .build(),
                        BodyHandlers.ofByteArray())
                .body();
        StringBuilder texts = new StringBuilder();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                texts.append(new String(in.readAllBytes(), UTF_8));
            }
        }
        return texts.toString();
    }

    static boolean isBrowserInstalled() {
        return Browser.isInstalled();
    }
}
