package org.mxhooks.mirror;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.maxBy;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatList;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;
import static org.mxhooks.mirror.TestMirror.APP;
import static org.mxhooks.mirror.TestMirror.event;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import jakarta.persistence.PersistenceException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.event.WebhookEvent;
import org.mxhooks.journey.Body;
import org.mxhooks.mirror.TestMirror.Provider;

/** What the mirror promises on every supported database, by every JPA provider that a server brings. */
@TestInstance(PER_CLASS)
@Tag("persistence")
abstract class MirrorSuite {

    private static final Body STORY = Body.of("story-updated.json");
    private static final Body SPRINT = Body.of("sprint-updated.json");
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

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
        for (String table : List.of("story", "story_version", "sprint", "sprint_version")) {
            execute("delete from mxhooks." + table);
        }
    }

    @AfterAll
    void close() {
        mirror.close();
        database.close();
    }

    /** A version as a test thinks of it; without a time where the portal told none. */
    private record Told(long position, Optional<Instant> at) {

        static final Comparator<Told> OLDEST_FIRST = Comparator.<Told, Instant>comparing(
                        told -> told.at().orElse(Instant.MIN))
                .thenComparing(Told::position);

        WebhookEvent about(long story) {
            return event(body(story), new UUID(0, position), position);
        }

        Body body(long story) {
            Body named = STORY.story(story).named("version " + position);
            return at.map(named::updatedAt).orElseGet(() -> named.with("/Meta/UpdatedAt", JsonValue.NULL));
        }

        boolean isReachedAt(Instant instant) {
            return at.isEmpty() || !at.get().isAfter(instant);
        }
    }

    @Test
    void showsWhoChangedItLastAndInWhichProject() {
        mirror.remembers(STORY, 1);

        VersionDetails version = story(4711).orElseThrow().version();

        assertThat(version.senderName()).contains("ada.quist@example.com");
        assertThat(version.senderFullName()).contains("Ada Quist");
        assertThat(version.senderEmailAddress()).contains("ada.quist@example.com");
        assertThat(version.projectName()).contains("Order Desk");
        assertThat(version.delivery()).isEqualTo(new UUID(0, 1).toString());
        assertThat(version.position()).isOne();
    }

    @Test
    void keepsEveryFieldOfAStory() {
        mirror.remembers(STORY, 1);

        assertThat(story(4711))
                .contains(new StorySnapshot(
                        4711,
                        Optional.of("Show the delivery date on the order page"),
                        Optional.of("Buyers ask for it – daily."),
                        Optional.of("Running"),
                        Optional.of("Feature"),
                        Optional.of(false),
                        Optional.of(88L),
                        Optional.of("Sprint"),
                        Optional.of(Instant.parse("2026-03-02T08:15:30.120Z")),
                        story(4711).orElseThrow().version()));
    }

    @Test
    void keepsEveryFieldOfASprint() {
        mirror.remembers(SPRINT, 1);

        assertThat(sprint(88))
                .contains(new SprintSnapshot(
                        88,
                        Optional.of("Sprint 12"),
                        Optional.empty(),
                        Optional.of("Active"),
                        Optional.of(Instant.parse("2026-03-02T00:00:00Z")),
                        Optional.of(Instant.parse("2026-03-16T00:00:00Z")),
                        Optional.of(Instant.parse("2026-02-27T13:00:00Z")),
                        sprint(88).orElseThrow().version()));
    }

    @Test
    void leavesOutASenderAndAProjectThatThePortalLeftOut() {
        mirror.remembers(STORY.with("/Sender", JsonValue.NULL).with("/Project/Name", JsonValue.NULL), 1);

        VersionDetails version = story(4711).orElseThrow().version();
        assertThat(version.senderName()).isEmpty();
        assertThat(version.senderFullName()).isEmpty();
        assertThat(version.senderEmailAddress()).isEmpty();
        assertThat(version.projectName()).isEmpty();
    }

    @Test
    void keepsSenderAndProjectWithEachVersion() {
        mirror.remembers(STORY.updatedAt(NOON), 1);
        mirror.remembers(
                STORY.updatedAt(NOON.plusSeconds(1))
                        .with("/Sender/FullName", Json.createValue("Someone Else"))
                        .with("/Project/Name", Json.createValue("Renamed")),
                2);

        assertThat(story(4711).orElseThrow().toString()).contains("Someone Else", "Renamed");
        assertThat(storyAt(4711, NOON).orElseThrow().toString()).contains("Ada Quist", "Order Desk");
    }

    @Test
    void keepsEverythingOfAPastVersion() {
        mirror.remembers(STORY.updatedAt(NOON), 1);
        StorySnapshot before = story(4711).orElseThrow();
        mirror.remembers(SPRINT.updatedAt(NOON), 2);
        SprintSnapshot sprintBefore = sprint(88).orElseThrow();

        mirror.remembers(STORY.named("another").updatedAt(NOON.plusSeconds(1)), 3);
        mirror.remembers(SPRINT.updatedAt(NOON.plusSeconds(1)), 4);

        assertThat(storyAt(4711, NOON)).contains(before);
        assertThat(sprintAt(88, NOON)).contains(sprintBefore);
    }

    /** In Amsterdam's zone, in which the suite runs, the first two are the same time of the day. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-10-26T00:30:00.500Z",
                "2025-10-26T01:30:00.500Z",
                "2026-03-29T01:30:00.123456Z",
                "1850-01-01T00:00:00Z",
                "0001-01-01T00:00:00Z"
            })
    void keepsAnInstantWhateverTheZoneOfItsServer(String text) {
        Instant instant = Instant.parse(text);
        WebhookEvent story = event(STORY.updatedAt(instant), new UUID(0, 1), 1);

        mirror.remembers(story);
        mirror.remembers(story);
        mirror.remembers(STORY.updatedAt(instant.plusSeconds(3600)), 2);
        mirror.remembers(story);

        assertThat(updatedAt(storyAt(4711, instant))).isEqualTo(instant.toString());
        assertThat(storyAt(4711, instant.minusMillis(1))).isEmpty();
        assertThat(updatedAt(storyAt(4711, instant.plusSeconds(3599)))).isEqualTo(instant.toString());
        assertThat(updatedAt(story(4711))).isEqualTo(instant.plusSeconds(3600).toString());
    }

    @Test
    void knowsNothingOfTheTimeBeforeTheFirstVersion() {
        mirror.remembers(STORY.updatedAt(NOON), 1);

        assertThat(storyAt(4711, NOON.minusNanos(1_000))).isEmpty();
        assertThat(storyAt(4711, NOON)).isPresent();
        assertThat(storyAt(4712, NOON)).isEmpty();
    }

    /** As a node of the version before writes it, and as the migration finds it. */
    @Test
    void takesWhatWasThereBeforeForTheFirstVersion() throws SQLException {
        execute("""
                insert into mxhooks.story (app_id, story_id, name, updated_at, position, delivery, revision)
                values ('%s', 4711, 'from before', '2026-03-02 11:00:00+00', 1, '%s', 1)""".formatted(APP, new UUID(0, 1)));

        mirror.remembers(STORY.updatedAt(NOON), 2);

        assertThat(nameOf(storyAt(4711, NOON.minusSeconds(1)))).isEqualTo("from before");
    }

    /**
     * Few times, so that many versions have the same; some have none. In any order, some twice, as many in a
     * transaction as it comes.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void findsTheVersionThatWasValidAtEachInstant(long seed) throws SQLException {
        Random random = new Random(seed);
        List<Told> versions = versions(30, random);
        List<Told> asTheyCome = new ArrayList<>(versions);
        asTheyCome.addAll(versions.subList(0, 10));
        Collections.shuffle(asTheyCome, random);

        remembers(
                1 + random.nextInt(4),
                asTheyCome.stream().map(told -> told.about(1)).toList());

        assertThat(nameOf(story(1))).isEqualTo(name(versions.stream().max(Told.OLDEST_FIRST)));
        for (int second = -1; second < 11; second++) {
            Instant instant = NOON.plusSeconds(second);
            assertThat(storyAt(1, instant).flatMap(StorySnapshot::name))
                    .as("at %s", instant)
                    .isEqualTo(versions.stream()
                            .filter(told -> told.isReachedAt(instant))
                            .max(Told.OLDEST_FIRST)
                            .map(told -> "version " + told.position()));
        }
        assertThat(count("story_version")).isEqualTo(versions.size() - 1);
    }

    @Test
    void addsNothingWhenADeliveryIsReplayed() throws SQLException {
        WebhookEvent[] all = {
            new Told(1, Optional.of(NOON)).about(1),
            new Told(2, Optional.of(NOON.plusSeconds(2))).about(1),
            new Told(3, Optional.of(NOON.plusSeconds(1))).about(1)
        };
        mirror.remembers(all);
        StorySnapshot current = story(1).orElseThrow();

        for (WebhookEvent replayed : all) {
            mirror.remembers(replayed);
        }

        assertThat(count("story_version")).isEqualTo(2);
        assertThat(story(1)).contains(current);
    }

    /** Stamped 2099, it would be the newest for decades. */
    @Test
    void isNotFrozenByAStateStampedFarAhead() throws SQLException {
        Instant absurd = Instant.parse("2099-01-01T00:00:00Z");
        WebhookEvent first = event(STORY.named("absurd").updatedAt(absurd), new UUID(0, 1), 1);
        WebhookEvent second = event(STORY.named("proper").updatedAt(NOON), new UUID(0, 2), 2);
        WebhookEvent third = event(STORY.named("absurd again").updatedAt(absurd), new UUID(0, 3), 3);

        mirror.remembers(first);
        assertThat(nameOf(story(4711))).isEqualTo("absurd");
        mirror.remembers(second);
        mirror.remembers(third);

        for (int replays = 0; replays < 2; replays++) {
            assertThat(nameOf(story(4711))).isEqualTo("proper");
            assertThat(nameOf(storyAt(4711, NOON))).isEqualTo("proper");
            assertThat(nameOf(storyAt(4711, absurd))).isEqualTo("proper");
            assertThat(nameOf(storyAt(4711, NOON.minusSeconds(1)))).isEqualTo("absurd again");
            assertThat(count("story_version")).isEqualTo(2);
            mirror.remembers(third, first, second);
        }
    }

    @Test
    void knowsAnAppByItsUuidHoweverThatIsWritten() {
        mirror.remembers(STORY.named("first").updatedAt(NOON), 1);
        mirror.remembers(
                STORY.named("second")
                        .updatedAt(NOON.plusSeconds(1))
                        .with("/Project/AppId", Json.createValue("{" + APP.toUpperCase(Locale.ROOT) + "}")),
                2);

        assertThat(nameOf(story(4711))).isEqualTo("second");
        assertThat(nameOf(storyAt(4711, NOON))).isEqualTo("first");
    }

    @Test
    void keepsATimeAsItIsDecoded() {
        WebhookEvent event = event(
                STORY.with("/Meta/UpdatedAt", Json.createValue("2026-03-02T12:00:00.123456789Z")), new UUID(0, 1), 1);
        mirror.remembers(event);

        String kept = updatedAt(story(4711));
        assertThat(kept).isEqualTo("2026-03-02T12:00:00.123456Z");
        assertThat(event.updatedAt()).contains(Instant.parse(kept));
        assertThat(storyAt(4711, Instant.parse(kept))).isPresent();
        assertThat(storyAt(4711, Instant.parse(kept).minusNanos(1_000))).isEmpty();
    }

    @Test
    void mirrorsNothingThatNamesNoApp() throws SQLException {
        mirror.remembers(STORY.with("/Project/AppId", JsonValue.NULL), 1);

        assertThat(count("story")).isZero();
    }

    @Test
    void cutsALabelThatIsTooLongToBeListedBy() {
        String longest = "🚚".repeat(200);
        mirror.remembers(STORY.with("/Story/Status", Json.createValue(longest + "x".repeat(100_000))), 1);

        assertThat(stories(selecting(longest)))
                .extracting(StorySnapshot::storyId)
                .containsExactly(4711L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 200})
    void listsEveryStoryOnceTheNewestChangeFirst(int limit) {
        List<Told> told = versions(40, new Random(limit));
        remembers(20, told.stream().map(each -> each.about(each.position())).toList());
        mirror.remembers(STORY.with("/Project/AppId", Json.createValue("another app")), 1_000);

        assertThat(pages(limit, Optional.empty()))
                .isEqualTo(told.stream()
                        .sorted(Told.OLDEST_FIRST.reversed())
                        .map(Told::position)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 200})
    void listsWhatChangedSinceAnInstant(int limit) {
        List<Told> told = versions(40, new Random(limit));
        remembers(20, told.stream().map(each -> each.about(each.position())).toList());
        Instant since = NOON.plusSeconds(5);

        assertThat(pages(limit, Optional.of(since)))
                .isEqualTo(told.stream()
                        .filter(each ->
                                each.at().isPresent() && !each.at().get().isBefore(since))
                        .sorted(Told.OLDEST_FIRST.reversed())
                        .map(Told::position)
                        .toList());
    }

    @Test
    void hasNoNextPageAfterTheLast() {
        LongStream.rangeClosed(1, 4).forEach(i -> mirror.remembers(STORY.story(i), i));

        assertThat(page(2, Optional.empty(), Optional.empty()).end()).isPresent();
        assertThat(page(4, Optional.empty(), Optional.empty()).end()).isEmpty();
    }

    @Test
    void listsAStoryAndASprintAsEachIsShownAlone() {
        mirror.remembers(STORY, 1);
        mirror.remembers(SPRINT, 2);

        assertThat(page(10, Optional.empty(), Optional.empty()).resources())
                .containsExactly(story(4711).orElseThrow());
        assertThatList(mirror.with(
                        it -> it.sprints(APP, new Selection(Optional.empty(), Optional.empty(), Optional.empty(), 10))))
                .containsExactly(sprint(88).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\u0001", "ü", "🚚", "x🚚"})
    void cutsLongTextsInListsAndSaysWhich(String character) {
        String text = character.repeat(100_000);
        mirror.remembers(
                STORY.named(text)
                        .with("/Story/Description", Json.createValue(text))
                        .with("/Sender/FullName", Json.createValue(text))
                        .with("/Project/Name", Json.createValue(text)),
                1);

        StorySnapshot listed =
                page(10, Optional.empty(), Optional.empty()).resources().get(0);

        assertThat(listed.version().cut())
                .containsExactlyInAnyOrder("name", "description", "sender.fullName", "project.name");
        String description = listed.description().orElseThrow();
        assertThat(text).startsWith(description);
        assertThat(description)
                .hasSizeBetween(Row.MAX_TEXT - 1, Row.MAX_TEXT)
                .matches(
                        shown -> !Character.isHighSurrogate(shown.charAt(shown.length() - 1)),
                        "ends with a whole character");
        assertThat(nameOf(story(4711))).isEqualTo(text);
    }

    @Test
    void listsStoriesByStatusTypeAndSprint() {
        story(1, "Done", "Bug", 88, "Sprint");
        story(2, "Done", "Feature", 88, "Sprint");
        story(3, "Done", "Bug", 89, "Sprint");
        story(4, "To-do", "Bug", 88, "Sprint");
        story(5, "Done", "Bug", 88, "Epic");

        assertThat(listed("Done", "", 0)).containsExactly(5L, 3L, 2L, 1L);
        assertThat(listed("", "Bug", 0)).containsExactly(5L, 4L, 3L, 1L);
        assertThat(listed("", "", 88)).containsExactly(4L, 2L, 1L);
        assertThat(listed("Done", "Bug", 88)).containsExactly(1L);
        assertThat(listed("done", "", 0)).isEmpty();
        assertThat(listed("' or 1 = 1 --", "%", 0)).isEmpty();
    }

    @Test
    void listsSprintsByStatus() {
        mirror.remembers(SPRINT, 1);
        mirror.remembers(Body.of("sprint-created.json").with("/Sprint/SprintId", Json.createValue(89)), 2);

        assertThat(sprints("Active")).containsExactly(88L);
        assertThat(sprints("Planned")).containsExactly(89L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unheard-of", "a\0b"})
    void listsNothingOfAnAppThatItNeverHeardOf(String app) {
        assertThatList(mirror.with(it -> it.stories(app, Optional.empty(), OptionalLong.empty(), selecting("Done"))))
                .isEmpty();
    }

    /**
     * As lanes do it: each story is in one of them, several events share a transaction, nothing waits for another lane.
     */
    /** Few times, so that many versions have the same; some have none. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void showsTheHistoryOfAStoryTheNewestFirst(long seed) {
        Random random = new Random(seed);
        List<Told> versions = versions(12, random);
        List<Told> asTheyCome = new ArrayList<>(versions);
        Collections.shuffle(asTheyCome, random);
        remembers(3, asTheyCome.stream().map(told -> told.about(1)).toList());
        remembers(1, List.of(new Told(99, Optional.of(NOON)).about(2)));

        List<Long> shown = new ArrayList<>();
        Optional<Change> after = Optional.empty();
        do {
            Optional<Change> begin = after;
            List<StorySnapshot> page = mirror.with(it -> it.storyVersions(APP, 1, begin, 5));
            page.forEach(version -> shown.add(version.version().position()));
            after = page.stream()
                    .reduce((first, last) -> last)
                    .map(last -> last.version().change());
        } while (after.isPresent() && shown.size() < 30);

        assertThat(shown)
                .isEqualTo(versions.stream()
                        .sorted(Told.OLDEST_FIRST.reversed())
                        .map(Told::position)
                        .toList());
    }

    @Test
    void showsTheHistoryInFull() {
        String text = "🚚".repeat(2_000);
        mirror.remembers(
                STORY.with("/Story/Description", Json.createValue(text)).updatedAt(NOON), 1);
        mirror.remembers(STORY.updatedAt(NOON.plusSeconds(1)), 2);
        mirror.remembers(SPRINT.updatedAt(NOON), 3);
        mirror.remembers(SPRINT.updatedAt(NOON.plusSeconds(1)), 4);

        assertThat(mirror.with(it -> it.storyVersions(APP, 4711, Optional.empty(), 10)).stream()
                        .map(StorySnapshot::description))
                .containsExactly(Optional.of("Buyers ask for it – daily."), Optional.of(text));
        assertThat(mirror.with(it -> it.sprintVersions(APP, 88, Optional.empty(), 10)).stream()
                        .map(sprint -> sprint.version().position()))
                .containsExactly(4L, 3L);
        assertThatList(mirror.with(it -> it.storyVersions(APP, 4712, Optional.empty(), 10)))
                .isEmpty();
    }

    /** In any order of arrival; some without a time, a status or a sprint. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void showsTheBoardOfEachInstant(long seed) {
        Random random = new Random(seed);
        List<Placed> versions = LongStream.rangeClosed(1, 40)
                .mapToObj(position -> Placed.random(position, random))
                .toList();
        List<Placed> asTheyCome = new ArrayList<>(versions);
        Collections.shuffle(asTheyCome, random);
        remembers(4, asTheyCome.stream().map(Placed::event).toList());

        for (int second = -1; second < 10; second += 2) {
            Optional<Instant> at = second == 9 ? Optional.empty() : Optional.of(NOON.plusSeconds(second));
            for (long sprint : new long[] {0, 88}) {
                TreeMap<String, Set<Long>> expected = Placed.board(versions, at, sprint);
                assertThat(board(at, sprint)).as("at %s in %s", at, sprint).isEqualTo(expected);
                assertThat(listedAt(at, sprint))
                        .as("at %s in %s", at, sprint)
                        .containsExactlyInAnyOrderElementsOf(
                                expected.values().stream().flatMap(Set::stream).toList());
            }
        }
    }

    /**
     * A version of one of six stories.
     *
     * @param status empty for none
     * @param sprint 0 for none
     */
    private record Placed(Told told, long story, String status, long sprint) {

        static Placed random(long position, Random random) {
            Optional<Instant> at =
                    random.nextInt(8) == 0 ? Optional.empty() : Optional.of(NOON.plusSeconds(random.nextInt(10)));
            List<String> statuses = List.of("To-do", "Running", "Testing", "Done", "");
            return new Placed(
                    new Told(position, at),
                    1 + random.nextInt(6),
                    statuses.get(random.nextInt(statuses.size())),
                    random.nextBoolean() ? 88 : 0);
        }

        WebhookEvent event() {
            Body body = told.body(story)
                    .with("/Story/Status", status.isEmpty() ? JsonValue.NULL : Json.createValue(status))
                    .with("/Story/ParentId", sprint == 0 ? JsonValue.NULL : Json.createValue(sprint));
            return TestMirror.event(body, new UUID(0, told.position()), told.position());
        }

        /** Positions of the valid versions by status. */
        static TreeMap<String, Set<Long>> board(List<Placed> versions, Optional<Instant> at, long sprint) {
            return versions.stream()
                    .filter(one -> at.isEmpty() || one.told.isReachedAt(at.get()))
                    .collect(groupingBy(Placed::story, maxBy(comparing(Placed::told, Told.OLDEST_FIRST))))
                    .values()
                    .stream()
                    .flatMap(Optional::stream)
                    .filter(one -> sprint == 0 || one.sprint == sprint)
                    .collect(groupingBy(Placed::status, TreeMap::new, mapping(one -> one.told.position(), toSet())));
        }
    }

    private TreeMap<String, Set<Long>> board(Optional<Instant> at, long sprint) {
        StoryBoard board =
                mirror.with(it -> it.board(APP, sprint == 0 ? OptionalLong.empty() : OptionalLong.of(sprint), at, 50));
        assertThat(board.complete()).isTrue();
        TreeMap<String, Set<Long>> shown = new TreeMap<>();
        for (StoryBoard.StatusColumn column : board.columns()) {
            assertThat(column.count()).isEqualTo(column.stories().size());
            shown.put(column.status().orElse(""), positions(column.stories()).collect(toSet()));
        }
        return shown;
    }

    /** Page by page. */
    private List<Long> listedAt(Optional<Instant> at, long sprint) {
        StoryFilter filter =
                new StoryFilter(Optional.empty(), false, sprint == 0 ? OptionalLong.empty() : OptionalLong.of(sprint));
        List<Long> listed = new ArrayList<>();
        Optional<Change> after = Optional.empty();
        do {
            Optional<Change> begin = after;
            StoryPage page = mirror.with(it -> it.stories(APP, filter, at, begin, 3));
            positions(page.stories()).forEach(listed::add);
            after = page.next();
        } while (after.isPresent());
        return listed;
    }

    private static Stream<Long> positions(List<StorySnapshot> stories) {
        return stories.stream().map(story -> story.version().position());
    }

    @Test
    void showsTheLatestOfAColumnInThePortalsOrderAndCountsAll() {
        story(1, "Done", "Bug", 88, "Sprint");
        story(2, "Blocked", "Bug", 88, "Sprint");
        LongStream.rangeClosed(3, 9).forEach(id -> story(id, "Running", "Bug", 88, "Sprint"));
        story(10, "To-do", "Bug", 88, "Sprint");

        StoryBoard board = mirror.with(it -> it.board(APP, OptionalLong.empty(), Optional.empty(), 3));

        assertThat(board.columns().stream().map(column -> column.status().orElse("")))
                .containsExactly("To-do", "Running", "Blocked", "Done");
        StoryBoard.StatusColumn running = board.columns().get(1);
        assertThat(positions(running.stories())).containsExactly(9L, 8L, 7L);
        assertThat(running.count()).isEqualTo(7);
        List<StorySnapshot> done = mirror.with(it -> it.stories(
                        APP,
                        new StoryFilter(Optional.of("Done"), false, OptionalLong.empty()),
                        Optional.empty(),
                        Optional.empty(),
                        10))
                .stories();
        assertThat(positions(done)).containsExactly(1L);
    }

    @Test
    void saysThatABoardOfThePastIsIncompleteAndListsAll() {
        int stories = StoriesAt.MAX_LOOKUPS + 10;
        WebhookEvent[] events = IntStream.range(0, 2 * stories)
                .mapToObj(i -> new Told(1 + i, Optional.of(NOON.plusSeconds(i / stories))).about(i % stories))
                .toArray(WebhookEvent[]::new);
        mirror.remembers(events);

        StoryBoard board = mirror.with(it -> it.board(APP, OptionalLong.empty(), Optional.of(NOON), 50));

        assertThat(board.complete()).isFalse();
        assertThat(board.columns().get(0).count()).isEqualTo(StoriesAt.MAX_LOOKUPS);
        assertThat(listedAt(Optional.of(NOON), 0))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, stories).boxed().toList());
    }

    @Test
    void knowsTheAppsOfStoriesAndSprints() {
        mirror.remembers(STORY.with("/Project/AppId", Json.createValue("b")).updatedAt(NOON), 1);
        mirror.remembers(SPRINT.with("/Project/AppId", Json.createValue("c")).updatedAt(NOON), 2);
        mirror.remembers(STORY.with("/Project/AppId", Json.createValue("a")).updatedAt(NOON), 3);
        mirror.remembers(
                SPRINT.with("/Project/AppId", Json.createValue("a"))
                        .with("/Project/Name", Json.createValue("Renamed"))
                        .updatedAt(NOON.plusSeconds(1)),
                4);

        AppSummary renamed = new AppSummary("a", Optional.of("Renamed"), Optional.of(NOON.plusSeconds(1)));
        AppSummary orders = new AppSummary("b", Optional.of("Order Desk"), Optional.of(NOON));
        assertThatList(mirror.with(it -> it.apps("", 2))).containsExactly(renamed, orders);
        assertThat(mirror.with(it -> it.apps("b", 2)).stream().map(AppSummary::appId))
                .containsExactly("c");
    }

    @Test
    void isSafeWhenManyStoriesOfAProjectChangeAtOnce() throws SQLException {
        int lanes = 8;
        int stories = 5;
        int changes = 8;
        List<CompletableFuture<Void>> running = IntStream.range(0, lanes)
                .mapToObj(lane -> CompletableFuture.runAsync(() -> remembers(5, events(lane, stories, changes))))
                .toList();

        running.forEach(lane -> lane.orTimeout(60, TimeUnit.SECONDS).join());

        assertThat(count("story")).isEqualTo(lanes * stories);
        assertThat(count("story_version")).isEqualTo(lanes * stories * (changes - 1));
        assertThat(pages(200, Optional.empty())).hasSize(lanes * stories).doesNotHaveDuplicates();
    }

    /** What loses against the other is rolled back, and repeated as dispatch would. */
    @Test
    void keepsEveryVersionOnceWhileReplaysRunBesideTheLane() throws SQLException {
        List<Told> versions = versions(40, new Random(7));
        List<Told> backwards = new ArrayList<>(versions);
        Collections.reverse(backwards);

        List<CompletableFuture<Void>> running = Stream.of(versions, backwards)
                .map(order -> CompletableFuture.runAsync(() -> order.forEach(told -> untilItSucceeds(told.about(1)))))
                .toList();

        running.forEach(each -> each.orTimeout(60, TimeUnit.SECONDS).join());
        assertThat(nameOf(story(1))).isEqualTo(name(versions.stream().max(Told.OLDEST_FIRST)));
        assertThat(count("story_version")).isEqualTo(versions.size() - 1);
    }

    @Test
    void endsOldVersionsInSmallSteps() throws SQLException {
        LongStream.rangeClosed(1, 21)
                .forEach(i -> mirror.remembers(new Told(i, Optional.of(NOON.plusSeconds(i))).about(1)));
        supersede("position <= 15", 91);

        assertThat(end(10)).isTrue();
        assertThat(count("story_version")).isEqualTo(10);
        assertThat(end(10)).isFalse();
        assertThat(count("story_version")).isEqualTo(5);
        assertThat(end(10)).isFalse();

        assertThat(count("story_version")).isEqualTo(5);
        assertThat(storyAt(1, NOON.plusSeconds(15))).isEmpty();
        assertThat(storyAt(1, NOON.plusSeconds(16))).isPresent();
    }

    @Test
    void neverEndsTheCurrentVersion() throws SQLException {
        mirror.remembers(STORY.updatedAt(Instant.parse("2001-01-01T00:00:00Z")), 1);

        end(10);

        assertThat(story(4711)).isPresent();
        assertThat(storyAt(4711, NOON)).isPresent();
    }

    /** Else it would be told for times at which another was valid. */
    @Test
    void endsALateVersionWithThoseThatSupersededIt() throws SQLException {
        mirror.remembers(new Told(1, Optional.of(NOON.plusSeconds(2))).about(1));
        mirror.remembers(new Told(2, Optional.of(NOON.plusSeconds(3))).about(1));
        mirror.remembers(new Told(3, Optional.of(NOON.plusSeconds(4))).about(1));
        supersede("position = 1", 91);

        mirror.remembers(new Told(4, Optional.of(NOON.plusSeconds(1))).about(1));
        mirror.remembers(new Told(5, Optional.empty()).about(1));
        end(10);

        assertThat(storyAt(1, NOON.plusSeconds(2))).isEmpty();
        assertThat(storyAt(1, NOON.plusSeconds(3))).isPresent();
    }

    @Test
    void endsALateVersionWithoutATimeWithTheNextWithoutOne() throws SQLException {
        mirror.remembers(new Told(3, Optional.empty()).about(1));
        mirror.remembers(new Told(5, Optional.of(NOON.plusSeconds(2))).about(1));
        mirror.remembers(new Told(6, Optional.of(NOON.plusSeconds(3))).about(1));
        supersede("position = 3", 91);

        mirror.remembers(new Told(2, Optional.empty()).about(1));
        end(10);

        assertThat(count("story_version")).isOne();
    }

    @Test
    void endsEveryOldVersionOnceWhenNodesDoItAtOnce() throws SQLException {
        List<Told> versions = versions(80, new Random(1));
        remembers(20, versions.stream().map(told -> told.about(1)).toList());
        supersede("true", 91);

        List<CompletableFuture<Void>> nodes = IntStream.range(0, 3)
                .mapToObj(node -> CompletableFuture.runAsync(() -> {
                    while (end(7)) {}
                }))
                .toList();

        nodes.forEach(node -> node.orTimeout(60, TimeUnit.SECONDS).join());
        assertThat(count("story_version")).isZero();
        assertThat(story(1)).isPresent();
    }

    /** However many share a transaction; else each would wait for a query of its own. */
    @Test
    void readsAtOnceWhatExpectedEventsAreAbout() {
        List<WebhookEvent> events = events(1, 20, 2);
        remembers(20, events.subList(0, 20));
        AtomicInteger queries = new AtomicInteger();
        try (TestMirror counted = new TestMirror(counting("select", queries), provider())) {
            counted.with(it -> {
                it.expect(events.subList(20, 40));
                assertThat(queries).hasValue(1);
                events.subList(20, 40).forEach(it::remember);
                return null;
            });
        }

        assertThat(queries).hasValue(1);
        assertThat(story(100).flatMap(StorySnapshot::name)).contains("version 1021");
    }

    private DataSource counting(String statement, AtomicInteger counter) {
        return proxy(
                DataSource.class,
                database.dataSource(),
                (name, arguments, result) -> result instanceof Connection c
                        ? proxy(Connection.class, c, (called, its, prepared) -> {
                            if (called.equals("prepareStatement")
                                    && ((String) its[0])
                                            .strip()
                                            .toLowerCase(Locale.ROOT)
                                            .startsWith(statement)) {
                                counter.incrementAndGet();
                            }
                            return prepared;
                        })
                        : result);
    }

    private interface Seen {
        Object result(String method, Object[] arguments, Object result);
    }

    private static <T> T proxy(Class<T> type, T target, Seen seen) {
        return type.cast(Proxy.newProxyInstance(
                MirrorSuite.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return seen.result(method.getName(), arguments, method.invoke(target, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private void remembers(int together, List<WebhookEvent> events) {
        for (int begin = 0; begin < events.size(); begin += together) {
            mirror.remembers(events.subList(begin, Math.min(begin + together, events.size()))
                    .toArray(WebhookEvent[]::new));
        }
    }

    private boolean end(int most) {
        return mirror.inTransaction(
                entities -> History.STORIES.purge(entities, Instant.now().minus(Duration.ofDays(90)), most));
    }

    private void supersede(String which, int daysAgo) throws SQLException {
        execute("""
                update mxhooks.story_version
                set superseded_at = current_timestamp - interval '%s' day + position * interval '1' second
                where %s""".formatted(daysAgo, which));
    }

    private static String nameOf(Optional<StorySnapshot> story) {
        return story.flatMap(StorySnapshot::name).orElseThrow();
    }

    private static String updatedAt(Optional<StorySnapshot> story) {
        return story.flatMap(known -> known.version().updatedAt()).orElseThrow().toString();
    }

    private void untilItSucceeds(WebhookEvent event) {
        List<Exception> lost = new ArrayList<>();
        while (lost.size() < 100) {
            try {
                mirror.remembers(event);
                return;
            } catch (PersistenceException conflict) {
                lost.add(conflict);
            }
        }
        throw new AssertionError("conflicts without end", lost.get(0));
    }

    /** Positions from 1 on, at one of ten seconds or, now and then, none. */
    private static List<Told> versions(int howMany, Random random) {
        return LongStream.rangeClosed(1, howMany)
                .mapToObj(position -> new Told(
                        position,
                        random.nextInt(8) == 0 ? Optional.empty() : Optional.of(NOON.plusSeconds(random.nextInt(10)))))
                .collect(toCollection(ArrayList::new));
    }

    private static List<WebhookEvent> events(int lane, int stories, int changes) {
        return IntStream.range(0, stories * changes)
                .mapToObj(i -> new Told(1 + lane * 1_000L + i, Optional.of(NOON.plusSeconds(i)))
                        .about(lane * 100L + i % stories))
                .toList();
    }

    private static String name(Optional<Told> told) {
        return "version " + told.orElseThrow().position();
    }

    private void story(long id, String status, String type, long parent, String parentType) {
        mirror.remembers(
                STORY.story(id)
                        .with("/Story/Status", Json.createValue(status))
                        .with("/Story/StoryType", Json.createValue(type))
                        .with("/Story/ParentId", Json.createValue(parent))
                        .with("/Story/ParentType", Json.createValue(parentType)),
                id);
    }

    private List<Long> listed(String status, String type, long sprint) {
        Selection selection = new Selection(given(status), Optional.empty(), Optional.empty(), 50);
        OptionalLong parent = sprint == 0 ? OptionalLong.empty() : OptionalLong.of(sprint);
        return mirror.with(it -> it.stories(APP, given(type), parent, selection)).stream()
                .map(StorySnapshot::storyId)
                .toList();
    }

    private List<Long> sprints(String status) {
        return mirror.with(it -> it.sprints(APP, selecting(status))).stream()
                .map(SprintSnapshot::sprintId)
                .toList();
    }

    private List<StorySnapshot> stories(Selection selection) {
        return mirror.with(it -> it.stories(APP, Optional.empty(), OptionalLong.empty(), selection));
    }

    private static Selection selecting(String status) {
        return new Selection(given(status), Optional.empty(), Optional.empty(), 50);
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(it -> !it.isEmpty());
    }

    /** All stories, page by page. */
    private List<Long> pages(int limit, Optional<Instant> since) {
        List<Long> ids = new ArrayList<>();
        Optional<Change> after = Optional.empty();
        do {
            Page page = page(limit, since, after);
            assertThat(page.resources()).hasSizeLessThanOrEqualTo(limit);
            page.resources().stream().map(StorySnapshot::storyId).forEach(ids::add);
            after = page.end();
        } while (after.isPresent());
        return ids;
    }

    /** Read as the API does: one more shows whether another page follows. */
    private Page page(int limit, Optional<Instant> since, Optional<Change> after) {
        List<StorySnapshot> found = stories(new Selection(Optional.empty(), since, after, limit + 1));
        return found.size() <= limit
                ? new Page(found, Optional.empty())
                : new Page(
                        found.subList(0, limit),
                        Optional.of(found.get(limit - 1).version().change()));
    }

    private record Page(List<StorySnapshot> resources, Optional<Change> end) {}

    private Optional<StorySnapshot> story(long id) {
        return mirror.with(it -> it.story(APP, id));
    }

    private Optional<StorySnapshot> storyAt(long id, Instant at) {
        return mirror.with(it -> it.story(APP, id, at));
    }

    private Optional<SprintSnapshot> sprint(long id) {
        return mirror.with(it -> it.sprint(APP, id));
    }

    private Optional<SprintSnapshot> sprintAt(long id, Instant at) {
        return mirror.with(it -> it.sprint(APP, id, at));
    }

    private long count(String table) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement select = connection.prepareStatement("select count(*) from mxhooks." + table);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.executeUpdate();
        }
    }
}
