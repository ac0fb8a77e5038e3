package org.mxhooks.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.json.Json;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.mxhooks.database.NodeSessions;
import org.mxhooks.database.Sql;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.database.TextTable;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.inbox.Arrival;
import org.mxhooks.inbox.Arrivals;
import org.mxhooks.inbox.BodyBudget;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.LogEntry;
import org.mxhooks.inbox.Place;
import org.mxhooks.inbox.Receipt;
import org.mxhooks.journey.Body;
import org.mxhooks.mirror.TestMirror;
import org.mxhooks.orders.OrderKind;
import org.mxhooks.orders.OrderState;
import org.mxhooks.orders.WorkOrders;

/** What an erasure promises on every supported database. */
@Tag("persistence")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ErasureSuite {

    private static final List<String> ADA =
            List.of("ada.quist@example.com", "Ada Quist", "3a0c0d0e-1111-4222-8333-444455556666");

    /** Ids, hashes, words of ours; what operators configure; who they are. */
    private static final String NOT_SWEPT = """
            alarm: kind subject
            alert: app_id delivery environment_id service_id
            alert_version: app_id delivery environment_id service_id
            console_session: account issuer token user_name
            console_used_sign_in: token
            consumer: name
            delivery: action app_id body_hash category endpoint identity resource_id resource_type scheme
            discarded: consumer discarded_by
            lane: consumer
            node_consumer: consumer
            package: app_id delivery
            parked: consumer ordering_key
            payload_sample: category
            push: app_id commit_after commit_before delivery
            push_story: app_id delivery story
            refused_request: address network reason
            sprint: app_id delivery
            sprint_version: app_id delivery
            story: app_id delivery
            story_version: app_id delivery
            subscription: actions apps events fingerprint format header_names key_id name pause_reason sealed url version
            work_order: ended_by failure kind ordered_by started_by state""";

    private TestDatabase database;
    private Sql sql;
    private Inbox inbox;
    private OrderKind kind;
    private WorkOrders orders;
    private Erasures erasures;

    abstract TestDatabase database() throws SQLException;

    @BeforeAll
    void open() throws SQLException {
        database = database().migrated();
        sql = new Sql(database.dataSource());
        inbox = new Inbox(
                database.database(),
                database.dataSource(),
                Executors.defaultThreadFactory(),
                new SimpleMeterRegistry());
        kind = Erasures.kind(database.dataSource(), inbox, Engine.of(database.dataSource()), Duration.ofMinutes(1));
        orders = WorkOrders.of(database.dataSource(), database.transaction(), List.of(kind));
        erasures = Erasures.of(orders);
    }

    @AfterAll
    void close() {
        inbox.close();
        database.close();
    }

    @BeforeEach
    void begin() throws SQLException {
        for (TextTable table : ErasureKind.PLACES) {
            sql.update("delete from mxhooks." + table.name());
        }
        sql.update("delete from mxhooks.push_story");
        sql.update("delete from mxhooks.consumer");
        sql.update("delete from mxhooks.node");
    }

    /** A table or a column that nobody thought of makes this fail. */
    @Test
    void everyTextIsSweptOrKnownNotToComeFromOutside() throws SQLException {
        List<String> swept = ErasureKind.PLACES.stream()
                .flatMap(table -> table.texts().stream().map(column -> table.name() + "." + column))
                .toList();
        List<String> stored = StoredTexts.columns(sql);

        assertThat(stored).containsAll(swept);
        assertThat(stored.stream().filter(column -> !swept.contains(column)))
                .containsExactlyInAnyOrderElementsOf(NOT_SWEPT
                        .lines()
                        .map(line -> line.split(":? "))
                        .flatMap(line -> Stream.of(line).skip(1).map(column -> line[0] + "." + column))
                        .toList());
    }

    @Test
    void countsFirstThenErasesEveryPlaceAndKeepsTheRest() throws Exception {
        Body ours = Body.of("story-updated.json");
        Receipt first = receive(ours.text());
        receive(ours.text()
                .replace("ada.quist@example.com", "bo@example.com")
                .replace("Ada Quist", "Bo Berg")
                .replace("aaaaaaaa", "bbbbbbbb"));
        mirror(ours);
        failures();

        UUID id = erasures.count("grace", ADA);
        run();

        Erasure counted = erasures.find(id).orElseThrow();
        assertThat(counted.phase()).isEqualTo(Erasure.ErasurePhase.COUNTED);
        assertThat(counted.alsoFound()).hasSize(2);
        assertThat(named(counted))
                .containsEntry("bodies", 2L)
                .containsEntry("stories", 1L)
                .containsEntry("past versions of stories", 1L)
                .containsEntry("pushes", 1L)
                .containsEntry("packages", 1L)
                .containsEntry("failed events", 1L)
                .containsEntry("attempts at subscriptions", 1L);
        assertThat(counted.changed()).isZero();
        assertThat(naming("ada.quist@example.com")).isNotEmpty();

        assertThat(erasures.start(id, "heidi")).isTrue();
        assertThat(erasures.start(id, "heidi")).isFalse();
        run();

        Erasure done = erasures.find(id).orElseThrow();
        assertThat(done.phase()).isEqualTo(Erasure.ErasurePhase.DONE);
        assertThat(done.changed()).isEqualTo(done.named()).isEqualTo(counted.named());
        assertThat(done.identifiers()).isEmpty();
        assertThat(done.alsoFound()).isEmpty();
        assertThat(done.fingerprints()).hasSize(3);
        assertThat(done.order().orderedBy()).isEqualTo("grace");
        assertThat(done.order().startedBy()).contains("heidi");
        for (String name : List.of("ada.quist", "Ada Quist", "3a0c0d0e", "aaaaaaaa-bbbb")) {
            assertThat(naming(name)).as(name).isEmpty();
        }
        assertThat(naming("bo@example.com")).isNotEmpty();
        UUID delivery = delivery(first);
        LogEntry entry = inbox.find(delivery).orElseThrow();
        assertThat(new String(entry.body().orElseThrow(), UTF_8)).contains("\"StoryId\": 4711", "\"[erased]\"");
        assertThat(inbox.erasedAt(List.of(entry.position()))).containsOnlyKeys(entry.position());
        assertThat(delivery(receive(ours.text()))).as("a duplicate still").isEqualTo(delivery);
    }

    @Test
    void copiesInMemoryAreDroppedAndCallsThatReadThemAreWaitedFor() throws Exception {
        receive(Body.of("story-updated.json").text());
        runs(NodeSessions.THIS_NODE);
        int lane = sql.first("select lane from mxhooks.delivery", row -> row.getInt(1))
                .orElseThrow();
        BodyBudget.HeldBodies reading = inbox.beginReading();
        assertThat(body(inbox.recent(new Place(lane, 0), 10, 1000).orElseThrow()))
                .contains("Ada Quist");

        UUID id = erasures.count("grace", ADA);
        run();
        erasures.start(id, "grace");
        run();

        assertThat(erasures.find(id).orElseThrow().phase()).isEqualTo(Erasure.ErasurePhase.ERASING);
        assertThat(naming("Ada Quist")).as("bodies are first").containsExactly("work_order.details");
        mirror(Body.of("story-updated.json")); // by the call that read the body before
        tendAndRun(id, 3);
        assertThat(naming("Ada Quist")).isNotEmpty();

        reading.close();
        tendAndRun(id, 3);

        assertThat(erasures.find(id).orElseThrow().phase()).isEqualTo(Erasure.ErasurePhase.DONE);
        assertThat(naming("Ada Quist")).isEmpty();
        assertThat(inbox.recent(new Place(lane, 0), 10, 1000).orElse(List.of()))
                .allMatch(entry -> !body(List.of(entry)).contains("Ada"));
        assertThat(sql.query("select 1 from mxhooks.erasure_memory", row -> 1)).isEmpty();
    }

    /** Each piece is a step: whoever works on does not look at the row before again. */
    @Test
    void manyRowsAreTakenInSmallStepsThatCanBeCancelled() throws Exception {
        List<Object[]> errors = new ArrayList<>();
        errors.add(new Object[] {UUID.randomUUID(), UUID.randomUUID(), "Bob ".repeat(250)});
        for (int i = 0; i < 1_100; i++) {
            errors.add(new Object[] {UUID.randomUUID(), UUID.randomUUID(), "no answer to Ada Quist"});
        }
        sql.batch("""
                insert into mxhooks.relay_attempt (subscription, delivery, position, started_at, duration_ms, error)
                values (?, ?, 0, current_timestamp, 1, ?)""", errors);
        UUID id = erasures.count("grace", List.of("Ada Quist", "Bob"));
        run();
        erasures.start(id, "grace");
        for (int steps = 0; erasures.find(id).orElseThrow().changed() == 0; steps++) {
            orders.work();
            assertThat(steps).isLessThan(1_000);
        }

        assertThat(erasures.find(id).orElseThrow().changed()).isEqualTo(500);
        assertThat(erasures.cancel(id, "heidi")).isTrue();
        run();

        Erasure cancelled = erasures.find(id).orElseThrow();
        assertThat(cancelled.phase()).isEqualTo(Erasure.ErasurePhase.CANCELLED);
        assertThat(cancelled.identifiers()).isEmpty();
        assertThat(sql.first(
                        "select count(*) from mxhooks.relay_attempt where error like '%Ada%'", row -> row.getLong(1)))
                .contains(601L);
        assertThat(sql.first("select error from mxhooks.relay_attempt order by id", row -> row.getString(1))
                        .orElseThrow())
                .as("the placeholder is longer than the name, the column is not")
                .hasSize(1000)
                .doesNotContain("Bob");
    }

    @Test
    void theSenderOfARowIsErasedWholeAndARefusedRequestDeleted() throws Exception {
        Body ours = Body.of("story-updated.json").story(1);
        try (TestMirror mirror = new TestMirror(database, TestMirror.Provider.ECLIPSELINK)) {
            mirror.remembers(ours, 1);
            mirror.remembers(
                    ours.story(2)
                            .with("/Sender/Name", Json.createValue("bo@example.com"))
                            .with("/Sender/EmailAddress", Json.createValue("bo@example.com"))
                            .with("/Sender/FullName", Json.createValue("Bo Berg")),
                    2);
        }
        refused("from ada.quist@example.com");
        refused("from bo@example.com");
        UUID id = erasures.count("grace", List.of("ada.quist@example.com"));
        run();
        erasures.start(id, "grace");
        run();

        assertThat(erasures.find(id).orElseThrow().phase()).isEqualTo(Erasure.ErasurePhase.DONE);
        assertThat(sql.query("select sender_full_name from mxhooks.story order by story_id", row -> row.getString(1)))
                .containsExactly("[erased]", "Bo Berg");
        assertThat(sql.query("select body from mxhooks.refused_request", row -> new String(row.getBytes(1), UTF_8)))
                .containsExactly("from bo@example.com");
    }

    private void refused(String body) throws SQLException {
        sql.update("""
                insert into mxhooks.refused_request
                (refused_at, endpoint, reason, address, network, requests, why, size, headers, body)
                values (current_timestamp, 'default', 'r', '192.0.2.7', '192.0.2.7/32', 1, '', 0, '', ?)""", (Object) body.getBytes(UTF_8));
    }

    /** Calls of consumers that never return end no erasure. */
    @Test
    void aCallThatReadABodyIsWaitedForAsLongAsCallsMayTakeTwice() throws Exception {
        receive(Body.of("story-updated.json").text());
        runs(NodeSessions.THIS_NODE);
        OrderKind impatient =
                Erasures.kind(database.dataSource(), inbox, Engine.of(database.dataSource()), Duration.ZERO);
        UUID id = erasures.count("grace", ADA);
        run();
        erasures.start(id, "grace");
        BodyBudget.HeldBodies reading = inbox.beginReading();
        try {
            for (int i = 0; i < 3; i++) {
                impatient.tend(orders.find(id).orElseThrow());
                run();
            }
        } finally {
            reading.close();
        }
        assertThat(erasures.find(id).orElseThrow().phase()).isEqualTo(Erasure.ErasurePhase.DONE);
    }

    @Test
    void aBodyIsTakenAloneWhereItIsLarge() throws Exception {
        for (int i = 0; i < 3; i++) {
            receive("{\"Name\":\"%s\"}".formatted(String.valueOf(i).repeat(5 << 20)));
        }
        UUID id = erasures.count("grace", List.of("nobody@example.com"));

        orders.work();

        assertThat(erasures.find(id).orElseThrow().order().done()).isEqualTo(1);
        run();
        assertThat(erasures.find(id).orElseThrow().phase()).isEqualTo(Erasure.ErasurePhase.COUNTED);
        assertThat(erasures.find(id).orElseThrow().named()).isZero();
    }

    @Test
    void aFingerprintTellsWhomAnErasureWasAbout() throws Exception {
        UUID id = erasures.count("grace", List.of("Ada Quist"));
        erasures.cancel(id, "grace");

        Erasure erasure = erasures.find(id).orElseThrow();
        byte[] salt = HexFormat.of().parseHex(erasure.salt());
        byte[] fingerprint = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec("ada quist".toCharArray(), salt, 100_000, 256))
                .getEncoded();
        assertThat(erasure.fingerprints()).containsExactly(HexFormat.of().formatHex(fingerprint));
        UUID other = erasures.count("grace", List.of("Ada Quist"));
        assertThat(erasures.find(other).orElseThrow().fingerprints())
                .doesNotContainAnyElementsOf(erasure.fingerprints());
    }

    @Test
    void otherOrdersAreSweptAndAreNoErasures() throws Exception {
        UUID other = orders.give("another", "grace", "for Ada Quist", OptionalLong.empty(), OrderState.RUNNING);
        UUID id = erasures.count("grace", ADA);
        run();
        erasures.start(id, "grace");
        run();
        tendAndRun(id, 3);

        assertThat(erasures.find(id).orElseThrow().phase()).isEqualTo(Erasure.ErasurePhase.DONE);
        assertThat(orders.find(other).orElseThrow().details()).isEqualTo("for [erased]");
        assertThat(erasures.find(other)).isEmpty();
        assertThat(erasures.start(other, "grace")).isFalse();
        assertThat(erasures.cancel(other, "grace")).isFalse();
    }

    @Test
    void anOrderOfAnotherReleaseIsLeftAsItIs() throws Exception {
        UUID id = erasures.count("grace", ADA);
        String progress =
                ErasureProgress.begin(ErasureKind.PLACES.subList(0, 3)).json();
        sql.update("update mxhooks.work_order set progress = ?", progress);

        run();

        assertThat(orders.find(id).orElseThrow().progress()).isEqualTo(progress);
        assertThat(orders.find(id).orElseThrow().failure()).isPresent();
    }

    private void runs(UUID node) throws SQLException {
        sql.update(
                "insert into mxhooks.node (id, started_at, lease_until) values (?, current_timestamp, current_timestamp + interval '15' second)",
                node);
    }

    private void failures() throws SQLException {
        long position = inbox.head();
        sql.update("insert into mxhooks.consumer (name, registered_at) values ('board', current_timestamp)");
        sql.update("""
                insert into mxhooks.parked (consumer, position, lane, replay, dead, attempts, unended, parked_at, message, trace)
                values ('board', ?, 0, false, true, 1, 0, current_timestamp, 'no such user: ada.quist@example.com', 'at Board.ask("Ada Quist")')""", position);
        sql.update("""
                insert into mxhooks.relay_attempt (subscription, delivery, position, started_at, duration_ms, response_excerpt)
                values (?, ?, 1, current_timestamp, 1, '{"hello":"Ada Quist')""", UUID.randomUUID(), UUID.randomUUID());
    }

    private void mirror(Body story) {
        try (TestMirror mirror = new TestMirror(database, TestMirror.Provider.ECLIPSELINK)) {
            mirror.remembers(story, 1);
            mirror.remembers(story.updatedAt(Instant.parse("2026-04-01T00:00:00Z")), 2);
            mirror.remembers(
                    TestMirror.deployment(Body.of("teamserver-push.json").text(), 3));
            mirror.remembers(
                    TestMirror.deployment(Body.of("package-uploaded.json").text(), 4));
        }
    }

    private void run() throws SQLException {
        for (int steps = 0; orders.work(); steps++) {
            assertThat(steps).isLessThan(1_000);
        }
    }

    private void tendAndRun(UUID id, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            kind.tend(orders.find(id).orElseThrow());
            run();
        }
    }

    private static Map<String, Long> named(Erasure erasure) {
        return erasure.places().stream().collect(Collectors.toMap(PlaceCount::place, PlaceCount::named));
    }

    private List<String> naming(String text) throws SQLException {
        return StoredTexts.naming(sql, text);
    }

    private static String body(List<LogEntry> entries) {
        return entries.stream()
                .map(entry -> new String(entry.body().orElseThrow(), UTF_8))
                .findFirst()
                .orElse("");
    }

    private Receipt receive(String body) {
        Arrival arrival = Arrivals.withBody(body);
        return inbox.append(arrival)
                .toCompletableFuture()
                .orTimeout(30, SECONDS)
                .join();
    }

    private static UUID delivery(Receipt receipt) {
        return receipt instanceof Receipt.Accepted accepted
                ? accepted.delivery()
                : ((Receipt.Duplicate) receipt).delivery();
    }
}
