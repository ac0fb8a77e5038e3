package org.mxhooks.mirror;

import static org.mxhooks.Latency.measure;

import java.sql.Connection;
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

    private static final String APP = FilledMirror.APP;
    private static final int STORIES = 1_000_000;

    private final Random random = new Random(1);

    @ParameterizedTest
    @EnumSource
    void listsAmongAMillion(Provider provider) throws Exception {
        try (TestDatabase database = TestDatabase.syncedPostgres().migrated()) {
            try (Connection connection = database.dataSource().getConnection()) {
                new FilledMirror(STORIES).write(connection);
            }
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
        return new Change(
                Optional.of(FilledMirror.BEGIN.plusSeconds(60L * random.nextInt(STORIES / 10))),
                random.nextInt(STORIES));
    }
}
