package org.mxhooks.mirror;

import static org.mxhooks.Latency.measure;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.mirror.TestMirror.Provider;

/**
 * How long lists and looks into the past take on PostgreSQL with a million stories, 700,000 of them in one app, and a
 * million past versions, a thousand of each of a thousand stories. Each from an own transaction.
 */
@Tag("benchmark")
class ListingBenchmark {

    private static final String APP = "app";
    private static final int STORIES = 1_000_000;
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final Random random = new Random(1);

    /**
     * A status in twenty is rare, no bug is done; times are shared by ten stories each; one story in a hundred has
     * none.
     */
    private static void fill(TestDatabase database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    insert into mxhooks.story (app_id, story_id, parent_id, parent_type, name, description, status, story_type,
                        updated_at, position, delivery, revision, sender_name, project_name)
                    select case when n %% 10 < 7 then 'app' else 'app-' || n %% 1000 end, n, n %% 5000, 'Sprint', 'story ' || n,
                        repeat('description ', 20),
                        case when n %% 100000 = 0 then 'Rare' when n %% 3 = 0 then 'Done' else 'To-do' end,
                        case when n %% 3 = 0 then 'Feature' else 'Bug' end,
                        case when n %% 100 = 6 then null
                            else timestamptz '2026-01-01 00:00:00+00' + (n::bigint * 7919 %% %s / 10) * interval '1 minute' end,
                        n, gen_random_uuid(), 1, 'someone', 'project'
                    from generate_series(1, %1$s) as n""".formatted(STORIES));
            statement.execute("""
                    insert into mxhooks.story_version (app_id, story_id, name, description, status, updated_at, position,
                        delivery, superseded_at)
                    select 'app', n %% 1000, 'version ' || n, repeat('description ', 20), 'Done',
                        timestamptz '2025-01-01 00:00:00+00' + n / 1000 * interval '1 minute', n, gen_random_uuid(), now()
                    from generate_series(1, %s) as n""".formatted(STORIES));
            statement.execute("analyze");
        }
    }

    @ParameterizedTest
    @EnumSource
    void listsAmongAMillion(Provider provider) throws Exception {
        try (TestDatabase database = TestDatabase.syncedPostgres().migrated()) {
            fill(database);
            try (TestMirror mirror = new TestMirror(database, provider)) {
                measure("all", () -> list(mirror, "", "", 0, false, Optional.empty()));
                measure("from somewhere on", () -> list(mirror, "", "", 0, false, Optional.of(somewhere())));
                measure(
                        "the timeless",
                        () -> list(
                                mirror,
                                "",
                                "",
                                0,
                                false,
                                Optional.of(new Change(Optional.empty(), random.nextInt(STORIES)))));
                measure("a frequent status", () -> list(mirror, "Done", "", 0, false, Optional.of(somewhere())));
                measure("a rare status", () -> list(mirror, "Rare", "", 0, false, Optional.empty()));
                measure("no such status", () -> list(mirror, "None", "", 0, false, Optional.empty()));
                measure("a type", () -> list(mirror, "", "Bug", 0, false, Optional.of(somewhere())));
                measure("status and type", () -> list(mirror, "To-do", "Bug", 0, false, Optional.of(somewhere())));
                measure("a sprint", () -> list(mirror, "", "", random.nextInt(5000), false, Optional.empty()));
                measure(
                        "status in a sprint",
                        () -> list(mirror, "Done", "", random.nextInt(5000), false, Optional.empty()));
                measure("changed since", () -> list(mirror, "", "", 0, true, Optional.empty()));
                measure("status, changed since", () -> list(mirror, "Rare", "", 0, true, Optional.empty()));
                measure(
                        "status and type that exclude each other",
                        () -> list(mirror, "Done", "Bug", 0, false, Optional.empty()));
                measure("a board", () -> mirror.with(it -> it.board(APP, OptionalLong.empty(), Optional.empty(), 20)));
                measure(
                        "a board of a sprint",
                        () -> mirror.with(
                                it -> it.board(APP, OptionalLong.of(random.nextInt(5000)), Optional.empty(), 20)));
                measure(
                        "a board as of an instant",
                        () -> mirror.with(it ->
                                it.board(APP, OptionalLong.empty(), somewhere().at(), 20)));
                measure("apps", () -> mirror.with(it -> it.apps("", 20)));
                measure(
                        "a history",
                        () -> mirror.with(it ->
                                it.storyVersions(APP, random.nextInt(700) / 10 * 10, Optional.of(somewhere()), 21)));
                measure(
                        "a past version",
                        () -> mirror.with(it -> it.story(
                                APP,
                                random.nextInt(700) / 10 * 10,
                                Instant.parse("2025-01-01T00:00:00Z").plusSeconds(60L * random.nextInt(1000)))));
            }
        }
    }

    private Object list(
            TestMirror mirror, String status, String type, long sprint, boolean since, Optional<Change> after) {
        Selection selection = new Selection(
                given(status), since ? Optional.of(somewhere().at().orElseThrow()) : Optional.empty(), after, 50);
        OptionalLong parent = sprint == 0 ? OptionalLong.empty() : OptionalLong.of(sprint);
        return mirror.with(it -> it.stories(APP, given(type), parent, selection));
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(it -> !it.isEmpty());
    }

    private Change somewhere() {
        return new Change(Optional.of(BEGIN.plusSeconds(60L * random.nextInt(STORIES / 10))), random.nextInt(STORIES));
    }
}
