package org.mxhooks.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.Answer;
import org.mxhooks.CapturedLog;
import org.mxhooks.JerseyServer;
import org.mxhooks.MapConfig;
import org.mxhooks.RawRequest;
import org.mxhooks.access.TestAccess;
import org.mxhooks.database.Database;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.ingest.TestEndpointRegistry;
import org.mxhooks.mirror.Mirror;
import org.mxhooks.operations.Operations;
import org.mxhooks.relay.Subscriptions;
import org.mxhooks.settings.Settings;
import org.mxhooks.settings.SettingsReader;
import org.mxhooks.web.TestConnection;

/** With a mirror that is never asked: what it answers is shown where there is JPA. */
class OperatorTest {

    private static final String PASSWORD = "pässword: ✓";
    private static final String STORY = "apps/an-app/stories/1";

    private static final String REPLAY = "deliveries/00000000-0000-4000-8000-000000000000/replay";

    private static final TestConnection CONNECTION = new TestConnection();
    private static final AtomicInteger ADDRESSES = new AtomicInteger(1);

    private static JerseyServer server;

    private final CapturedLog log = new CapturedLog();

    @BeforeAll
    static void openBeforeTheDatabaseIsThere(@TempDir Path home) throws Exception {
        Settings settings = SettingsReader.read(MapConfig.of(Map.of(
                "mxhooks.home",
                home.toString(),
                "mxhooks.operator.user",
                "öperator",
                "mxhooks.operator.password",
                PASSWORD)));
        Inbox inbox = new Inbox(
                new Database(settings.database()), null, Executors.defaultThreadFactory(), new SimpleMeterRegistry());
        server = new JerseyServer(
                new ApiApplication(),
                TestAccess.with(
                        settings,
                        new SimpleMeterRegistry(),
                        Map.of(
                                Settings.class,
                                settings,
                                MeterRegistry.class,
                                new SimpleMeterRegistry(),
                                Database.class,
                                new Database(settings.database()),
                                Inbox.class,
                                inbox,
                                org.mxhooks.ingest.EndpointRegistry.class,
                                TestEndpointRegistry.of(settings, inbox, new SimpleMeterRegistry()),
                                Mirror.class,
                                new Mirror(),
                                Operations.class,
                                new Operations(),
                                Subscriptions.class,
                                new Subscriptions(),
                                HttpServletRequest.class,
                                CONNECTION.request())));
    }

