package org.mxhooks.process.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxhooks.companion.Crowd;
import org.mxhooks.companion.Hoarders;
import org.mxhooks.journey.Body;
import org.mxhooks.journey.Companion;
import org.mxhooks.journey.Operator;
import org.mxhooks.journey.Portal;
import org.mxhooks.process.harness.Closing;
import org.mxhooks.process.harness.FilledLog;
import org.mxhooks.process.harness.PayaraMicro;
import org.mxhooks.process.harness.Postgres;

/** What many consumers of a node hold, or have before them, is no other's concern. */
@Tag("process")
class CrowdIT {

    private static final String SECRET = "of-the-portal";
    private static final String PASSWORD = "of-the-operator";
    private static final int REPLAYS = Integer.getInteger("replays", 5_000);
    private static final int EVENTS = Math.min(5, Integer.getInteger("kills", 1)) * 10;
    private static final int DRAINED = 20_000;
    private static final int HOARDERS = 12;
    private static final int HELD = 10;

    /** That a node opens at most. */
    private static final int CONNECTIONS = 40;

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final Duration LONG = Duration.ofMinutes(15);

    @TempDir
    Path scratch;

    private Postgres postgres;
    private PayaraMicro server;
    private Portal portal;
    private Operator operator;

    @BeforeEach
    void startDatabase() throws Exception {
        postgres = new Postgres(scratch.resolve("postgres"));
        postgres.start();
    }

    @AfterEach
    void stop() throws Exception {
        Files.deleteIfExists(hanging());
        Files.deleteIfExists(holding());
        Closing.all(server, postgres);
    }

    private void start(int crowd) {
        start(crowd, Map.of());
    }

    private void start(int crowd, Map<String, String> additional) {
        Map<String, String> settings = new HashMap<>(postgres.settings());
        settings.put(Crowd.SIZE, String.valueOf(crowd));
        settings.putAll(additional);
        settings.put("mxhooks.endpoint.default.secret", SECRET);
        settings.put("mxhooks.operator.password", PASSWORD);
        settings.put(Crowd.HANGING, hanging().toString());
        settings.put(Crowd.FAILING, failing().toString());
        settings.put(Hoarders.HOLDING, holding().toString());
        server = PayaraMicro.with(settings)
                .war(Companion.writeWarWith(
                        scratch, Crowd.class, Crowd.Member.class, Hoarders.class, Hoarders.Hoarder.class))
                .start();
        portal = new Portal(server.application(), "default", SECRET);
        operator = new Operator(server.application(), PASSWORD);
        await().atMost(SOON).until(() -> operator.ready().status() == 200);
        int others = Integer.parseInt(settings.getOrDefault(Hoarders.SIZE, "0"));
        await().atMost(SOON)
                .until(() ->
                        postgres.number("select count(distinct consumer) from mxhooks.lane") == crowd + others + 1);
    }

    /** All have more calls than there are connections, each in a transaction. */
    @Test
    void theMirrorFollowsBesideConsumersThatHang() throws Exception {
        start(49);
        theMirrorFollowsBeside(8);
        theMirrorFollowsBeside(49);
    }

    private void theMirrorFollowsBeside(int howMany) throws Exception {
        Files.writeString(hanging(), String.valueOf(howMany));

        for (int event = 1; event <= EVENTS; event++) {
            assertServed(howMany * 1_000 + event);
        }

        await("calls are given up")
                .atMost(SOON)
                .until(() -> postgres.number("select count(*) from mxhooks.parked where consumer like 'crowd-%'") > 0);
        Files.delete(hanging());
        await().atMost(LONG).until(() -> unfinished() == 0);
    }

    /** Given up, they would hold more connections than a node opens. */
    @Test
    void theMirrorFollowsBesideCallsThatHoldConnectionsOutsideOfTransactions() throws Exception {
        start(0, Map.of(Hoarders.SIZE, String.valueOf(HOARDERS), "mxhooks.consumer.timeout", "PT5S"));
        Files.createFile(holding());

        for (int story = 1; story <= HELD; story++) {
            assertServed(story);
        }
        await("calls are given up").atMost(LONG).until(() -> givenUp() >= 2 * CONNECTIONS);
        assertServed(HELD + 1);

        assertThat(postgres.number("select count(*) from pg_stat_activity where query like '%generate_series%'"))
                .as("connections of calls that last")
                .isLessThan(CONNECTIONS);
        Files.delete(holding());
        await().atMost(LONG).until(() -> unfinished() == 0);
    }

