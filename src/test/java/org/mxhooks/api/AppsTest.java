package org.mxhooks.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mxhooks.mirror.TestMirror.APP;
import static org.mxhooks.mirror.TestMirror.deployment;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.Answer;
import org.mxhooks.CapturedLog;
import org.mxhooks.JerseyServer;
import org.mxhooks.MapConfig;
import org.mxhooks.RawRequest;
import org.mxhooks.access.TestAccess;
import org.mxhooks.database.Database;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.ingest.TestEndpointRegistry;
import org.mxhooks.journey.Body;
import org.mxhooks.mirror.Mirror;
import org.mxhooks.mirror.TestMirror;
import org.mxhooks.mirror.TestMirror.Provider;
import org.mxhooks.operations.Operations;
import org.mxhooks.settings.Settings;
import org.mxhooks.settings.SettingsReader;
import org.mxhooks.web.TestConnection;

/**
 * With a mirror of ten stories, one changed a second after the other, but for the last two, of which no time is known;
 * and a sprint.
 */
class AppsTest {

    private static final Body STORY = Body.of("story-updated.json");
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final String STORIES = "apps/" + APP + "/stories";
    private static final String SPRINTS = "apps/" + APP + "/sprints";

    private static TestDatabase database;
    private static TestMirror content;
    private static final Mirror MIRROR = new Mirror();
    private static JerseyServer server;

    private final CapturedLog log = new CapturedLog();

