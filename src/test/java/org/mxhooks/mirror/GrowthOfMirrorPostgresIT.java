package org.mxhooks.mirror;

import static org.mxhooks.mirror.TestMirror.APP;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mxhooks.database.Sql;
import org.mxhooks.event.AlertEvent;
import org.mxhooks.event.WebhookEvent;
import org.mxhooks.journey.Body;
import org.mxhooks.mirror.TestMirror.Provider;
import org.mxhooks.operations.Growth;

/** What the mirror executes costs as much where resources have many versions as where they have few. */
@Tag("persistence")
class GrowthOfMirrorPostgresIT {

    private static final Body STORY = Body.of("story-updated.json");
    private static final Body SPRINT = Body.of("sprint-updated.json");
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant AFTERWARDS = BEGIN.plusSeconds(10_000_000);
    private static final int LIMIT = 20;

    /** It has many versions. */
    private static final int CHANGED = 1;

    /** Of its many versions none has a time. */
    private static final int TIMELESS = 2;

    /** Few have changed of late. */
    private static final String CURRENT = """
            insert into mxhooks.%1$s (app_id, %1$s_id, name, description, status, updated_at, position, delivery, revision)
            select '%2$s', n, 'name', repeat('description ', 50), case when n %% 2 = 0 then 'Done' else 'To-do' end,
                timestamptz '%3$s' + case when n <= 4 then 1000000 + n else n - 1000000 end * interval '1 second',
                n, cast(gen_random_uuid() as varchar), 1
            from generate_series(1, ?) as n""";

    /** Half of them, on pages all over the table, are of four resources; each other has four. */
    private static final String PAST = """
            insert into mxhooks.%1$s_version (app_id, %1$s_id, name, description, updated_at, position, delivery,
                superseded_at)
            select '%2$s', id, 'name', repeat('description ', 50),
                case when id <> 2 then timestamptz '%3$s' + n * interval '1 second' end, n,
                cast(gen_random_uuid() as varchar), timestamptz '%3$s' + (n + 1) * interval '1 second'
            from (select n, case when n %% 2 = 0 then n / 2 %% 4 + 1 else 5 + n / 8 end as id from generate_series(1, ?) as n)""";

    /** Half of them are of the service of {@link #alert}; each other has four. */
    private static final String PAST_ALERTS = """
            insert into mxhooks.alert_version (delivery, service_id, app_id, environment_id, service, severity, is_open,
                message, updated_at, position, superseded_at)
            select cast(gen_random_uuid() as varchar), case when n %% 2 = 0 then '%1$s' else 'service ' || n / 8 end, 'a', 'e',
                's', 'Warning', true, repeat('message ', 70), timestamptz '%2$s' + n * interval '1 second', n,
                timestamptz '%2$s' + (n + 1) * interval '1 second'
            from generate_series(1, ?) as n""";

    private final List<TestMirror> mirrors = new ArrayList<>();

    @AfterEach
    void close() {
        mirrors.forEach(TestMirror::close);
    }

    /** What is remembered stands in the log before all others. */
    private record Follower(TestMirror mirror) {

        boolean remembers(Body body) {
            return remembers(event(body));
        }

        boolean remembers(WebhookEvent event) {
            mirror.remembers(event);
            return true;
        }

        WebhookEvent event(Body body) {
            return TestMirror.event(body, UUID.randomUUID(), 0);
        }

