package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.database.TestDatabase;
import org.mxhooks.dispatch.EffectLog.Effect;
import org.mxhooks.inbox.Arrivals;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.Place;

/** A backlog that is not in memory, of which consumers want little; on every supported database. */
@Tag("persistence")
abstract class UnreadBacklogSuite extends DispatchFixture {

    /** Of a lane at a time. */
    private static final int MAX_SKIPPED = 1_000;

    private static final int APPENDED_AT_ONCE = 200;

    private static final String WITHOUT_RESOURCE = "resource_type = null, resource_id = null";
    private static final String UNKNOWN = "category = 'unknown', " + WITHOUT_RESOURCE;

    private final AtomicInteger entries = new AtomicInteger();
    private TestDatabase database;

    @Override
    Inbox inbox(TestDatabase onDatabase) {
        database = onDatabase;
        return noting(onDatabase, (beyond, read) -> entries.addAndGet(read.size()));
    }

    @Test
    void whatIsWantedIsNotifiedInOrderAndNothingElseIsRead() throws Exception {
        long story = storyInLane(3);
        appendElsewhere(2 * MAX_SKIPPED + 600, story);
        execute("update mxhooks.delivery set category = 'others' where position not in (1, 40, 41, 1300)");
        execute("update mxhooks.delivery set " + UNKNOWN + " where position in (42, 1399)");
        execute("update mxhooks.delivery set " + WITHOUT_RESOURCE + " where position = 1200");
        EffectLog consumer = consumer("one").ofCategories("stories");

        node(consumer);

        eventually()
                .untilAsserted(() -> assertThat(consumer.effects())
                        .extracting(Effect::position)
                        .containsExactly(1L, 40L, 41L, 42L, 1200L, 1300L, 1399L));
        eventually().until(() -> cursorOf("one", story) == inbox().head());
        assertThat(entries.get()).isLessThan(LaneReader.MAX_READ);
        arrive(story, "behind it");
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(8));
    }

    @Test
    void aFailedEventHoldsBackWhatIsBehindOthers() throws Exception {
        long story = storyInLane(3);
        appendElsewhere(MAX_SKIPPED + 200, story);
        execute("update mxhooks.delivery set category = 'others' where position not in (10, 1150)");
        EffectLog consumer = consumer("one").ofCategories("stories").failingOn("wanted");

        node(consumer);

        eventually().untilAsserted(() -> assertThat(parked("one")).hasSize(2));
        consumer.mend();
        eventually()
                .untilAsserted(() -> assertThat(consumer.effects())
                        .extracting(Effect::position)
                        .containsExactly(10L, 1150L));
    }

    @Test
    void atMostAThousandOfALaneArePassedAtATime() throws Exception {
        appendElsewhere(2 * MAX_SKIPPED + 100, storyInLane(3));
        execute("update mxhooks.delivery set category = 'others'");
        HeldWork held = hold(consumer("one").ofCategories("stories"));
        Lane lane = held.lane(3);

        for (long position : List.of(1_000, 2_000, 2_100)) {
            assertThat(held.work().pending().work(lane, () -> false)).isTrue();
            assertThat(lane.position()).isEqualTo(position);
        }
        assertThat(held.work().pending().work(lane, () -> false)).isFalse();
        assertThat(entries).hasValue(0);

        held.write(lane);
        assertThat(cursorOf("one", storyInLane(3))).isEqualTo(inbox().head());
    }

    @Test
    void severalLanesArePassedToTheirEnds() throws Exception {
        appendElsewhere(2 * MAX_SKIPPED + 200, storyInLane(3), storyInLane(4));
        execute("update mxhooks.delivery set category = 'others' where position <> 2150");
        EffectLog consumer = consumer("one").ofCategories("stories");
        HeldWork held = hold(consumer);
        List<Lane> lanes = List.of(held.lane(3), held.lane(4), held.lane(5));

        int rounds = 0;
        List<Lane> ready = pending(lanes);
        while (!ready.isEmpty()) {
            assertThat(held.work().pending().workTogether(ready, lanes)).isTrue();
            ready = pending(lanes);
            rounds++;
        }

        assertThat(rounds).isEqualTo(4);
        assertThat(lanes).extracting(Lane::position).containsExactly(2_199L, 2_200L, 0L);
        assertThat(consumer.effects()).extracting(Effect::position).containsExactly(2_150L);
    }

    private static List<Lane> pending(List<Lane> lanes) {
        return lanes.stream().filter(lane -> lane.schedule().takePending()).toList();
    }

    /** A database that came back older, and has given out the position of the last that was passed again. */
    @Test
    void noCursorIsWrittenWhereWhatWasPassedUnreadStandsNoLonger() throws Exception {
        long story = storyInLane(3);
        appendElsewhere(20, story);
        execute("update mxhooks.delivery set category = 'others'");
        HeldWork held = hold(consumer("one").ofCategories("stories"));
        Lane lane = held.lane(3);
        assertThat(held.work().pending().work(lane, () -> false)).isTrue();

        execute("delete from mxhooks.body where position > 10");
        execute("delete from mxhooks.delivery where position > 10");
        appendElsewhere(20, story);
        held.write(lane);

        assertThat(lane.schedule().isLost()).isTrue();
        assertThat(cursorOf("one", story)).isZero();
    }

    @Test
    void nothingMoreIsPassedBehindWhatStandsNoLonger() throws Exception {
        appendElsewhere(2 * MAX_SKIPPED, storyInLane(3));
        execute("update mxhooks.delivery set category = 'others'");
        HeldWork held = hold(consumer("one").ofCategories("stories"));
        Lane lane = held.lane(3);
        assertThat(held.work().pending().work(lane, () -> false)).isTrue();

        execute("update mxhooks.delivery set delivery = '%s' where position = %s"
                .formatted(UUID.randomUUID(), lane.position()));

        assertThatThrownBy(() -> held.work().pending().work(lane, () -> false)).isInstanceOf(LaneLost.class);
        assertThat(lane.position()).isEqualTo(MAX_SKIPPED);
    }

    /** It may have arrived since the lane was read. */
    @Test
    void nothingIsPassedThatIsWanted() throws Exception {
        appendElsewhere(4, storyInLane(3));
        execute("update mxhooks.delivery set category = 'others' where position <> 3");

        assertThat(inbox().lastBefore(List.of("stories"), new Place(3, 0)).map(Map.Entry::getKey))
                .contains(2L);
        assertThat(inbox().lastBefore(List.of("stories"), new Place(3, 2))).isEmpty();
    }

    /** The other lanes go on. */
    @Test
    void onlyTheLaneIsLostInWhichWhatWasPassedStandsNoLonger() throws Exception {
        appendElsewhere(20, storyInLane(3));
        execute("update mxhooks.delivery set category = 'others'");
        EffectLog consumer = consumer("one").ofCategories("stories");
        HeldWork held = hold(consumer);
        List<Lane> lanes = List.of(held.lane(3), held.lane(4));
        assertThat(held.work().pending().work(lanes.get(0), () -> false)).isTrue();

        execute("delete from mxhooks.body where position > 10");
        execute("delete from mxhooks.delivery where position > 10");
        appendElsewhere(40, storyInLane(3), storyInLane(4));

        assertThat(held.work().pending().workTogether(lanes, lanes)).isTrue();
        assertThat(lanes).extracting(lane -> lane.schedule().isLost()).containsExactly(true, false);
        assertThat(consumer.effects()).extracting(Effect::storyId).containsOnly(storyInLane(4));
    }

    /** Runs of deliveries of a category, longer and shorter than what is passed at a time. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void eachConsumerIsNotifiedOfItsCategories(long seed) throws Exception {
        Random random = new Random(seed);
        long[] stories = {storyInLane(3), anotherStoryInTheLaneOf(storyInLane(3)), storyInLane(4)};
        int deliveries = 3_000;
        appendElsewhere(deliveries, stories);
        Map<String, List<Long>> positions = new LinkedHashMap<>();
        for (long from = 1; from <= deliveries; ) {
            String category = List.of("stories", "others", "more", "unknown").get(random.nextInt(4));
            long to = Math.min(deliveries, from + random.nextInt(random.nextBoolean() ? 1_500 : 10));
            execute("update mxhooks.delivery set %s where position between %s and %s"
                    .formatted(category.equals("unknown") ? UNKNOWN : "category = '%s'".formatted(category), from, to));
            LongStream.rangeClosed(from, to)
                    .forEach(position -> positions
                            .computeIfAbsent(category, none -> new ArrayList<>())
                            .add(position));
            from = to + 1;
        }
        Map<EffectLog, Set<String>> consumers = Map.of(
                consumer("stories").ofCategories("stories"), Set.of("stories", "unknown"),
                consumer("others").ofCategories("others"), Set.of("others"),
                consumer("both").ofCategories("others", "stories"), Set.of("stories", "others", "unknown"),
                consumer("none").ofCategories(), Set.of(),
                consumer("reads all"), Set.of("stories", "unknown"));
        EventConsumer[] all = consumers.keySet().toArray(EventConsumer[]::new);

        node(all);
        node(all);
        takeLanesAway("lane = 3");

        consumers.forEach((consumer, wanted) -> {
            List<Long> expected = wanted.stream()
                    .flatMap(category -> positions.getOrDefault(category, List.of()).stream())
                    .toList();
            eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSameSizeAs(expected));
            assertThat(consumer.effects()).extracting(Effect::position).containsExactlyInAnyOrderElementsOf(expected);
            assertOnceAndInOrder(consumer);
            eventually()
                    .untilAsserted(() -> assertThat(sql().query(
                                            "select cursor from mxhooks.lane where consumer = ? and lane in (3, 4) order by lane",
                                            row -> row.getInt(1),
                                            consumer.name()))
                            .containsExactly(deliveries - 1, deliveries));
        });
    }

    /** Stories in turn, appended by a node whose memory no other has. */
    private void appendElsewhere(int howMany, long... stories) throws Exception {
        try (Inbox other = super.inbox(database)) {
            for (int from = 0; from < howMany; from += APPENDED_AT_ONCE) {
                CompletableFuture.allOf(IntStream.range(from, Math.min(howMany, from + APPENDED_AT_ONCE))
                                .mapToObj(i -> Arrivals.withIdentity(
                                        Arrivals.story(stories[i % stories.length], "wanted"),
                                        UUID.randomUUID().toString()))
                                .map(arrival -> other.append(arrival).toCompletableFuture())
                                .toArray(CompletableFuture[]::new))
                        .get();
            }
        }
    }

    /** A consumer all of whose lanes are claimed by a node that has no loop. */
    private record HeldWork(NodeContext node, ConsumerWork work, String consumer) {

        Lane lane(int number) throws SQLException {
            return work.ledger().lanes().held(consumer).stream()
                    .filter(claim -> claim.lane() == number)
                    .map(claim -> new Lane(claim, false))
                    .findFirst()
                    .orElseThrow();
        }

        void write(Lane lane) throws Exception {
            new PassedCursors(node.inbox(), work.ledger().lanes(), work.ledger().transaction()).write(List.of(lane));
        }
    }

    private HeldWork hold(EffectLog consumer) throws Exception {
        NodeContext node = context();
        ConsumerWork work = ConsumerWork.of(node, limits(), consumer);
        new NodeTable(sql()).renew(node.id());
        work.registration().begin();
        work.ledger().lanes().claim(consumer.name(), Place.LANES, false);
        return new HeldWork(node, work, consumer.name());
    }
}