    @BeforeAll
    static void open(@TempDir Path home) throws Exception {
        database = TestDatabase.h2(home).migrated();
        content = new TestMirror(database, Provider.ECLIPSELINK);
        for (int i = 1; i <= 8; i++) {
            content.remembers(STORY.story(i).updatedAt(NOON.plusSeconds(i)), i);
        }
        content.remembers(STORY.story(9).with("/Meta/UpdatedAt", JsonValue.NULL), 9);
        content.remembers(STORY.story(10).with("/Meta/UpdatedAt", JsonValue.NULL), 10);
        content.remembers(Body.of("sprint-updated.json"), 11);
        Settings settings = SettingsReader.read(
                MapConfig.of(Map.of("mxhooks.home", home.toString(), "mxhooks.operator.password", "of-the-operator")));
        Inbox inbox = new Inbox(
                database.database(),
                database.dataSource(),
                Executors.defaultThreadFactory(),
                new SimpleMeterRegistry());
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
                                database.database(),
                                Mirror.class,
                                MIRROR,
                                Operations.class,
                                new Operations(),
                                Inbox.class,
                                inbox,
                                org.mxhooks.ingest.EndpointRegistry.class,
                                TestEndpointRegistry.of(settings, inbox, new SimpleMeterRegistry()),
                                HttpServletRequest.class,
                                new TestConnection().request())));
    }

    @AfterAll
    static void close() {
        server.close();
        content.close();
        database.close();
    }

    @BeforeEach
    void readAnew() {
        content.openFor(MIRROR);
    }

    @AfterEach
    void nothingOfAStrangersIsLogged() {
        log.close();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void aStoryIsShown() {
        Answer answer = get(STORIES + "/3");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.json().getInt("storyId")).isEqualTo(3);
    }

    @Test
    void aStoryIsShownAsOfAnInstant() {
        content.remembers(STORY.story(3_000).named("as of noon").updatedAt(NOON), 3_000);
        content.remembers(STORY.story(3_000).named("as of one").updatedAt(NOON.plusSeconds(3600)), 3_001);

        assertThat(get(STORIES + "/3000?at=2026-03-02T12:59:59Z").json().getString("name"))
                .isEqualTo("as of noon");
        assertThat(get(STORIES + "/3000?at=2026-03-02T13:00:00Z").json().getString("name"))
                .isEqualTo("as of one");
        get(STORIES + "/3000?at=2026-03-02T11:59:59.999999Z").isProblem(404);
    }

    /** Whatever is kept can be asked for. */
    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE})
    void aStoryIsFoundByAnyNumber(long id) {
        JsonValue app = Json.createValue("of numbers");
        content.remembers(
                STORY.story(id).with("/Story/ParentId", Json.createValue(id)).with("/Project/AppId", app), 5_000);
        content.remembers(
                Body.of("sprint-updated.json")
                        .with("/Sprint/SprintId", Json.createValue(id))
                        .with("/Project/AppId", app),
                5_001);

        assertThat(get("apps/of%20numbers/stories/" + id)
                        .json()
                        .getJsonNumber("storyId")
                        .longValueExact())
                .isEqualTo(id);
        assertThat(get("apps/of%20numbers/sprints/" + id)
                        .json()
                        .getJsonNumber("sprintId")
                        .longValueExact())
                .isEqualTo(id);
        assertThat(get("apps/of%20numbers/stories?sprint=" + id).json().getJsonArray("stories"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1.0", "1e3", "%2B1", "9223372036854775808", "-9223372036854775809", "-", "%D9%A5"})
    void whatIsNoNumberOfAStoryIsRefused(String id) {
        assertThat(get(STORIES + "/" + id).isProblem(400).json().getString("detail"))
                .startsWith("The parameter storyId cannot be '");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "6F1D0B6E-52A1-4C39-9D0A-2D6F5A1E9B77",
                "%7B6f1d0b6e-52a1-4c39-9d0a-2d6f5a1e9b77%7D",
                "6f1d0b6e52a14c399d0a2d6f5a1e9b77"
            })
    void anAppIsFoundByItsUuidHoweverThatIsWritten(String app) {
        assertThat(get("apps/" + app + "/stories/3").status()).isEqualTo(200);
        assertThat(get("apps/" + app + "/sprints").json().getJsonArray("sprints"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bestell-App Ü 50%", "a+b&c=d?e#f", "\"'{}[]<>|`^,:@!$*~", "🚚"})
    void anAppIsFoundByAnyIdThatIsKept(String id) {
        content.remembers(STORY.with("/Project/AppId", Json.createValue(id)), 6_000);
        String segment = URLEncoder.encode(id, UTF_8).replace("+", "%20");

        assertThat(get("apps/" + segment + "/stories/4711").json().getString("appId"))
                .isEqualTo(id);
        assertThat(get("apps/" + segment + "/stories").json().getJsonArray("stories"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"In\nprogress\t", "ü 100% + more?", "a&b=c#d", "🚚"})
    void aStoryIsFoundByAnyStatus(String status) {
        content.remembers(
                STORY.story(status.length())
                        .with("/Story/Status", Json.createValue(status))
                        .with("/Project/AppId", Json.createValue("of statuses")),
                7_000);

        assertThat(get("apps/of%20statuses/stories?status="
                                + URLEncoder.encode(status, UTF_8).replace("+", "%20"))
                        .json()
                        .getJsonArray("stories"))
                .hasSize(1);
    }

    @Test
    void aStoryIsShownAsOfAnyYearThatIsKept() {
        Instant beginning = Instant.parse("0001-01-01T00:00:00Z");
        content.remembers(
                STORY.story(8_000).updatedAt(beginning).with("/Project/AppId", Json.createValue("of years")), 8_000);

        assertThat(get("apps/of%20years/stories/8000?at=" + beginning).status()).isEqualTo(200);
        assertThat(get("apps/of%20years/stories?changedSince=" + beginning)
                        .json()
                        .getJsonArray("stories"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "stories/99",
        "sprints/99",
        "sprints/88?at=1970-01-01T00:00:00Z",
        "pushes/00000000-0000-0000-0000-00000000ffff",
        "packages/00000000-0000-0000-0000-00000000ffff",
        "alerts/00000000-0000-0000-0000-00000000ffff",
        "alerts/00000000-0000-0000-0000-00000000ffff?at=2026-03-02T12:00:00Z"
    })
    void whatIsNotKnownIsNotFound(String resource) {
        assertThat(get("apps/" + APP + "/" + resource).isProblem(404).json().getString("detail"))
                .contains("mxhooks.retention");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 9, 10, 200})
    void pagesAreFollowedToTheLast(int limit) {
        List<Integer> ids = new ArrayList<>();
        String next = "";
        do {
            JsonObject page = get(STORIES + "?limit=" + limit + "&status=Running&cursor=" + next)
                    .json();
            page.getJsonArray("stories").getValuesAs(JsonObject.class).stream()
                    .map(story -> story.getInt("storyId"))
                    .filter(id -> id < 100)
                    .forEach(ids::add);
            next = page.getString("next", "");
        } while (!next.isEmpty());

        assertThat(ids).containsExactly(8, 7, 6, 5, 4, 3, 2, 1, 10, 9);
    }

    @Test
    void aPageEndsByItsBytes() {
        JsonValue text = Json.createValue("\u0001€".repeat(250));
        LongStream.rangeClosed(1, 120)
                .forEach(i -> content.remembers(
                        STORY.story(i)
                                .with("/Story/Name", text)
                                .with("/Story/Description", text)
                                .with("/Story/ParentType", text)
                                .with("/Sender/FullName", text)
                                .with("/Project/Name", text)
                                .with("/Project/AppId", Json.createValue("of bytes")),
                        9_000 + i));

        JsonArray first = get("apps/of%20bytes/stories?limit=200").json().getJsonArray("stories");
        List<Integer> ids = new ArrayList<>();
        String next = "";
        do {
            JsonObject page =
                    get("apps/of%20bytes/stories?limit=200&cursor=" + next).json();
            page.getJsonArray("stories").getValuesAs(JsonObject.class).stream()
                    .map(story -> story.getInt("storyId"))
                    .forEach(ids::add);
            next = page.getString("next", "");
        } while (!next.isEmpty());

        assertThat(first).hasSizeBetween(10, 119);
        assertThat(first.toString().getBytes(UTF_8)).hasSizeLessThan(JsonPage.MAX_BYTES + 1_000);
        assertThat(ids)
                .isEqualTo(
                        IntStream.rangeClosed(1, 120).map(i -> 121 - i).boxed().toList());
    }

    @Test
    void storiesAreFiltered() {
        assertThat(ids("?type=Feature&sprint=88&changedSince=2026-03-02T12:00:07Z&limit=200"))
                .contains(7, 8)
                .doesNotContain(6, 9, 10);
        assertThat(ids("?type=Bug")).isEmpty();
        assertThat(ids("?sprint=89")).isEmpty();
        assertThat(ids("?status=Done")).isEmpty();
    }

    @Test
    void sprintsAreListed() {
        JsonObject sprints = get(SPRINTS + "?status=Active&changedSince=2026-01-01T00:00:00Z")
                .json();

        assertThat(sprints.getJsonArray("sprints")).hasSize(1);
        assertThat(sprints).doesNotContainKey("next");
        assertThat(get(SPRINTS + "?status=Planned").json().getJsonArray("sprints"))
                .isEmpty();
    }

    @Test
    void aPushIsShownWithItsCommitsAndTheStoriesThatTheMirrorMayHave() {
        content.remembers(deployment("""
                {"eventType":"teamserver.push","projectId":"of pushes","branchName":"main","commits":[
                {"id":"c1","relatedStories":[{"id":"OD-42"},{"id":"4711"}]}]}""", 10_001));
        content.remembers(deployment("{\"eventType\":\"teamserver.push\",\"projectId\":\"of pushes\"}", 10_002));

        JsonArray list = get("apps/of%20pushes/pushes").json().getJsonArray("pushes");
        JsonObject push = get("apps/of%20pushes/pushes/" + new UUID(0, 10_001)).json();

        assertThat(list).hasSize(2);
        assertThat(list.getJsonObject(1).getInt("commitCount")).isOne();
        assertThat(list.getJsonObject(1)).doesNotContainKey("commits");
        assertThat(push.getJsonArray("commits").getJsonObject(0).getJsonArray("relatedStories"))
                .hasToString("[{\"id\":\"OD-42\"},{\"id\":\"4711\",\"storyId\":4711}]");
        assertThat(get("apps/of%20pushes/pushes?story=4711&branch=main").json().getJsonArray("pushes"))
                .hasSize(1);
        assertThat(get("apps/of%20pushes/pushes?story=4712").json().getJsonArray("pushes"))
                .isEmpty();
        get("apps/another/pushes/" + new UUID(0, 10_001)).isProblem(404);
        get("apps/of%20pushes/packages/" + new UUID(0, 10_001)).isProblem(404);
    }

    @Test
    void pagesOfPushesAndPackagesAreFollowedToTheLast() {
        for (int i = 0; i < 7; i++) {
            content.remembers(
                    deployment("{\"eventType\":\"teamserver.push\",\"projectId\":\"of pages\"}", 11_000 + i),
                    deployment("{\"eventType\":\"package.uploaded\",\"projectId\":\"of pages\"}", 11_100 + i));
        }

        assertThat(deliveries("pushes")).hasSize(7).doesNotHaveDuplicates();
        assertThat(deliveries("packages")).hasSize(7).doesNotHaveDuplicates();
    }

    private static List<String> deliveries(String kind) {
        List<String> found = new ArrayList<>();
        String next = "";
        do {
            JsonObject page =
                    get("apps/of%20pages/" + kind + "?limit=3&cursor=" + next).json();
            page.getJsonArray(kind)
                    .getValuesAs(JsonObject.class)
                    .forEach(each -> found.add(each.getString("delivery")));
            next = page.getString("next", "");
        } while (!next.isEmpty());
        return found;
    }

    @Test
    void anAlertIsShownUntilItsRecoveryAndAsOfAnInstant() {
        String body = """
                {"severity":"%s","service":"Application Status","environment_id":"B6A8C8DE-AAAA-4BBB-8CCC-DDDDEEEEFFFF",
                "app_name":"of alerts","timestamp":"%s"}""";
        String alerts = "apps/of%20alerts/alerts";
        content.remembers(deployment(body.formatted("Critical", NOON), 12_001));
        String service =
                get(alerts).json().getJsonArray("alerts").getJsonObject(0).getString("serviceId");
        assertThat(get(alerts + "?open=true").json().getJsonArray("alerts")).hasSize(1);
        content.remembers(deployment(body.formatted("Recovery", NOON.plusSeconds(60)), 12_002));
        content.remembers(deployment(body.formatted("Critical", NOON.plusSeconds(30)), 12_003));

        assertThat(get(alerts + "?open=true").json().getJsonArray("alerts")).isEmpty();
        assertThat(get(alerts + "/" + service).json().getString("severity")).isEqualTo("Recovery");
        assertThat(get(alerts + "/" + service + "?at=2026-03-02T12:00:30Z")
                        .json()
                        .getBoolean("open"))
                .isTrue();
        get(alerts + "/" + service + "?at=2026-03-02T11:59:59Z").isProblem(404);
        assertThat(get(alerts + "?environment=b6a8c8deaaaa4bbb8cccddddeeeeffff&severity=Recovery")
                        .json()
                        .getJsonArray("alerts"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pushes/1", "packages/x", "alerts/main", "alerts/00000000-0000-4000-8000-00000000000g"})
    void whatIsNoUuidIsRefused(String resource) {
        assertThat(get("apps/" + APP + "/" + resource).isProblem(400).json().getString("detail"))
                .contains("allowed: a UUID, as");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unheard-of", "%F0%9F%9A%9A", "%27%20or%201=1"})
    void anAppThatIsUnknownHasNothing(String app) {
        assertThat(get("apps/" + app + "/stories").body()).isEqualTo("{\"stories\":[]}");
        get("apps/" + app + "/stories/1").isProblem(404);
    }

    @ParameterizedTest
    @CsvSource({
        "stories, limit, 0, a number from 1 to 200",
        "stories, limit, 201, a number from 1 to 200",
        "stories, limit, -1, a number from 1 to 200",
        "stories, limit, x, a number from 1 to 200",
        "stories, limit, 99999999999, a number from 1 to 200",
        "stories, sprint, x, a whole number of 64 bits",
        "stories, sprint, -, a whole number of 64 bits",
        "stories, sprint, 9223372036854775808, a whole number of 64 bits",
        "stories, status, %00, 1 to 200 characters without U+0000",
        "stories, type, a%00, 1 to 200 characters without U+0000",
        "stories, changedSince, yesterday, an instant like",
        "stories, changedSince, 0000-12-31T23:59:59Z, an instant like",
        "stories, changedSince, 2026-13-01T00:00:00Z, an instant like",
        "stories, cursor, !, the value of next from the previous page",
        "stories, at, 2026-03-02T12:00:00Z, 'status, type, sprint, changedSince, limit, cursor'",
        "sprints, limit, 0, a number from 1 to 200",
        "sprints, status, %00, 1 to 200 characters without U+0000",
        "sprints, changedSince, 0, an instant like",
        "sprints, cursor, x, the value of next from the previous page",
        "sprints, type, Bug, 'status, changedSince, limit, cursor'",
        "sprints, sprint, 88, 'status, changedSince, limit, cursor'",
        "stories/1, at, now, an instant like",
        "stories/1, at, 2026-02-30, an instant like",
        "stories/1, at, +10000-01-01T00:00:00Z, an instant like",
        "stories/1, status, Done, at",
        "sprints/1, at, -1, an instant like",
        "sprints/1, limit, 1, at",
        "pushes, branch, %00, 1 to 200 characters without U+0000",
        "pushes, story, %00, 1 to 200 characters without U+0000",
        "pushes, at, 2026-03-02T12:00:00Z, 'branch, story, changedSince, limit, cursor'",
        "pushes/00000000-0000-0000-0000-000000000001, at, 2026-03-02T12:00:00Z, no parameter",
        "packages, limit, 0, a number from 1 to 200",
        "packages, status, x, 'name, changedSince, limit, cursor'",
        "packages/00000000-0000-0000-0000-000000000001, limit, 1, no parameter",
        "alerts, open, maybe, 'true, false'",
        "alerts, status, x, 'open, severity, environment, changedSince, limit, cursor'",
        "alerts, cursor, !, the value of next from the previous page",
        "alerts/00000000-0000-0000-0000-000000000001, at, now, an instant like"
    })
    void aParameterThatCannotBeIsRefusedByName(String resource, String name, String value, String allowed) {
        String detail = get("apps/" + APP + "/" + resource + "?" + name + "=" + value)
                .isProblem(400)
                .json()
                .getString("detail");

        assertThat(detail).startsWith("The parameter " + name + " cannot be '").contains("allowed: " + allowed);
    }

    @Test
    void aParameterIsRefusedWhenItComesTwiceOrIsLong() {
        get(STORIES + "?limit=1&limit=2").isProblem(400);
        String detail = get(STORIES + "?status=" + "x".repeat(201))
                .isProblem(400)
                .json()
                .getString("detail");

        assertThat(detail).contains("'" + "x".repeat(40) + "…'");
    }

    static Stream<String> brokenCursors() {
        return Stream.of(
                        "",
                        "@",
                        "1@1",
                        "1.1@",
                        "1.1@-1",
                        "1.1@1234567890123456789",
                        "1234567890123.0@1",
                        "-123456789012.0@1",
                        "1.1234567890@1",
                        "@1 ",
                        "@x",
                        "1.2@3@4",
                        "7")
                .map(end -> end.isEmpty()
                        ? "===="
                        : Base64.getUrlEncoder().withoutPadding().encodeToString(end.getBytes(US_ASCII)));
    }

    @ParameterizedTest
    @MethodSource("brokenCursors")
    void aBrokenCursorIsRefused(String cursor) {
        assertThat(get(STORIES + "?cursor=" + cursor).isProblem(400).json().getString("detail"))
                .startsWith("The parameter cursor cannot be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-99999999999.0@0", "999999999999.999999999@999999999999999999", "@0"})
    void aCursorAtTheEndsOfTimeIsNone(String end) {
        String cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(end.getBytes(US_ASCII));

        assertThat(get(STORIES + "?cursor=" + cursor).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/3", "?limit=2&status=Running", "/3?at=2026-03-02T13:00:00Z"})
    void whatTheClientHasIsNotSentAgain(String resource) {
        Answer first = get(STORIES + resource);
        String tag = first.header("ETag");
        assertThat(tag).matches("\"[0-9a-f]{32}\"");

        for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
            Answer again =
                    request(STORIES + resource).header("If-None-Match", known).send();
            assertThat(again.status()).as(known).isEqualTo(304);
            assertThat(again.header("ETag")).isEqualTo(tag);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"other\"", "W/\"\"", "", "\"", ",,", "no tag", "W/", "foo*"})
    void whatTheClientHasNotIsSent(String known) {
        Answer answer = request(STORIES + "/3").header("If-None-Match", known).send();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getInt("storyId")).isEqualTo(3);
    }

    @Test
    void aTagChangesWithTheStory() {
        content.remembers(STORY.story(4_000).updatedAt(NOON), 4_000);
        String before = get(STORIES + "/4000").header("ETag");
        content.remembers(
                STORY.story(4_000).updatedAt(NOON.plusSeconds(1)).with("/Story/Name", Json.createValue("other")),
                4_001);
        content.openFor(MIRROR);

        Answer answer =
                request(STORIES + "/4000").header("If-None-Match", before).send();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).isNotEqualTo(before);
    }

    private static List<Integer> ids(String query) {
        return get(STORIES + query).json().getJsonArray("stories").getValuesAs(JsonObject.class).stream()
                .map(story -> story.getInt("storyId"))
                .toList();
    }

    private static Answer get(String path) {
        return request(path).send();
    }

    private static RawRequest request(String path) {
        String credentials = Base64.getEncoder().encodeToString("admin:of-the-operator".getBytes(UTF_8));
        return server.request("GET", "api/v1/" + path).header("Authorization", "Basic " + credentials);
    }
}
