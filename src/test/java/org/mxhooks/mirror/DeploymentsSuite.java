package org.mxhooks.mirror;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatList;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;
import static org.mxhooks.mirror.TestMirror.APP;
import static org.mxhooks.mirror.TestMirror.RECEIVED;
import static org.mxhooks.mirror.TestMirror.deployment;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.WireFiles;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.event.WebhookEvent;
import org.mxhooks.mirror.TestMirror.Provider;

/** What the mirror promises of pushes, packages and alerts, on every database, by every JPA provider. */
@TestInstance(PER_CLASS)
@Tag("persistence")
abstract class DeploymentsSuite {

    private static final String ALERTING_APP = "order-desk";
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Selection ALL = new Selection(Optional.empty(), Optional.empty(), Optional.empty(), 200);

    private TestDatabase database;
    private TestMirror mirror;

    abstract TestDatabase database() throws SQLException;

    abstract Provider provider();

    @BeforeAll
    void open() throws SQLException {
        database = database().migrated();
        mirror = new TestMirror(database, provider());
    }

    @BeforeEach
    void forgetEverything() throws SQLException {
        for (String table : List.of("alert", "alert_version", "push", "push_story", "package")) {
            execute("delete from mxhooks." + table);
        }
    }

    @AfterAll
    void close() {
        mirror.close();
        database.close();
    }

    @Test
    void keepsEveryFieldOfAPush() {
        mirror.remembers(wire("teamserver-push", 7));

        assertThat(push(APP, 7))
                .contains(new PushSnapshot(
                        new UUID(0, 7).toString(),
                        APP,
                        Optional.of("main"),
                        Optional.of("2e99758548972a8e8822ad47fa1017ff72f06f3f"),
                        Optional.of("9c1185a5c5e9fc54612808977ee8f548b2258d31"),
                        Optional.of("git"),
                        Optional.of("3a0c0d0e-1111-4222-8333-444455556666"),
                        1,
                        List.of(new PushedCommit(
                                Optional.of("9c1185a5c5e9fc54612808977ee8f548b2258d31"),
                                Optional.of("Delivery date on order page"),
                                Optional.of("Ada Quist"),
                                Optional.of("ada.quist@example.com"),
                                Optional.of(Instant.parse("2026-03-02T09:02:11Z")),
                                Optional.of("10.18.0.5000"),
                                List.of("OD-42"))),
                        RECEIVED,
                        7,
                        List.of()));
        assertThat(push("another app", 7)).isEmpty();
        assertThat(push(APP, 8)).isEmpty();
    }

    @Test
    void keepsAPushOfWhichNothingIsKnownButItsApp() {
        mirror.remembers(deployment(
                "{\"eventType\":\"teamserver.push\",\"projectId\":\"%s\",\"commits\":[{}]}".formatted(APP), 1));

        assertThat(push(APP, 1).orElseThrow().commits())
                .containsExactly(new PushedCommit(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of()));
        assertThat(pushes(Optional.empty(), Optional.empty())).containsExactly(1L);
    }

    @Test
    void keepsAPushOfThousandsOfCommitsAndOfALongMessage() {
        String message = "🚚\\u0000" + "x".repeat(500_000);
        String commits = IntStream.range(0, 2_000)
                .mapToObj(i -> "{\"id\":\"%s\",\"relatedStories\":[{\"id\":\"OD-%s\"},{\"id\":\"OD-0\"}]}"
                        .formatted(i, i % 1_500))
                .collect(joining(","));
        mirror.remembers(pushTo("main", 1, "{\"message\":\"%s\"},%s".formatted(message, commits)));

        PushSnapshot push = push(APP, 1).orElseThrow();

        assertThat(push.commits()).hasSize(2_001);
        assertThat(push.commits().get(0).message().orElseThrow())
                .startsWith("🚚\uFFFDx")
                .hasSize(500_003);
        assertThat(pushes(Optional.empty(), Optional.of("OD-998"))).containsExactly(1L);
        assertThat(pushes(Optional.empty(), Optional.of("OD-1400"))).isEmpty();
    }

