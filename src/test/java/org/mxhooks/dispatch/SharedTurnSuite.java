package org.mxhooks.dispatch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.UserTransaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxhooks.dispatch.DispatchLoop.Pace;
import org.mxhooks.event.TryLater;
import org.mxhooks.inbox.Arrivals;
import org.mxhooks.inbox.Place;
import org.mxhooks.inbox.Receipt;

/** Lanes that a consumer's turn works on in the same transactions. */
@Tag("persistence")
abstract class SharedTurnSuite extends DispatchFixture {

    private static final int ROUNDS = 5;
    private static final int MAX_ROUNDS = 500;

    private final AtomicInteger commits = new AtomicInteger();
    private final ThreadLocal<Integer> commitsOfThread = ThreadLocal.withInitial(() -> 0);

    /** Not for a while after a call was slow, as any is on a busy machine. */
    @Test
    void aTransactionIsAboutEventsOfManyLanes() throws Exception {
        EffectLog consumer = idle();
        int fewest = Integer.MAX_VALUE;

        for (int round = 1; round <= MAX_ROUNDS && fewest > Place.LANES / 2; round++) {
            int before = commits.get();
            arriveInAllLanes("quick");
            awaitEffects(consumer, (round + 1) * Place.LANES);
            fewest = Math.min(fewest, commits.get() - before);
        }

        assertThat(fewest).isLessThanOrEqualTo(Place.LANES / 2);
        assertOnceAndInOrder(consumer);
    }

    /** Some: those of a lane that has a turn of its own are not announced. */
    @Test
    void eventsThatShareATransactionAreAnnounced() throws Exception {
        Set<String> announced = ConcurrentHashMap.newKeySet();
        Set<String> notifiedAfter = ConcurrentHashMap.newKeySet();
        EffectLog consumer = idle().expecting(events -> events.forEach(event -> announced.add(ofThread() + event)))
                .on("quick", event -> {
                    if (announced.contains(ofThread() + event)) {
                        notifiedAfter.add(event.toString());
                    }
                });

        for (int round = 1; round <= MAX_ROUNDS && notifiedAfter.size() < Place.LANES; round++) {
            arriveInAllLanes("quick");
            awaitEffects(consumer, (round + 1) * Place.LANES);
        }

        assertThat(notifiedAfter).hasSizeGreaterThanOrEqualTo(Place.LANES);
        assertOnceAndInOrder(consumer);
    }

    @Test
    void eventsAreNotifiedWhoseAnnouncementFails() throws Exception {
        AtomicInteger failures = new AtomicInteger();
        EffectLog consumer = idle().expecting(events -> {
            failures.incrementAndGet();
            throw new IllegalStateException("failed on purpose");
        });

        int round = 0;
        while (failures.get() == 0 && round < MAX_ROUNDS) {
            arriveInAllLanes("quick");
            awaitEffects(consumer, (++round + 1) * Place.LANES);
        }

        assertThat(failures).hasPositiveValue();
        assertThat(parked("one")).isEmpty();
        assertOnceAndInOrder(consumer);
    }

    /** One that is at work with others: they are read again, and go on without an announcement. */
    @Test
    void onlyOneLaneWaitsForAnAnnouncementThatHangs() throws Exception {
        consumerTimeout = Duration.ofMinutes(10);
        CountDownLatch end = new CountDownLatch(1);
        AtomicBoolean hangs = new AtomicBoolean();
        EffectLog consumer = idle().expecting(events -> {
            if (hangs.compareAndSet(false, true)) {
                end.await();
            }
        });
        int rounds = 1;
        while (!hangs.get() && rounds < MAX_ROUNDS) {
            arriveInAllLanes("quick");
            int all = ++rounds * Place.LANES;
            eventually().until(() -> hangs.get() || consumer.effects().size() == all);
        }

        int others = rounds * Place.LANES - 1;
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(others));
        assertThat(end.getCount()).isOne();