    private void assertServed(int story) {
        accepts(Body.of("story-updated.json").story(story));
        await().atMost(SOON).until(() -> operator.story(story).status() == 200);
        assertThat(operator.consumers().status()).isEqualTo(200);
        assertThat(operator.ready().status()).isEqualTo(200);
    }

    private long givenUp() throws SQLException {
        return postgres.number("select count(*) from mxhooks.parked where consumer like 'hoarder-%'");
    }

    /** In the transaction of several events, whose last one hangs. */
    @Test
    void aCallThatHangsKeepsNoLockFromOthers() throws Exception {
        postgres.execute("create table public.counter (n integer); insert into public.counter values (0)");
        Path size = scratch.resolve("size");
        start(
                0,
                Map.of(
                        Crowd.COUNTER,
                        "public.counter",
                        Crowd.SIZE,
                        size.toString(),
                        "mxhooks.consumer.timeout",
                        "PT5S"));
        Files.writeString(hanging(), "1");
        for (int i = 1; i <= 3; i++) {
            accepts(Body.of("story-updated.json").story(1).named("before " + i));
        }
        accepts(Body.of("story-updated.json").story(1).with("/Story/Description", Json.createValue(Crowd.POISON)));
        long poison = postgres.number("select max(position) from mxhooks.delivery");

        Files.writeString(size, "1");
        await("crowd-0 hangs").atMost(SOON).until(() -> postgres.number("""
                select count(*) from pg_locks join pg_stat_activity using (pid)
                where relation = 'public.counter'::regclass and granted and state = 'idle in transaction'""") > 0);
        Files.writeString(size, "4");
        for (int story = 2; story <= 5; story++) {
            accepts(Body.of("story-updated.json").story(story));
        }

        await("the others are there")
                .atMost(SOON)
                .until(() -> postgres.number("select count(distinct consumer) from mxhooks.lane") == 4 + 1);
        await("all but what hangs")
                .atMost(SOON)
                .until(() -> unfinishedOf("position <> " + poison + " or consumer <> 'crowd-0'") == 0);
        Files.delete(hanging());
        await().atMost(SOON).until(() -> unfinished() == 0);
        assertThat(postgres.number("select n from public.counter")).isEqualTo(4 * 8);
    }

    private void accepts(Body body) {
        await().atMost(SOON).until(() -> portal.sends(body).isAcknowledged());
    }

    @Test
    void aRetryRunsBesideManyReplays() throws Exception {
        Files.createFile(failing());
        start(1);
        try (Connection database = postgres.connect()) {
            FilledLog.append(
                    database, REPLAYS, 2_000, Body.of("story-updated.json").text());
        }
        await().atMost(LONG).until(() -> unfinished() == 0);
        Body poison = Body.of("story-updated.json").with("/Story/Description", Json.createValue(Crowd.POISON));
        assertThat(portal.sends(poison).isAcknowledged()).isTrue();
        await().atMost(SOON).until(() -> postgres.number("select count(*) from mxhooks.parked") == 1);

        postgres.execute("""
                insert into mxhooks.parked (consumer, position, lane, replay, dead, due, attempts, unended, parked_at)
                select 'crowd-0', position, lane, true, false, current_timestamp - interval '1' hour, 0, 0, current_timestamp
                from mxhooks.delivery where position <= %s""".formatted(REPLAYS));
        postgres.execute("update mxhooks.parked set due = current_timestamp + interval '1' second where not replay");
        Files.delete(failing());

        await().atMost(SOON).until(() -> postgres.number("select count(*) from mxhooks.parked where not replay") == 0);
        long left = postgres.number("select count(*) from mxhooks.parked where replay");
        assertThat(left).as("replays that wait while the retry succeeds").isPositive();
        long enough = Math.max(0, left - DRAINED);
        await().atMost(LONG).until(() -> postgres.number("select count(*) from mxhooks.parked where replay") <= enough);
        assertThat(postgres.number("select count(*) from mxhooks.parked where dead"))
                .isZero();
    }

    private Path hanging() {
        return scratch.resolve("hanging");
    }

    private Path holding() {
        return scratch.resolve("holding");
    }

    private Path failing() {
        return scratch.resolve("failing");
    }

    private long unfinished() throws SQLException {
        return unfinishedOf("true");
    }

    private long unfinishedOf(String condition) throws SQLException {
        return postgres.number("""
                select count(*) from (
                    select l.consumer, d.position from mxhooks.delivery d
                    join mxhooks.lane l on l.lane = d.lane and d.position > l.cursor
                    union all select consumer, position from mxhooks.parked) as unfinished
                where %s""".formatted(condition));
    }
}
