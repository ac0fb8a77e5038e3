package org.mxhooks.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxhooks.database.Sql;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.mendix.Attributes;
import org.mxhooks.mendix.Resource;

/** What the inbox promises on every supported database. */
@Tag("persistence")
abstract class InboxSuite {

    /** As long as it may take to write a hundred megabytes. */
    static final Duration SOON = Duration.ofSeconds(60);

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private TestDatabase database;
    private Inbox inbox;

    abstract TestDatabase database() throws SQLException;

    @BeforeEach
    void open() throws SQLException {
        database = database().migrated();
        inbox = node();
    }

    @AfterEach
    void close() {
        inbox.close();
        database.close();
    }

    @Test
    void keepsWhatArrives() throws Exception {
        byte[] body = {0, 1, -1, '{', '\n'};
        Arrival arrival = Arrivals.of("default", 1, body);

        Receipt receipt = receipt(inbox.append(arrival));

        assertThat(receipt).isInstanceOf(Receipt.Accepted.class);
        assertThat(inbox.read(arrival.lane(), 0, 10, Long.MAX_VALUE))
                .singleElement()
                .satisfies(kept -> {
                    assertThat(kept.delivery()).isEqualTo(((Receipt.Accepted) receipt).delivery());
                    assertThat(kept.position()).isEqualTo(inbox.head());
                    assertThat(kept.endpoint()).isEqualTo("default");
                    assertThat(kept.attributes().portalId()).contains("an id");
                    assertThat(kept.attributes().category()).isEqualTo("stories");
                    assertThat(kept.decodable()).isTrue();
                    assertThat(kept.body())
                            .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(body));
                });
    }

    @Test
    void keepsEveryAttribute() throws Exception {
        Attributes all = new Attributes(
                Optional.of("an id"),
                "stories",
                "updated",
                Optional.of("app"),
                Optional.of(new Resource("story", "7")),
                Optional.of(Instant.parse("0001-01-01T00:00:00Z")),
                Optional.of(Instant.parse("9999-12-31T23:59:59.999999Z")),
                List.of("one \"remark\", {quoted}", "another"),
                Optional.of("no JSON"));
        Attributes none = new Attributes(
                Optional.empty(),
                "",
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());

        receipt(inbox.append(
                new Arrival("default", "projects", new Identity("all"), all, "{\"a\":[]}", new byte[] {1})));
        receipt(inbox.append(new Arrival("default", "projects", new Identity("none"), none, "{}", new byte[0])));

        assertThat(inbox.at(1).orElseThrow().attributes()).isEqualTo(all);
        assertThat(inbox.at(1).orElseThrow().headers()).isEqualTo("{\"a\":[]}");
        assertThat(inbox.at(2).orElseThrow().attributes()).isEqualTo(none);
        assertThat(inbox.at(2).orElseThrow().body())
                .hasValueSatisfying(body -> assertThat(body).isEmpty());
    }

    @Test
    void readsNoMoreBytesThanAskedForButOneDelivery() throws Exception {
        for (int i = 1; i <= 4; i++) {
            receipt(inbox.append(Arrivals.of("default", 1, new byte[100 * i])));
        }
        int lane = inbox.at(1).orElseThrow().lane();

        assertThat(inbox.read(lane, 0, 9, 599)).extracting(LogEntry::position).containsExactly(1L, 2L);
        assertThat(inbox.read(lane, 0, 9, 600)).extracting(LogEntry::position).containsExactly(1L, 2L, 3L);
        assertThat(inbox.read(lane, 2, 9, 10)).extracting(LogEntry::position).containsExactly(3L);
        assertThat(inbox.read(lane, 1, 2, 9_999)).extracting(LogEntry::position).containsExactly(2L, 3L);
        assertThat(inbox.read(lane, 4, 9, 9_999)).isEmpty();
    }

    /** Whoever reads gets one delivery in any case. */
    @Test
    void boundsTheBytesThatAllReadersHold() throws Exception {
        for (int i = 1; i <= 6; i++) {
            byte[] body = new byte[100];
            body[0] = (byte) i;
            receipt(inbox.append(Arrivals.of("default", 1, body)));
        }
        int lane = inbox.at(1).orElseThrow().lane();
        BodyBudget budget = new BodyBudget(500);
        LogReader reader = new LogReader(
                new Sql(database.dataSource()),
                (scheme, stored, body, receivedAt) -> stored,
                budget,
                database.database().isEmbedded());
        ExecutorService other = Executors.newSingleThreadExecutor();
        BodyBudget.HeldBodies hanging = other.submit(() -> {
                    BodyBudget.HeldBodies began = budget.begin();
                    assertThat(reader.read(new Place(lane, 0), 3, 9_999)).hasSize(3);
                    return began;
                })
                .get();

        BodyBudget.HeldBodies reading = budget.begin();
        assertThat(reader.read(new Place(lane, 0), 9, 9_999)).hasSize(2);
        assertThat(reader.read(new Place(lane, 2), 9, 9_999)).hasSize(1);
        assertThat(reader.within(inbox.read(lane, 3, 2, 9_999), 9_999)).hasSize(1);
        assertThat(reader.at(4)).isPresent();
        assertThat(reader.read(new Place(lane, 4), 9, 9_999)).hasSize(1);
        reading.close();
        assertThat(reader.read(new Place(lane, 0), 9, 9_999))
                .as("nobody has a budget here")
                .hasSize(6);
        reading = budget.begin();
        assertThat(reader.read(new Place(lane, 0), 9, 9_999)).hasSize(2);
        other.submit(hanging::close).get();
        assertThat(reader.read(new Place(lane, 2), 9, 9_999)).hasSize(3);
        reading.close();
        other.shutdown();
    }

    @Test
    void keepsNoCharacterThatWouldDeceiveWhoReadsALog() throws Exception {
        Attributes odd = new Attributes(
                Optional.of("id\r\nid"),
                "a\u001b[31m\nb\u202ec\u2028d",
                "\r",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
        Arrival arrival = new Arrival("default", "projects", new Identity("odd"), odd, "{}", new byte[] {1});

        receipt(inbox.append(arrival));

        assertThat(inbox.at(1).orElseThrow()).satisfies(kept -> {
            assertThat(kept.attributes().category()).isEqualTo("a\ufffd[31m\ufffdb\ufffdc\ufffdd");
            assertThat(kept.attributes().portalId()).hasValue("id\ufffd\ufffdid");
        });
    }

    @Test
    void tellsTheNewestDeliveryOfAnEndpoint() throws Exception {
        assertThat(inbox.latest("one")).isEmpty();
        receipt(inbox.append(Arrivals.withHeaders(Arrivals.of("one", 1, new byte[] {1}), "{\"of\":[\"one\"]}")));
        receipt(inbox.append(Arrivals.withHeaders(Arrivals.of("one", 1, new byte[] {2}), "{\"of\":[\"another\"]}")));
        receipt(inbox.append(Arrivals.of("other", 1, new byte[] {1})));

        assertThat(inbox.latest("one").orElseThrow()).satisfies(newest -> {
            assertThat(newest.headers()).isEqualTo("{\"of\":[\"another\"]}");
            assertThat(newest.receivedAt()).isCloseTo(Instant.now(), within(1, MINUTES));
        });
    }

    @Test
    void measuresItsCommits() {
        append(inbox, 50).forEach(InboxSuite::receipt);

        assertThat(meters.get("mxhooks.inbox.commit.deliveries").summary().totalAmount())
                .isEqualTo(50);
        assertThat(meters.get("mxhooks.inbox.commit").timer().count())
                .isEqualTo(
                        meters.get("mxhooks.inbox.commit.deliveries").summary().count());
        assertThat(meters.get("mxhooks.inbox.waiting.deliveries").gauge().value())
                .isZero();
    }

    @Test
    void knowsThatItCanWriteAndThatItCannot() throws Exception {
        assertThat(answer(inbox.check())).isTrue();
        receipt(inbox.append(Arrivals.story(1, "before")));
        assertThat(answer(inbox.check())).isTrue();
        assertThat(inbox.head()).isOne();

        try (Connection blocker = lockHead()) {
            CompletableFuture<Boolean> check = inbox.check().toCompletableFuture();
            await().until(database::someoneWaitsForALock);
            assertThat(check).isNotDone();
            blocker.rollback();
            assertThat(answer(check)).isTrue();
        }

        inbox.close();
        assertThat(answer(inbox.check())).isFalse();
    }

    @Test
    void tellsTheFirstDeliveryOfADuplicate() {
        Receipt first = receipt(inbox.append(Arrivals.story(1, "again")));
        Receipt second = receipt(inbox.append(Arrivals.story(1, "again")));

        assertThat(second).isEqualTo(new Receipt.Duplicate(((Receipt.Accepted) first).delivery()));
    }

    @Test
    void takesTheSameBodyOnceOnEachEndpoint() {
        byte[] body = "{}".getBytes(UTF_8);

        assertThat(receipt(inbox.append(Arrivals.of("one", 1, body)))).isInstanceOf(Receipt.Accepted.class);
        assertThat(receipt(inbox.append(Arrivals.of("other", 1, body)))).isInstanceOf(Receipt.Accepted.class);
    }

    @Test
    void keepsATextThatNoDatabaseTakesAsItIs() {
        Attributes odd = new Attributes(
                Optional.of("\udfff".repeat(300)),
                "a\0b\ud800" + "x".repeat(500),
                "\0",
                Optional.of("y".repeat(500)),
                Optional.of(new Resource("\0".repeat(60), "\ud800".repeat(200))),
                Optional.empty(),
                Optional.empty(),
                List.of("\0"),
                Optional.of("\0"));
        Arrival arrival = new Arrival("default", "projects", new Identity("odd"), odd, "{\0}", new byte[0]);

        assertThat(receipt(inbox.append(arrival))).isInstanceOf(Receipt.Accepted.class);
    }

    @Test
    void commitsAllThatWaitTogether() throws Exception {
        AtomicInteger commits = new AtomicInteger();
        inbox.onAppend(lanes -> commits.incrementAndGet());
        List<CompletionStage<Receipt>> waiting;
        try (Connection blocker = lockHead()) {
            waiting = append(inbox, 100);
            blocker.rollback();
        }

        assertThat(waiting).allSatisfy(each -> assertThat(receipt(each)).isInstanceOf(Receipt.Accepted.class));
        await().untilAsserted(() -> assertThat(commits).hasPositiveValue());
        assertThat(commits).hasValueLessThanOrEqualTo(2);
    }

    @Test
    void acceptsOneOfManyThatAreTheSameInAGroup() throws Exception {
        List<CompletionStage<Receipt>> waiting;
        try (Connection blocker = lockHead()) {
            waiting = IntStream.range(0, 50)
                    .mapToObj(i -> inbox.append(Arrivals.story(1, "same")))
                    .toList();
            blocker.rollback();
        }

        assertThat(waiting.stream().map(InboxSuite::receipt).filter(Receipt.Accepted.class::isInstance))
                .hasSize(1);
    }

    /** The log knows its body's hash: the body itself is removed by age. */
    @Test
    void aDuplicateOfASignedIdIsComparedWithTheBodyThatIsKept() throws SQLException {
        Arrival first = signedId("msg", "{}");
        UUID kept = ((Receipt.Accepted) receipt(inbox.append(first))).delivery();
        inbox.removeBodies(List.of(inbox.find(kept).orElseThrow().position()));

        assertThat(receipt(inbox.append(signedId("msg", "{}")))).isEqualTo(new Receipt.Duplicate(kept, true));
        assertThat(receipt(inbox.append(signedId("msg", "{ }")))).isEqualTo(new Receipt.Duplicate(kept, false));
        assertThat(inbox.find(kept).orElseThrow().scheme()).isEqualTo("standard-webhooks");
    }

    private static Arrival signedId(String id, String body) {
        Arrival story = Arrivals.story(1, "a");
        return new Arrival(
                story.endpoint(),
                "standard-webhooks",
                new Identity(id, false),
                story.attributes(),
                story.headers(),
                body.getBytes(UTF_8));
    }

    @Test
    void anIdentityIsOneOfItsEndpointAndScheme() {
        Arrival arrival = Arrivals.story(1, "one");
        assertThat(receipt(inbox.append(arrival))).isInstanceOf(Receipt.Accepted.class);

        assertThat(receipt(inbox.append(Arrivals.withScheme(arrival, "another"))))
                .isInstanceOf(Receipt.Accepted.class);
        assertThat(receipt(inbox.append(Arrivals.withScheme(arrival, "another"))))
                .isInstanceOf(Receipt.Duplicate.class);
        assertThat(receipt(inbox.append(arrival))).isInstanceOf(Receipt.Duplicate.class);
    }

    @Test
    void keepsAGroupButTheOneThatTheDatabaseRefuses() throws Exception {
        List<CompletionStage<Receipt>> good = new ArrayList<>();
        CompletionStage<Receipt> bad;
        try (Connection blocker = lockHead()) {
            good.addAll(append(inbox, 10));
            bad = inbox.append(Arrivals.of("x".repeat(64), 1, new byte[0]));
            good.add(inbox.append(Arrivals.story(99, "after")));
            blocker.rollback();
        }

        assertThat(receipt(bad)).isInstanceOf(Receipt.Unavailable.class);
        assertThat(good).allSatisfy(each -> assertThat(receipt(each)).isInstanceOf(Receipt.Accepted.class));
    }

    @Test
    void refusesWhatItCannotHoldInMemory() throws Exception {
        byte[] megabytes = new byte[20 * 1024 * 1024];
        List<Arrival> arrivals = IntStream.range(0, 8)
                .mapToObj(i -> Arrivals.of("default", i, megabytes))
                .toList();
        List<CompletionStage<Receipt>> waiting = new ArrayList<>();
        try (Connection blocker = lockHead()) {
            arrivals.forEach(arrival -> waiting.add(inbox.append(arrival)));
            assertThat(waiting.get(7).toCompletableFuture())
                    .isCompletedWithValueMatching(Receipt.Unavailable.class::isInstance);
            blocker.rollback();
        }

        assertThat(receipt(waiting.get(0))).isInstanceOf(Receipt.Accepted.class);
        await().atMost(SOON)
                .until(() -> !(receipt(inbox.append(Arrivals.story(1, "later"))) instanceof Receipt.Unavailable));
    }

    @Test
    void refusesBeforeTheSchemaIsThere() throws Exception {
        try (TestDatabase empty = database();
                Inbox early =
                        new Inbox(empty.database(), empty.dataSource(), Executors.defaultThreadFactory(), meters)) {
            assertThat(receipt(early.append(Arrivals.story(1, "early")))).isInstanceOf(Receipt.Unavailable.class);
            assertThat(answer(early.check())).isFalse();

            empty.migrated();

            assertThat(receipt(early.append(Arrivals.story(1, "early")))).isInstanceOf(Receipt.Accepted.class);
        }
    }

    @Test
    void answersEveryoneWhenItCloses() throws Exception {
        List<CompletionStage<Receipt>> waiting = append(inbox, 200);
        inbox.close();
        waiting.addAll(append(inbox, 1));

        assertThat(waiting)
                .allSatisfy(each -> assertThat(each.toCompletableFuture()).isCompleted());
        assertThat(receipt(waiting.get(200))).isInstanceOf(Receipt.Unavailable.class);
        long kept = waiting.stream()
                .map(InboxSuite::receipt)
                .filter(Receipt.Accepted.class::isInstance)
                .count();
        assertThat(positions()).hasSize((int) kept);
    }

    @Test
    void givesRisingPositionsAndNoDuplicateToTwoNodesThatRace() throws Exception {
        int each = 200;
        int writerCount = 4;
        int distinct = each + writerCount * each;
        Set<Long> seen = ConcurrentHashMap.newKeySet();
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(5);
        try (Inbox other = node()) {
            CompletableFuture<List<String>> reader =
                    CompletableFuture.supplyAsync(() -> watchPositions(seen, done), threads);
            List<CompletableFuture<List<CompletionStage<Receipt>>>> writers = IntStream.range(0, writerCount)
                    .mapToObj(writer -> CompletableFuture.supplyAsync(
                            () -> appendOwnAndShared(writer % 2 == 0 ? inbox : other, each, writer), threads))
                    .toList();
            List<Receipt> receipts = writers.stream()
                    .flatMap(writer -> writer.join().stream())
                    .map(InboxSuite::receipt)
                    .toList();
            done.set(true);

            assertThat(reader.join()).as("positions that appeared late").isEmpty();
            assertThat(receipts).noneMatch(Receipt.Unavailable.class::isInstance);
            assertThat(receipts.stream().filter(Receipt.Accepted.class::isInstance))
                    .hasSize(distinct);
            assertThat(positions()).hasSize(distinct);
        } finally {
            threads.shutdown();
        }
    }

    /** Among them are some that the log knows, and repetitions. */
    @Test
    void remembersWhatItAppendedAsItIsInTheLog() throws Exception {
        receipt(inbox.append(Arrivals.story(3, "number 3")));
        List<CompletionStage<Receipt>> waiting;
        try (Connection blocker = lockHead()) {
            waiting = append(inbox, 50);
            waiting.addAll(append(inbox, 10));
            blocker.rollback();
        }
        waiting.forEach(InboxSuite::receipt);
        await().atMost(SOON).until(() -> inbox.tail(0).upTo() == 50); // it is answered a moment before

        List<LogEntry> remembered = inbox.tail(0).byLane().values().stream()
                .flatMap(lane -> lane.entries().stream())
                .toList();
        assertThat(remembered).hasSize(50);
        for (LogEntry entry : remembered) {
            assertThat(inbox.at(entry.position()))
                    .get()
                    .usingRecursiveComparison()
                    .isEqualTo(entry);
        }
        assertThat(inbox.head()).isEqualTo(50);
    }

    @Test
    void remembersWhatAnotherNodeAppended() throws Exception {
        Arrival arrival = Arrivals.of("default", 1, new byte[] {1});
        receipt(inbox.append(arrival));
        try (Inbox other = node()) {
            receipt(other.append(Arrivals.of("default", 1, new byte[] {2})));
        }
        receipt(inbox.append(Arrivals.of("default", 1, new byte[] {3})));
        await().atMost(SOON).until(inbox::isBehind); // it is answered a moment before

        inbox.last();

        assertThat(inbox.isBehind()).isFalse();
        LaneTail tail = inbox.tail(1).byLane().get(arrival.lane());
        assertThat(tail.since()).isOne();
        assertThat(tail.entries())
                .extracting(LogEntry::delivery)
                .isEqualTo(inbox.read(arrival.lane(), 1, 10, Long.MAX_VALUE).stream()
                        .map(LogEntry::delivery)
                        .toList());
    }

    final TestDatabase current() {
        return database;
    }

    final Inbox inbox() {
        return inbox;
    }

    static Receipt receipt(CompletionStage<Receipt> stage) {
        return answer(stage);
    }

    private static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, SECONDS).join();
    }

    private Inbox node() {
        return new Inbox(database.database(), database.dataSource(), Executors.defaultThreadFactory(), meters);
    }

    private static List<CompletionStage<Receipt>> append(Inbox inbox, int howMany) {
        List<CompletionStage<Receipt>> waiting = new ArrayList<>();
        for (int i = 0; i < howMany; i++) {
            waiting.add(inbox.append(Arrivals.story(i % 7, "number " + i)));
        }
        return waiting;
    }

    private static List<CompletionStage<Receipt>> appendOwnAndShared(Inbox inbox, int howMany, int writer) {
        List<CompletionStage<Receipt>> waiting = new ArrayList<>();
        for (int i = 0; i < howMany; i++) {
            waiting.add(inbox.append(Arrivals.story(i, "shared")));
            waiting.add(inbox.append(Arrivals.story(i, "of writer " + writer)));
        }
        return waiting;
    }

    /** A connection that the database does not end, however long it is idle in a transaction. */
    Connection unlimited() throws SQLException {
        return database.database().connect();
    }

    private Connection lockHead() throws SQLException {
        Connection connection = unlimited();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("select id from mxhooks.log_head for update");
        }
        return connection;
    }

    private List<String> watchPositions(Set<Long> seen, AtomicBoolean done) {
        List<String> late = new ArrayList<>();
        long greatest = 0;
        try {
            while (!done.get()) {
                List<Long> now = positions();
                for (long position : now) {
                    if (seen.add(position) && position < greatest) {
                        late.add(position + " after " + greatest);
                    }
                }
                greatest = now.stream().mapToLong(Long::longValue).max().orElse(0);
            }
        } catch (SQLException e) {
            late.add(e.toString());
        }
        return late;
    }

    private List<Long> positions() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select position from mxhooks.delivery")) {
            List<Long> positions = new ArrayList<>();
            while (rows.next()) {
                positions.add(rows.getLong(1));
            }
            return positions;
        }
    }
}
