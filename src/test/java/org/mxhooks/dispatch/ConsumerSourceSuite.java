package org.mxhooks.dispatch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionImple;
import com.arjuna.ats.jta.TransactionManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxhooks.CapturedLog;
import org.mxhooks.dispatch.DispatchLoop.Pace;
import org.mxhooks.event.Consumer.From;
import org.mxhooks.inbox.Arrival;
import org.mxhooks.inbox.Arrivals;
import org.mxhooks.inbox.Place;
import org.mxhooks.inbox.Receipt;
import org.mxhooks.mendix.Attributes;
import org.mxhooks.operations.Retirement;

/** What dispatch promises about consumers that come and go while nodes run, on every supported database. */
@Tag("persistence")
abstract class ConsumerSourceSuite extends DispatchFixture {

    /** A source whose consumers a test changes. */
    private static final class ChangingSource implements ConsumerSource {
        private final Set<EventConsumer> consumers = new CopyOnWriteArraySet<>();

        ChangingSource having(EventConsumer consumer) {
            consumers.add(consumer);
            return this;
        }

        void drop(EventConsumer consumer) {
            consumers.remove(consumer);
        }

        @Override
        public Collection<EventConsumer> consumers() {
            return consumers;
        }
    }

    @Test
    void addsAConsumerToTwoRunningNodesAndRemovesItFromBoth() throws Exception {
        ChangingSource first = new ChangingSource();
        ChangingSource second = new ChangingSource();
        node(first);
        node(second);
        EffectLog consumer = consumer("subscription");
        arrive(9);

        first.having(consumer);
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(9));
        second.having(consumer);
        eventually().untilAsserted(() -> assertThat(lanesPerNode()).containsExactly(16, 16));
        arrive(90);
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(99));

        first.drop(consumer);
        eventually().untilAsserted(() -> assertThat(lanesPerNode()).containsExactly(Place.LANES));
        arrive(9);
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(108));
        assertThat(operator().retire("subscription")).isInstanceOf(Retirement.StillDeployed.class);

        second.drop(consumer);
        eventually().untilAsserted(() -> assertThat(lanesPerNode()).isEmpty());
        arrive(9);
        assertThat(operator().backlog("subscription").orElseThrow().pending()).isEqualTo(9);
        eventually()
                .untilAsserted(
                        () -> assertThat(operator().retire("subscription")).isInstanceOf(Retirement.Retired.class));
        assertThat(operator().consumers()).isEmpty();
        assertThat(consumer.effects()).hasSize(108);
        assertOnceAndInOrder(consumer);
    }

    /** Before a node has noticed, it moves no cursor over what the consumer did not want until now. */
    @Test
    void skipsNothingForAConsumerThatWantsMore() throws Exception {
        pace = new Pace(Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofSeconds(2), Duration.ZERO);
        long more = LongStream.iterate(2, story -> story + 1)
                .filter(story -> laneOf(story) == laneOf(1))
                .findFirst()
                .orElseThrow();
        EffectLog before = consumer("subscription").wantingStory(1);
        EffectLog after = consumer("subscription");
        ChangingSource source = new ChangingSource().having(before);
        node(source);
        arrive(1, "first");
        eventually().untilAsserted(() -> assertThat(before.effects()).hasSize(1));

        transaction().run(() -> Engine.of(dataSource()).change("subscription"));
        source.drop(before);
        source.having(after);
        arrive(more, "wanted now");
        arrive(1, "wanted before");

        eventually().untilAsserted(() -> assertThat(after.effects()).hasSize(3));
        assertOnceAndInOrder(after);
    }

    /** A node that asked its source before the change joins after it, and passes nothing of what is wanted since. */
    @Test
    void skipsNothingWhereANodeJoinsWithAConsumerThatHasChanged() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        EffectLog before =
                consumer("subscription").wantingStory(1_000).enlisted().current(() -> asked.incrementAndGet() < 0);
        EffectLog after = consumer("subscription").enlisted();
        ChangingSource source = new ChangingSource().having(before);
        transaction().run(() -> Engine.of(dataSource()).enlist("subscription", 0));
        arrive(1, "wanted now");
        node(source);
        eventually().untilAsserted(() -> assertThat(asked).hasValueGreaterThan(3));

        source.drop(before);
        source.having(after);

        eventually().untilAsserted(() -> assertThat(after.effects()).hasSize(1));
    }

    /** The change waits for a node that is joining, so that it takes the consumer away from that one too. */
    @Test
    void takesAChangedConsumerAwayFromANodeThatJustJoins() throws Exception {
        transaction().run(() -> Engine.of(dataSource()).enlist("subscription", 0));
        CompletableFuture<Void> change = new CompletableFuture<>();
        EffectLog consumer = consumer("subscription").enlisted().current(() -> {
            CompletableFuture.runAsync(() -> change("subscription", change));
            eventually().until(() -> change.isDone() || someoneWaitsForALock());
            return true;
        });
        NodeContext node = context();
        new NodeTable(sql()).renew(node.id());

        ConsumerWork.of(node, limits(), consumer).registration().begin();
        change.get(30, SECONDS);

        assertThat(sql().exists("select 1 from mxhooks.node_consumer where consumer = 'subscription'"))
                .isFalse();
    }

    /** The lane's transaction locks its row, and then the consumer's by what it parks. */
    @Test
    void changesAConsumerWhileALaneParks() throws Exception {
        transaction().run(() -> Engine.of(dataSource()).enlist("subscription", 0));
        CompletableFuture<Void> change = new CompletableFuture<>();

        transaction().run(() -> {
            sql().exists("select 1 from mxhooks.lane where consumer = 'subscription' and lane = 0 for update");
            CompletableFuture.runAsync(() -> change("subscription", change));
            eventually().until(this::someoneWaitsForALock);
            sql().update("""
                    insert into mxhooks.parked (consumer, position, lane, replay, dead, attempts, unended, parked_at)
                    values ('subscription', 1, 0, false, false, 0, 0, current_timestamp)""");
        });
        change.get(30, SECONDS);

        assertThat(sql().exists("select 1 from mxhooks.parked where consumer = 'subscription'"))
                .isTrue();
    }

    private void change(String consumer, CompletableFuture<Void> done) {
        try {
            transaction().run(() -> Engine.of(dataSource()).change(consumer));
            done.complete(null);
        } catch (Exception e) {
            done.completeExceptionally(e);
        }
    }

    private static int laneOf(long story) {
        return Arrivals.laneOf(Arrivals.story(story, ""));
    }

    @Test
    void drainsARemovedConsumerBeforeItsLanesAreReleased() throws Exception {
        CountDownLatch notified = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        EffectLog consumer = consumer("slow").on("long", event -> {
            notified.countDown();
            mayEnd.await();
        });
        ChangingSource source = new ChangingSource().having(consumer);
        ChangingSource other = new ChangingSource().having(consumer("other"));
        node(source);
        node(other);
        eventually().untilAsserted(() -> assertThat(consumersWithLanes()).containsExactly("other", "slow"));
        arrive(1, "long");
        notified.await();

        source.drop(consumer);
        source.having(consumer("later"));
        eventually().untilAsserted(() -> assertThat(consumersWithLanes()).containsExactly("later", "other", "slow"));
        arrive(1, "behind it");
        mayEnd.countDown();

        eventually().untilAsserted(() -> assertThat(consumersWithLanes()).containsExactly("later", "other"));
        assertThat(consumer.effects()).hasSize(1);
        assertThat(operator().backlog("slow").orElseThrow().pending()).isOne();
    }

    @Test
    void replacesAConsumerThatHasChanged() {
        EffectLog before = consumer("same");
        ChangingSource source = new ChangingSource().having(before);
        node(source);
        arrive(5);
        eventually().untilAsserted(() -> assertThat(before.effects()).hasSize(5));

        EffectLog after = consumer("same");
        source.drop(before);
        source.having(after);
        eventually().untilAsserted(() -> {
            arrive(1);
            assertThat(after.notified()).isNotEmpty();
        });

        assertOnceAndInOrder(after);
    }

    @Test
    void keepsWhatRunsWhileASourceFails() throws Exception {
        EffectLog consumer = consumer("steady");
        ChangingSource source = new ChangingSource().having(consumer);
        ChangingSource other = new ChangingSource();
        CountDownLatch asked = new CountDownLatch(3);
        boolean[] fails = new boolean[1];
        node(
                () -> {
                    if (fails[0]) {
                        asked.countDown();
                        throw new IllegalStateException("unknown on purpose");
                    }
                    return source.consumers();
                },
                other);
        arrive(3);
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(3));

        try (CapturedLog log = new CapturedLog()) {
            fails[0] = true;
            asked.await();
            arrive(3);

            eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(6));
            EffectLog added = consumer("of a source that answers");
            other.having(added);
            eventually().untilAsserted(() -> assertThat(added.effects()).hasSize(6));
            assertThat(log.lines().stream().filter(line -> line.startsWith("Source of consumers failed")))
                    .hasSize(1);
        }
    }

    /** Its name is longer than the column. */
    @Test
    void aConsumerThatCannotBeRegisteredDelaysNobodyElse() {
        EffectLog steady = consumer("steady");
        arrive(3);

        node(new ChangingSource().having(consumer("a".repeat(201))).having(steady));

        eventually().untilAsserted(() -> assertThat(steady.effects()).hasSize(3));
    }

    /** Its subscription was deleted while the node was about to register it. */
    @Test
    void doesNotRegisterWhatIsNotEnlisted() throws Exception {
        EffectLog gone = consumer("gone").enlisted();
        EffectLog behind = consumer("registered after it");
        arrive(3);
        node(new ChangingSource().having(gone).having(behind));
        eventually().untilAsserted(() -> assertThat(behind.effects()).hasSize(3));

        assertThat(Engine.of(dataSource()).consumers()).containsExactly("registered after it");

        Engine.of(dataSource()).enlist("gone", 0);
        eventually().untilAsserted(() -> assertThat(gone.effects()).hasSize(3));
    }

    /** One that wants a category, and keeps the bytes that it is notified of. */
    private record Forwarder(String name, String category, Map<UUID, Notification> received, Queue<Attributes> asked)
            implements EventConsumer {

        Forwarder(String name, String category) {
            this(name, category, new ConcurrentHashMap<>(), new ConcurrentLinkedQueue<>());
        }

        @Override
        public String kind() {
            return "test";
        }

        @Override
        public From from() {
            return From.BEGINNING;
        }

        @Override
        public boolean wants(Attributes stored) {
            asked.add(stored);
            return stored.category().equals(category);
        }

        @Override
        public Policy policy() {
            return Policy.EXTERNAL;
        }

        @Override
        public void notify(Notification notification) {
            received.put(notification.event().delivery(), notification);
        }
    }

    /** Fails at first, and keeps how many connections its transactions hold while it is notified. */
    private record Caller(Queue<Integer> held, Set<UUID> failed) implements EventConsumer {

        Caller() {
            this(new ConcurrentLinkedQueue<>(), ConcurrentHashMap.newKeySet());
        }

        @Override
        public String name() {
            return "caller";
        }

        @Override
        public String kind() {
            return "test";
        }

        @Override
        public From from() {
            return From.BEGINNING;
        }

        @Override
        public boolean wants(Attributes stored) {
            return true;
        }

        @Override
        public Policy policy() {
            return Policy.EXTERNAL;
        }

        @Override
        public Optional<Duration> retryFor() {
            return Optional.of(Duration.ofDays(1));
        }

        @Override
        public void notify(Notification notification) throws Exception {
            TransactionImple transaction =
                    (TransactionImple) TransactionManager.transactionManager().getTransaction();
            held.add(transaction.getResources().size());
            if (failed.size() < Place.LANES) {
                failed.add(notification.event().delivery());
                throw new IllegalStateException("on purpose");
            }
        }
    }

    /** Its calls may take long, and would hold the connections that others need. */
    @Test
    void anExternalConsumerHoldsNoConnectionWhileItIsNotified() {
        Caller caller = new Caller();
        for (int story = 0; story < 10 * Place.LANES; story++) {
            arrive(story, "one of many");
        }

        node(new ChangingSource().having(caller));

        eventually().untilAsserted(() -> assertThat(caller.held()).hasSizeGreaterThan(10 * Place.LANES));
        assertThat(caller.failed()).hasSize(Place.LANES);
        assertThat(caller.held()).containsOnly(0);
    }

    @Test
    void notifiesOfTheExactBytesAndHeadersOfWhatIsWanted() {
        Forwarder stories = new Forwarder("stories", "stories");
        Forwarder sprints = new Forwarder("sprints", "sprints");
        Arrival story = Arrivals.story(7, "as it was sent");
        UUID delivery = ((Receipt.Accepted) receiptOf(story)).delivery();
        node(new ChangingSource().having(stories).having(sprints));

        eventually()
                .until(() -> stories.received().containsKey(delivery)
                        && !sprints.asked().isEmpty());

        Notification notification = stories.received().get(delivery);
        assertThat(notification.body()).isEqualTo(story.body());
        assertThat(notification.headers()).isEqualTo(story.headers());
        assertThat(notification.event().category()).isEqualTo("stories");
        assertThat(stories.asked()).element(0).satisfies(stored -> {
            assertThat(stored.category()).isEqualTo(story.attributes().category());
            assertThat(stored.action()).isEqualTo(story.attributes().action());
            assertThat(stored.appId()).isEqualTo(story.attributes().appId());
            assertThat(stored.resource()).isEqualTo(story.attributes().resource());
        });
        assertThat(sprints.received()).isEmpty();
    }

    private List<Integer> lanesPerNode() {
        try {
            return sql().query(
                            "select count(*) from mxhooks.lane where owner is not null group by owner",
                            row -> row.getInt(1));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> consumersWithLanes() {
        try {
            return sql().query(
                            "select distinct consumer from mxhooks.lane where owner is not null order by consumer",
                            row -> row.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