        boolean expects(Stream<Body> bodies) {
            List<WebhookEvent> events = bodies.map(this::event).toList();
            return mirror.with(it -> {
                it.expect(events);
                return true;
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void following(Provider provider) throws Exception {
        Growth.assertNone((database, explained, inbox) -> {
            long versions = fill(new Sql(database.dataSource()), inbox.head());
            Follower follower = new Follower(open(explained, provider));
            Map<String, Callable<?>> work = new LinkedHashMap<>();
            Map.of("story", STORY.story(CHANGED), "sprint", sprint(CHANGED)).forEach((kind, body) -> {
                work.put("new version of a " + kind, () -> follower.remembers(body.updatedAt(AFTERWARDS)));
                work.put("oldest version of a " + kind, () -> follower.remembers(body.updatedAt(BEGIN)));
                work.put(
                        "late version of a " + kind,
                        () -> follower.remembers(body.updatedAt(BEGIN.plusSeconds(versions / 2))));
                work.put("version of a %s without a time".formatted(kind), () -> follower.remembers(timeless(body)));
            });
            work.put("version among others without a time", () -> follower.remembers(timeless(STORY.story(TIMELESS))));
            work.put("first version", () -> follower.remembers(STORY.story(versions + 1)));
            work.put("expected stories", () -> follower.expects(ids().mapToObj(STORY::story)));
            work.put("expected sprints", () -> follower.expects(ids().mapToObj(GrowthOfMirrorPostgresIT::sprint)));
            work.put(
                    "purge",
                    () -> follower.mirror().inTransaction(it -> VersionPurge.purge(it, BEGIN.plusSeconds(1_000), 500)));
            return work;
        });
    }

    @ParameterizedTest
    @EnumSource
    void alerts(Provider provider) throws Exception {
        Growth.assertNone((database, explained, inbox) -> {
            String service = Alert.serviceId((AlertEvent) alert(BEGIN, 0)).orElseThrow();
            Sql sql = new Sql(database.dataSource());
            sql.update(PAST_ALERTS.formatted(service, BEGIN), inbox.head() / 4);
            sql.update("vacuum analyze mxhooks.alert_version");
            TestMirror mirror = open(explained, provider);
            Follower follower = new Follower(mirror);
            Map<String, Callable<?>> work = new LinkedHashMap<>();
            work.put("first", () -> follower.remembers(alert(AFTERWARDS, 1)));
            work.put("new", () -> follower.remembers(alert(AFTERWARDS, 2)));
            work.put("late", () -> follower.remembers(alert(BEGIN, 3)));
            work.put("at an instant", () -> mirror.with(it -> it.alert("a", UUID.fromString(service), BEGIN)));
            work.put(
                    "period",
                    () -> mirror.with(it -> it.periods(
                            List.of(it.alert("a", UUID.fromString(service)).orElseThrow()))));
            return work;
        });
    }

    private static WebhookEvent alert(Instant at, long position) {
        return TestMirror.deployment("""
                {"severity":"Critical","service":"s","environment_id":"e","app_name":"a","timestamp":"%s"}""".formatted(at), position);
    }

    @ParameterizedTest
    @EnumSource
    void readingThePast(Provider provider) throws Exception {
        Growth.assertNone((database, explained, inbox) -> {
            long versions = fill(new Sql(database.dataSource()), inbox.head());
            TestMirror mirror = open(explained, provider);
            Instant half = BEGIN.plusSeconds(versions / 2);
            Map<String, Callable<?>> looks = new LinkedHashMap<>();
            Map.of("begin", BEGIN, "half", half, "afterwards", AFTERWARDS).forEach((name, at) -> {
                looks.put("story at " + name, () -> mirror.with(it -> it.story(APP, CHANGED, at)));
                looks.put("timeless story at " + name, () -> mirror.with(it -> it.story(APP, TIMELESS, at)));
                looks.put("sprint at " + name, () -> mirror.with(it -> it.sprint(APP, CHANGED, at)));
                looks.put(
                        "stories at " + name,
                        () -> mirror.with(it -> it.stories(
                                APP,
                                new StoryFilter(Optional.empty(), false, OptionalLong.empty()),
                                Optional.of(at),
                                Optional.empty(),
                                LIMIT)));
                looks.put(
                        "board at " + name,
                        () -> mirror.with(it -> it.board(APP, OptionalLong.empty(), Optional.of(at), LIMIT)));
            });
            Map.of(
                            "from the newest on",
                            Optional.<Change>empty(),
                            "from half on",
                            Optional.of(new Change(Optional.of(half), versions / 2)),
                            "from those without a time on",
                            Optional.of(new Change(Optional.empty(), versions / 2)))
                    .forEach((name, after) -> {
                        looks.put(
                                "history of a story " + name,
                                () -> mirror.with(it -> it.storyVersions(APP, CHANGED, after, LIMIT)));
                        looks.put(
                                "history of a timeless story " + name,
                                () -> mirror.with(it -> it.storyVersions(APP, TIMELESS, after, LIMIT)));
                        looks.put(
                                "history of a sprint " + name,
                                () -> mirror.with(it -> it.sprintVersions(APP, CHANGED, after, LIMIT)));
                    });
            return looks;
        });
    }

    private TestMirror open(DataSource explained, Provider provider) {
        TestMirror mirror = new TestMirror(explained, provider);
        mirrors.add(mirror);
        return mirror;
    }

    private static LongStream ids() {
        return LongStream.rangeClosed(1, 32);
    }

    private static Body sprint(long id) {
        return SPRINT.with("/Sprint/SprintId", Json.createValue(id));
    }

    private static Body timeless(Body body) {
        return body.with("/Meta/UpdatedAt", JsonValue.NULL);
    }

    private static long fill(Sql sql, long deliveries) throws SQLException {
        long versions = deliveries / 4;
        for (String kind : List.of("story", "sprint")) {
            sql.update(CURRENT.formatted(kind, APP, BEGIN), versions);
            sql.update(PAST.formatted(kind, APP, BEGIN), versions);
        }
        sql.update("vacuum analyze mxhooks.story, mxhooks.story_version, mxhooks.sprint, mxhooks.sprint_version");
        return versions;
    }
}