    @Test
    void listsPushesByBranchAndByTheStoriesOfTheirCommits() {
        mirror.remembers(pushTo("main", 1, story("OD-42") + "," + story("OD-43") + "," + story("OD-42")));
        mirror.remembers(pushTo("main", 2, story("4711")));
        mirror.remembers(pushTo("feature/x", 3, story("OD-42")));

        assertThat(pushes(Optional.empty(), Optional.empty())).containsExactly(3L, 2L, 1L);
        assertThat(pushes(Optional.of("main"), Optional.empty())).containsExactly(2L, 1L);
        assertThat(pushes(Optional.empty(), Optional.of("OD-42"))).containsExactly(3L, 1L);
        assertThat(pushes(Optional.of("main"), Optional.of("OD-42"))).containsExactly(1L);
        assertThat(pushes(Optional.empty(), Optional.of("4711"))).containsExactly(2L);
        assertThat(pushes(Optional.empty(), Optional.of("od-42"))).isEmpty();
    }

    @Test
    void showsInAListHowManyCommitsAPushHas() {
        mirror.remembers(pushTo("main", 1, story("OD-42") + "," + story("OD-43")));

        PushSnapshot listed = mirror.with(it -> it.pushes(APP, Optional.empty(), Optional.empty(), ALL))
                .get(0);

        assertThat(listed.commitCount()).isEqualTo(2);
        assertThat(listed.commits()).isEmpty();
        assertThat(listed.receivedAt()).isEqualTo(RECEIVED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10})
    void pagesThroughAllPushesOnce(int limit) {
        LongStream.rangeClosed(1, 10).forEach(i -> mirror.remembers(pushTo("main", i, story("OD-" + i))));

        List<Long> seen = new ArrayList<>();
        Optional<Change> end = Optional.empty();
        do {
            Selection page = new Selection(Optional.empty(), Optional.empty(), end, limit);
            List<PushSnapshot> found = mirror.with(it -> it.pushes(APP, Optional.empty(), Optional.empty(), page));
            found.forEach(push -> seen.add(push.position()));
            end = found.stream().reduce((first, last) -> last).map(PushSnapshot::change);
        } while (end.isPresent() && seen.size() < 20);

        assertThat(seen).containsExactly(10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
    }

    @Test
    void keepsEveryFieldOfAPackage() {
        mirror.remembers(wire("package-uploaded", 5));

        assertThat(uploaded(5))
                .contains(new PackageSnapshot(
                        new UUID(0, 5).toString(),
                        APP,
                        Optional.of("main-1.4.0.9c1185a5.mda"),
                        Optional.of("1.4.0.9c1185a5"),
                        Optional.of("10.18.0.5000"),
                        Optional.of("3a0c0d0e-1111-4222-8333-444455556666"),
                        Optional.of(Instant.parse("2026-03-02T10:25:21.3896Z")),
                        5,
                        List.of()));
        List<PackageSnapshot> listed = mirror.with(it -> it.packages(APP, Optional.empty(), ALL));
        assertThat(listed).containsExactly(uploaded(5).orElseThrow());
    }

    @Test
    void listsPackagesTheLatestUploadFirst() {
        mirror.remembers(packageNamed("a.mda", NOON.plusSeconds(1), 1));
        mirror.remembers(packageNamed("b.mda", NOON.plusSeconds(3), 2));
        mirror.remembers(packageNamed("a.mda", NOON.plusSeconds(2), 3));

        assertThat(packages(Optional.empty(), Optional.empty())).containsExactly(2L, 3L, 1L);
        assertThat(packages(Optional.of("a.mda"), Optional.empty())).containsExactly(3L, 1L);
        assertThat(packages(Optional.empty(), Optional.of(NOON.plusSeconds(2)))).containsExactly(2L, 3L);
    }

    @Test
    void addsNothingWhenADeliveryIsReplayed() throws SQLException {
        WebhookEvent[] all = {
            pushTo("main", 1, story("OD-42")),
            wire("package-uploaded", 2),
            alert("Critical", NOON, 3),
            alert("Ok", NOON, 4)
        };
        mirror.remembers(all);
        for (WebhookEvent replayed : all) {
            mirror.remembers(replayed);
        }

        assertThat(count("push")).isOne();
        assertThat(count("push_story")).isOne();
        assertThat(count("package")).isOne();
        assertThat(count("alert")).isOne();
        assertThat(count("alert_version")).isOne();
    }

    @Test
    void keepsEveryFieldOfAnAlert() {
        mirror.remembers(wire("alert", 9));

        AlertSnapshot alert = alerts(Optional.empty()).get(0);

        assertThat(alert)
                .isEqualTo(new AlertSnapshot(
                        alert.serviceId(),
                        ALERTING_APP,
                        "b6a8c8de-aaaa-4bbb-8ccc-ddddeeeeffff",
                        Optional.of("production"),
                        "Application Status",
                        "Critical",
                        true,
                        Optional.of("CRITICAL: 98% of the JVM heap is in use."),
                        Optional.of("5d5d5d5d-1234-4321-8888-999900001111"),
                        Optional.of("https://order-desk.example.com"),
                        Optional.of(Instant.parse("2026-03-02T11:00:00.586Z")),
                        9,
                        new UUID(0, 9).toString(),
                        List.of()));
        assertThat(alert(alert.serviceId())).contains(alert);
        Optional<AlertSnapshot> ofAnother =
                mirror.with(it -> it.alert("another app", UUID.fromString(alert.serviceId())));
        assertThat(ofAnother).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Critical, true", "WARNING, true", "Recovery, false", "ok, false", "Fatal, true"})
    void anAlertIsOpenUntilItIsRecovered(String severity, boolean open) {
        mirror.remembers(alert(severity, NOON, 1));

        assertThat(alerts(Optional.empty())).extracting(AlertSnapshot::open).containsExactly(open);
        assertThat(alerts(Optional.of(open))).hasSize(1);
        assertThat(alerts(Optional.of(!open))).isEmpty();
    }

    @Test
    void aRecoveryEndsAnAlertAndALateAlertDoesNotOpenItAgain() {
        mirror.remembers(alert("Critical", NOON, 1));
        mirror.remembers(alert("Recovery", NOON.plusSeconds(20), 2));
        mirror.remembers(alert("Warning", NOON.plusSeconds(10), 3));

        AlertSnapshot now = alerts(Optional.empty()).get(0);
        assertThat(now.severity()).isEqualTo("Recovery");
        assertThat(now.open()).isFalse();
        assertThat(severityAt(now, NOON)).contains("Critical");
        assertThat(severityAt(now, NOON.plusSeconds(9))).contains("Critical");
        assertThat(severityAt(now, NOON.plusSeconds(10))).contains("Warning");
        assertThat(severityAt(now, NOON.plusSeconds(20))).contains("Recovery");
        assertThat(severityAt(now, NOON.minusSeconds(1))).isEmpty();

        mirror.remembers(alert("Critical", NOON.plusSeconds(30), 4));
        assertThat(alerts(Optional.of(true))).hasSize(1);
    }

    @Test
    void ofTwoAlertsOfOneTimeTheLaterAcceptedOneHolds() {
        mirror.remembers(alert("Recovery", NOON, 2));
        mirror.remembers(alert("Critical", NOON, 1));

        assertThat(alerts(Optional.empty())).extracting(AlertSnapshot::severity).containsExactly("Recovery");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theStateIsThatOfTheNewestAlertInWhateverOrderTheyArrive(long seed) throws SQLException {
        Random random = new Random(seed);
        List<String> severities = List.of("Ok", "Warning", "Critical", "Recovery");
        List<WebhookEvent> alerts = new ArrayList<>();
        String newest = "";
        for (int i = 0; i < 20; i++) {
            newest = severities.get(random.nextInt(4));
            alerts.add(alert(newest, NOON.plusSeconds(i / 2), 1 + i));
        }
        Collections.shuffle(alerts, random);

        alerts.forEach(mirror::remembers);

        assertThat(alerts(Optional.empty())).extracting(AlertSnapshot::severity).containsExactly(newest);
        assertThat(count("alert_version")).isEqualTo(19);
    }

    @Test
    void eachServiceOfEachEnvironmentHasAStateOfItsOwn() {
        mirror.remembers(alert("e1", "s1", "Critical", NOON, 1));
        mirror.remembers(alert("e1", "s2", "Warning", NOON.plusSeconds(1), 2));
        mirror.remembers(alert("e2", "s1", "Critical", NOON.plusSeconds(2), 3));
        mirror.remembers(alert("e1", "s1", "Recovery", NOON.plusSeconds(3), 4));

        assertThat(alerts(Optional.empty())).extracting(AlertSnapshot::position).containsExactly(4L, 3L, 2L);
        assertThat(alerts(Optional.of(true)))
                .extracting(AlertSnapshot::position)
                .containsExactly(3L, 2L);
        assertThat(alerts(ALERTING_APP, Optional.of("Critical"), Optional.empty()))
                .extracting(AlertSnapshot::position)
                .containsExactly(3L);
        assertThat(alerts(ALERTING_APP, Optional.empty(), Optional.of("e1")))
                .extracting(AlertSnapshot::position)
                .containsExactly(4L, 2L);
    }

    @Test
    void anAlertIsFoundUnderTheAppThatTheNewestOneNames() {
        mirror.remembers(alert("Critical", NOON, 1));
        mirror.remembers(deployment("""
                {"severity":"Recovery","service":"s","environment_id":"e","app_name":"renamed","timestamp":"%s"}""".formatted(NOON.plusSeconds(1)), 2));

        assertThat(alerts(Optional.empty())).isEmpty();
        assertThat(alerts("renamed", Optional.empty(), Optional.empty())).hasSize(1);
    }

    @Test
    void saysHowLongSomethingWasWrongWithAService() {
        assertThat(periodAfter("Ok", 1)).isEqualTo("none");
        assertThat(periodAfter("Critical", 2)).isEqualTo("2 until now");
        assertThat(periodAfter("Recovery", 3)).isEqualTo("2 until 3");
        assertThat(periodAfter("Warning", 4)).isEqualTo("4 until now");
        assertThat(periodAfter("Critical", 5)).isEqualTo("4 until now");
        assertThat(periodAfter("Recovery", 6)).isEqualTo("4 until 6");
        assertThat(periodAfter("Ok", 7)).isEqualTo("4 until 6");
    }

    private String periodAfter(String severity, long second) {
        mirror.remembers(alert(severity, Instant.ofEpochSecond(second), second));
        AlertPeriod period = period();
        assertThat(period.longer()).isFalse();
        return period.from()
                .map(from -> from.getEpochSecond() + " until "
                        + period.until()
                                .map(until -> "" + until.getEpochSecond())
                                .orElse("now"))
                .orElse("none");
    }

    @Test
    void saysThatSomethingIsWrongForLongerThanItLooksBack() {
        for (int i = 0; i <= AlertPeriods.MAX_LOOKBACK + 1; i++) {
            mirror.remembers(alert("Critical", NOON.plusSeconds(i), 1 + i));
        }

        assertThat(period()).isEqualTo(new AlertPeriod(Optional.of(NOON.plusSeconds(1)), Optional.empty(), true));
    }

    private AlertPeriod period() {
        AlertSnapshot newest = alerts(Optional.empty()).get(0);
        return mirror.with(it -> it.periods(List.of(newest))).get(0);
    }

    @Test
    void listsThoseOfAllAppsTheLatestFirst() {
        mirror.remembers(
                pushTo("main", 1, ""),
                deployment("{\"eventType\":\"teamserver.push\",\"projectId\":\"another\",\"commits\":[]}", 2),
                packageNamed("a.mda", NOON.plusSeconds(1), 3),
                deployment("{\"eventType\":\"package.uploaded\",\"projectId\":\"another\"}", 4),
                alert("e1", "s", "Critical", NOON, 5),
                alert("e2", "s", "Ok", NOON, 6),
                deployment("{\"severity\":\"Warning\",\"service\":\"s\",\"environment_id\":\"another\"}", 7));

        assertThatList(mirror.with(it -> it.pushes(ALL)))
                .extracting(PushSnapshot::appId)
                .containsExactly("another", APP);
        assertThatList(mirror.with(it -> it.packages(ALL)))
                .extracting(PackageSnapshot::appId)
                .containsExactly(APP, "another");
        assertThatList(mirror.with(it -> it.alerts(true, ALL)))
                .extracting(AlertSnapshot::appId)
                .containsExactly(ALERTING_APP, "another");
        assertThatList(mirror.with(it -> it.alerts(false, ALL)))
                .extracting(AlertSnapshot::environmentId)
                .containsExactly("e2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"service\":\"s\",\"environment_id\":\"e\",\"app_name\":\"order-desk\"}",
                "{\"severity\":\"Critical\",\"environment_id\":\"e\",\"app_name\":\"order-desk\"}",
                "{\"severity\":\"Critical\",\"service\":\"s\",\"app_name\":\"order-desk\"}",
                "{\"eventType\":\"teamserver.push\"}",
                "{\"eventType\":\"package.uploaded\"}",
                "{\"eventType\":\"test\",\"projectId\":\"p\"}"
            })
    void mirrorsNothingThatItCouldNotFind(String body) throws SQLException {
        mirror.remembers(deployment(body, 1));

        assertThat(count("alert") + count("push") + count("package")).isZero();
    }

    @Test
    void cutsAServiceThatIsTooLongAndKeepsTwoOfThemApart() throws SQLException {
        String longest = "🚚".repeat(10_000);
        mirror.remembers(alert("e", longest + "1", "Critical", NOON, 1));
        mirror.remembers(alert("e", longest + "2", "Critical", NOON, 2));

        assertThat(alerts(Optional.empty()))
                .hasSize(2)
                .allSatisfy(alert -> assertThat(longest).startsWith(alert.service()));
    }

    @Test
    void purgesPushesPackagesAndPastAlertsByAgeInSmallSteps() throws SQLException {
        LongStream.rangeClosed(1, 10).forEach(i -> {
            mirror.remembers(pushTo("main", i, story("OD-1") + "," + story("OD-2")));
            mirror.remembers(packageNamed("a.mda", NOON, 100 + i));
            mirror.remembers(alert("Critical", NOON.plusSeconds(i), 200 + i));
        });
        for (String table : List.of("push", "push_story", "package")) {
            execute("update mxhooks.%s set received_at = received_at - interval '100' day".formatted(table)
                    + " where delivery < '%s' or delivery < '%s' and delivery > '%s'"
                            .formatted(new UUID(0, 9), new UUID(0, 107), new UUID(0, 100)));
        }
        execute("update mxhooks.alert_version set superseded_at = timestamp with time zone '2026-01-01 00:00:00+00'"
                + " where position < 205");
        Instant before = RECEIVED.minusSeconds(86_400L * 90);

        while (mirror.inTransaction(entities -> VersionPurge.purge(entities, before, 5))) {}

        assertThat(pushes(Optional.empty(), Optional.empty())).containsExactly(10L, 9L);
        assertThat(count("push_story")).isEqualTo(4);
        assertThat(packages(Optional.empty(), Optional.empty())).containsExactly(110L, 109L, 108L, 107L);
        assertThat(count("alert_version")).isLessThanOrEqualTo(5);
        assertThat(alerts(Optional.empty())).hasSize(1);
    }

    private static WebhookEvent wire(String name, long position) {
        return deployment(WireFiles.text("bodies/" + name + ".json"), position);
    }

    private static WebhookEvent pushTo(String branch, long position, String commits) {
        return deployment("""
                {"eventType":"teamserver.push","projectId":"%s","branchName":"%s","commits":[%s]}""".formatted(APP, branch, commits), position);
    }

    private static String story(String id) {
        return "{\"relatedStories\":[{\"id\":\"%s\"}]}".formatted(id);
    }

    private static WebhookEvent packageNamed(String name, Instant uploaded, long position) {
        return deployment("""
                {"eventType":"package.uploaded","projectId":"%s","name":"%s","uploadTime":"%s"}""".formatted(APP, name, uploaded), position);
    }

    private static WebhookEvent alert(String severity, Instant at, long position) {
        return alert("e", "s", severity, at, position);
    }

    private static WebhookEvent alert(String environment, String service, String severity, Instant at, long position) {
        return deployment("""
                {"severity":"%s","service":"%s","environment_id":"%s","app_name":"order-desk","timestamp":"%s"}""".formatted(severity, service, environment, at), position);
    }

    private Optional<PushSnapshot> push(String app, long position) {
        return mirror.with(it -> it.push(app, new UUID(0, position)));
    }

    private List<Long> pushes(Optional<String> branch, Optional<String> story) {
        return mirror.with(it -> it.pushes(APP, branch, story, ALL)).stream()
                .map(PushSnapshot::position)
                .toList();
    }

    private List<Long> packages(Optional<String> name, Optional<Instant> since) {
        Selection selection = new Selection(Optional.empty(), since, Optional.empty(), 200);
        return mirror.with(it -> it.packages(APP, name, selection)).stream()
                .map(PackageSnapshot::position)
                .toList();
    }

    private List<AlertSnapshot> alerts(Optional<Boolean> open) {
        return mirror.with(it -> it.alerts(ALERTING_APP, open, Optional.empty(), Optional.empty(), ALL));
    }

    private Optional<AlertSnapshot> alert(String serviceId) {
        return mirror.with(it -> it.alert(ALERTING_APP, UUID.fromString(serviceId)));
    }

    private Optional<String> severityAt(AlertSnapshot alert, Instant at) {
        return mirror.with(it -> it.alert(ALERTING_APP, UUID.fromString(alert.serviceId()), at))
                .map(AlertSnapshot::severity);
    }

    private List<AlertSnapshot> alerts(String app, Optional<String> severity, Optional<String> environment) {
        return mirror.with(it -> it.alerts(app, Optional.empty(), severity, environment, ALL));
    }

    private Optional<PackageSnapshot> uploaded(long position) {
        return mirror.with(it -> it.uploadedPackage(APP, new UUID(0, position)));
    }

    private long count(String table) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from mxhooks." + table)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