    @BeforeEach
    void fromAnAddressThatHasNotFailedYet() {
        CONNECTION.comesFrom("198.51.100." + ADDRESSES.getAndIncrement(), true);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @AfterEach
    void nothingOfAStrangersIsLogged() {
        log.close();
        assertThat(log.withoutAudit()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, apps/an-app/stories/1",
        "GET, apps/an-app/sprints/no-number",
        "POST, apps/an-app/stories/1",
        "OPTIONS, apps/an-app/stories/1",
        "GET, nowhere",
        "GET, application.wadl",
        "GET, ''"
    })
    void nothingIsAnsweredWithoutThePassword(String method, String path) {
        isAskedFor(request(method, path).send());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic",
                "Basic ",
                "Basic  ",
                "Basic !",
                "Basic =",
                "Basic é",
                "Bearer abc",
                "Basic\t",
                "Basicabc"
            })
    void aMalformedAuthorizationIsRefused(String authorization) {
        isAskedFor(request("GET", STORY).header("Authorization", authorization).send());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "öperator",
                "öperator:",
                "öperator:pässword",
                "öperator:pässword: ✓ ",
                "Öperator:pässword: ✓",
                ":pässword: ✓",
                "admin:pässword: ✓",
                "öperator:\0"
            })
    void anotherNameOrPasswordIsRefused(String credentials) {
        isAskedFor(authorized(STORY, credentials, UTF_8).send());
    }

    @Test
    void thePasswordInAnotherCharacterSetIsRefused() {
        isAskedFor(authorized(STORY, "öperator:" + PASSWORD, ISO_8859_1).send());
    }

    @Test
    void thePasswordSentTwiceIsRefused() {
        isAskedFor(asOperator(STORY).header("Authorization", "Basic eA==").send());
    }

    @Test
    void theSchemesNameIsReadInAnyCase() {
        request("GET", "nowhere")
                .header("Authorization", "bAsIc  " + base64("öperator:" + PASSWORD, UTF_8))
                .send()
                .isProblem(404);
    }

    @ParameterizedTest
    @CsvSource({"stories/x", "stories/1.5", "stories/9223372036854775808", "stories/%20", "sprints/x"})
    void anIdThatIsNoNumberIsRefused(String path) {
        Answer answer = asOperator("apps/an-app/" + path).send().isProblem(400);

        assertThat(answer.json().getString("detail"))
                .matches("The parameter (story|sprint)Id cannot be '.+'; allowed: a whole number of 64 bits\\.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nowhere", "apps", "apps/an-app", "apps/an-app/tasks", "apps/an-app/tasks/1"})
    void whatDoesNotExistIsNotFound(String path) {
        asOperator(path).send().isProblem(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stories", "sprints", "stories/1", "sprints/1"})
    void untilTheDatabaseIsThereTheOperatorIsAskedToComeAgain(String resources) {
        Answer answer = asOperator("apps/an-app/" + resources).send().isProblem(503);

        assertThat(answer.header("Retry-After")).isEqualTo("5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"consumers", "deliveries/00000000-0000-4000-8000-000000000000"})
    void untilTheDatabaseIsOpenConsumersAreUnavailable(String path) {
        assertThat(asOperator(path).send().isProblem(503).header("Retry-After")).isEqualTo("5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1-1-1-1-1", "00000000-0000-4000-8000-00000000000g", "%20"})
    void aDeliveryThatIsNoUuidIsRefused(String delivery) {
        Answer answer = asOperator("deliveries/" + delivery).send().isProblem(400);

        assertThat(answer.json().getString("detail")).contains("delivery", "a UUID, as in the response to the sender");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?consumer=",
                "?consumer=%00",
                "?consumer=one%0Aline",
                "?consumers=mirror",
                "?consumer=one&consumer=two"
            })
    void aReplayForNobodyIsRefused(String query) {
        Answer answer =
                replay(query).header("Content-Type", "application/json").send().isProblem(400);

        assertThat(answer.json().getString("detail")).startsWith("The parameter consumer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonish"})
    void aReplayThatAForeignPageCouldAskForIsRefused(String type) {
        replay("?consumer=mirror").header("Content-Type", type).send().isProblem(415);
        replay("?consumer=mirror").send().isProblem(415);
    }

    @Test
    void aReplayIsNoGet() {
        asOperator(REPLAY + "?consumer=mirror").send().isProblem(405);
    }

    private static RawRequest replay(String query) {
        return request("POST", REPLAY + query)
                .header("Authorization", "Basic " + base64("öperator:" + PASSWORD, UTF_8))
                .declaring(0);
    }

    private static void isAskedFor(Answer answer) {
        assertThat(answer.isProblem(401).header("WWW-Authenticate"))
                .isEqualTo("Basic realm=\"mxhooks\", charset=\"UTF-8\"");
        assertThat(answer.json().getString("detail")).contains("mxhooks.operator.user");
        assertThat(answer.head() + answer.body()).doesNotContain(PASSWORD, "öperator");
    }

    private static RawRequest asOperator(String path) {
        return authorized(path, "öperator:" + PASSWORD, UTF_8);
    }

    private static RawRequest authorized(String path, String credentials, Charset charset) {
        return request("GET", path).header("Authorization", "Basic " + base64(credentials, charset));
    }

    private static RawRequest request(String method, String path) {
        return server.request(method, "api/v1/" + path);
    }

    private static String base64(String credentials, Charset charset) {
        return Base64.getEncoder().encodeToString(credentials.getBytes(charset));
    }
}