        end.countDown();
        awaitEffects(consumer, rounds * Place.LANES);
        assertThat(parked("one")).isEmpty();
        assertOnceAndInOrder(consumer);
    }

    /** A few times, as lanes may just be tended, which comes to the same. */
    @Test
    void lanesGoOnWithoutACallThatHangsBeforeTheyAreTended() throws Exception {
        consumerTimeout = Duration.ofMinutes(10);
        pace = new Pace(Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofSeconds(10), Duration.ZERO);
        AtomicInteger tended = new AtomicInteger();
        AtomicReference<CountDownLatch> hanging = new AtomicReference<>();
        EffectLog consumer = consumer("one").expecting(events -> hang(hanging));
        node(() -> {
            tended.incrementAndGet();
            return List.of(consumer);
        });
        int effects = 0;
        boolean wentOn = false;

        for (int i = 0; i < 5 && !wentOn; i++) {
            hanging.set(null);
            for (int round = 0; hanging.get() == null && round < MAX_ROUNDS; round++) {
                arriveInAllLanes("quick");
                effects += Place.LANES;
                int all = effects;
                eventually()
                        .until(() -> hanging.get() != null || consumer.effects().size() == all);
            }
            int before = tended.get();
            int others = effects - 1;
            eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(others));
            wentOn = tended.get() == before;
            hanging.get().countDown();
            awaitEffects(consumer, effects);
        }

        assertThat(wentOn).isTrue();
        assertOnceAndInOrder(consumer);
    }

    /** The first who comes, until the latch is counted down that it leaves. */
    private static void hang(AtomicReference<CountDownLatch> hanging) throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        if (hanging.compareAndSet(null, end)) {
            end.await();
        }
    }

    @Test
    void onlyTheEventAtFaultIsParked() throws Exception {
        EffectLog consumer = idle().failingOn("poison");

        UUID poison = arriveInAllLanes("quick", "poison").get(0);
        awaitEffects(consumer, 2 * Place.LANES);

        eventually()
                .untilAsserted(() ->
                        assertThat(parked("one")).extracting(Parked::delivery).containsExactly(poison));
        consumer.mend();
        awaitEffects(consumer, 2 * Place.LANES + 1);
        assertOnceAndInOrder(consumer);
    }

    @Test
    void onlyTheLaneOfAnEventThatIsWantedLaterWaits() throws Exception {
        EffectLog consumer = idle().on("later", event -> {
            throw new TryLater(Duration.ofMinutes(30));
        });

        arriveInAllLanes("quick", "later");
        awaitEffects(consumer, 2 * Place.LANES);

        assertThat(parked("one")).isEmpty();
        assertOnceAndInOrder(consumer);
    }

    @Test
    void noLaneWaitsForAnothersCallThatHangs() throws Exception {
        consumerTimeout = Duration.ofMinutes(10);
        CountDownLatch end = new CountDownLatch(1);
        EffectLog consumer = idle().on("hanging", event -> end.await());

        for (int round = 2; round <= 3; round++) {
            int expected = round * (Place.LANES - 1);
            arriveInAllLanes("quick", round == 2 ? "hanging" : "quick");
            eventually()
                    .untilAsserted(() -> assertThat(consumer.effects())
                            .filteredOn(effect -> effect.storyId() != storyInLane(3))
                            .hasSize(expected));
        }

        assertThat(parked("one")).isEmpty();
        end.countDown();
        awaitEffects(consumer, 3 * Place.LANES + 2);
        assertOnceAndInOrder(consumer);
    }

    @Test
    void nothingIsLostOrRepeatedWhereLanesAreTakenAway() throws Exception {
        EffectLog consumer = idle();

        for (int round = 1; round <= ROUNDS; round++) {
            arriveInAllLanes("quick");
            takeLanesAway("lane % 3 = 0");
        }

        awaitEffects(consumer, (ROUNDS + 1) * Place.LANES);
        assertOnceAndInOrder(consumer);
    }

    /** One whose node has nothing to do. */
    final EffectLog idle() throws Exception {
        EffectLog consumer = consumer("one");
        node(dataSource(), counting(jta()), consumer);
        arriveInAllLanes("quick");
        awaitEffects(consumer, Place.LANES);
        return consumer;
    }

    static void awaitEffects(EffectLog consumer, int howMany) {
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(howMany));
    }

    /** At once, so that most of them are appended together; others than one of each lane behind it in the fourth. */
    final List<UUID> arriveInAllLanes(String name, String... others) {
        List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        for (int lane = 0; lane < Place.LANES; lane++) {
            receipts.add(append(storyInLane(lane), name));
        }
        for (String other : others) {
            receipts.add(append(storyInLane(3), other));
        }
        return receipts.stream()
                .map(receipt ->
                        ((Receipt.Accepted) receipt.orTimeout(30, SECONDS).join()).delivery())
                .skip(Place.LANES)
                .toList();
    }

    /** The transaction of the thread. */
    private String ofThread() {
        return Thread.currentThread().getId() + "/" + commitsOfThread.get() + " ";
    }

    private CompletableFuture<Receipt> append(long storyId, String name) {
        return appended(Arrivals.withIdentity(
                Arrivals.story(storyId, name), UUID.randomUUID().toString()));
    }

    private UserTransaction counting(UserTransaction jta) {
        return (UserTransaction) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {UserTransaction.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        commits.incrementAndGet();
                        commitsOfThread.set(commitsOfThread.get() + 1);
                    }
                    try {
                        return method.invoke(jta, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
