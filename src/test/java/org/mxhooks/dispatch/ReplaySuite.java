package org.mxhooks.dispatch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxhooks.event.Consumer.From;
import org.mxhooks.event.GiveUp;
import org.mxhooks.event.TryLater;
import org.mxhooks.event.WebhookEvent;
import org.mxhooks.operations.ConsumerState.State;
import org.mxhooks.operations.ReplayRequest;
import org.mxhooks.operations.Retirement;

/** What operators may ask for, on every supported database. */
@Tag("persistence")
abstract class ReplaySuite extends DispatchFixture {

    @Test
    void notifiesAgainOfWhatIsDoneMarkedAsAReplay() throws Exception {
        EffectLog consumer = consumer("one");
        EffectLog other = consumer("other");
        node(consumer, other);
        UUID delivery = arrive(1, "story");
        eventually().untilAsserted(() -> assertThat(other.effects()).hasSize(1));
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));

        assertThat(operator().replay(delivery, "one")).isEqualTo(ReplayRequest.ACCEPTED);

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(2));
        assertThat(consumer.notified()).containsExactly("story", "replay of story");
        assertThat(other.notified()).containsExactly("story");
        eventually().untilAsserted(() -> assertThat(stateOf(delivery, "one")).isEqualTo(State.DONE));
    }

    @Test
    void replaysOnceWhatIsAskedForTwice() throws Exception {
        EffectLog consumer = consumer("one");
        AutoCloseable node = node(consumer);
        UUID delivery = arrive(1, "story");
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));
        node.close();

        operator().replay(delivery, "one");
        operator().replay(delivery, "one");
        assertThat(stateOf(delivery, "one")).isEqualTo(State.PENDING);
        node(consumer);

        eventually().untilAsserted(() -> assertThat(parked("one")).isEmpty());
        assertThat(consumer.effects()).hasSize(2);
    }

    @Test
    void revivesADeadLetter() throws Exception {
        EffectLog consumer = consumer("one").on("hopeless", event -> {
            throw new GiveUp("no such board");
        });
        node(consumer);
        UUID delivery = arrive(1, "hopeless");
        arrive(1, "behind it");
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));
        assertThat(stateOf(delivery, "one")).isEqualTo(State.DEAD);

        consumer.mend();
        assertThat(operator().replay(delivery, "one")).isEqualTo(ReplayRequest.ACCEPTED);

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(2));
        assertThat(consumer.notified()).contains("replay of hopeless");
        assertThat(parked("one")).isEmpty();
    }

    @Test
    void buriesAReplayThatFailsAgain() throws Exception {
        EffectLog consumer = consumer("one").on("hopeless", event -> {
            throw new GiveUp("no such board");
        });
        node(consumer);
        UUID delivery = arrive(1, "hopeless");
        eventually()
                .untilAsserted(() -> assertThat(parked("one")).singleElement().matches(Parked::dead));

        operator().replay(delivery, "one");

        eventually()
                .untilAsserted(() -> assertThat(parked("one")).singleElement().satisfies(parked -> {
                    assertThat(parked.dead()).isTrue();
                    assertThat(parked.replay()).isTrue();
                }));
        assertThat(consumer.notified()).containsExactly("hopeless", "replay of hopeless");
    }

    @Test
    void triesAParkedEventAtOnce() throws Exception {
        retry = new RetryPolicy(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(2));
        EffectLog consumer = consumer("one").failingOn("poison");
        node(consumer);
        UUID delivery = arrive(1, "poison");
        arrive(1, "behind it");
        eventually().untilAsserted(() -> assertThat(parked("one")).hasSize(2));

        consumer.mend();
        operator().replay(delivery, "one");

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(2));
        assertOnceAndInOrder(consumer);
        assertThat(consumer.notified()).as("not yet dealt with").doesNotContain("replay of poison");
    }

    @Test
    void leavesAloneWhatIsPending() throws Exception {
        EffectLog consumer = consumer("one");
        AutoCloseable node = node(consumer);
        awaitClaims("one");
        node.close();
        UUID delivery = arrive(1, "story");

        assertThat(stateOf(delivery, "one")).isEqualTo(State.PENDING);
        assertThat(operator().replay(delivery, "one")).isEqualTo(ReplayRequest.PENDING);

        node(consumer);
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));
        assertThat(consumer.notified()).containsExactly("story");
    }

    @Test
    void blocksNothingNewer() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        EffectLog consumer = consumer("one");
        node(consumer);
        UUID delivery = arrive(1, "story");
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));
        CountDownLatch begun = new CountDownLatch(1);
        consumer.on("story", event -> {
            begun.countDown();
            end.await();
        });
        operator().replay(delivery, "one");
        assertThat(begun.await(60, SECONDS)).isTrue();

        arrive(1, "newer");

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(2));
        end.countDown();
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(3));
    }

    @Test
    void replaysASpanOfTime() throws Exception {
        EffectLog consumer = consumer("one");
        EffectLog newcomer = consumer("newcomer", From.END);
        AutoCloseable node = node(consumer);
        arrive(30);
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(30));
        node.close();
        execute("update mxhooks.delivery set received_at = timestamp with time zone '2026-01-01 00:00:00+00'"
                + " + position * interval '1' second");
        node(consumer, newcomer);
        awaitClaims("newcomer");

        Instant start = Instant.parse("2026-01-01T00:00:11Z");
        assertThat(operator().replay("newcomer", start, start.plusSeconds(10))).isEqualTo(10);
        assertThat(operator().replay("one", start.minus(Duration.ofDays(2)), start.minus(Duration.ofDays(1))))
                .isZero();

        eventually().untilAsserted(() -> assertThat(newcomer.effects()).hasSize(10));
        assertThat(newcomer.effects()).extracting(EffectLog.Effect::position).allMatch(at -> at >= 11 && at <= 20);
        assertThat(newcomer.notified()).allMatch(name -> name.startsWith("replay of "));
    }

    @Test
    void replaysTheDeadLettersOfAReason() throws Exception {
        retry = RetryPolicy.lasting(Duration.ZERO);
        EffectLog consumer = consumer("one").failingOn("poison").on("hopeless", event -> {
            throw new GiveUp("no such board");
        });
        node(consumer);
        arrive(1, "poison");
        arrive(2, "hopeless");
        arrive(3, "poison");
        eventually().untilAsserted(() -> assertThat(parked("one")).hasSize(3));
        consumer.mend();

        assertThat(operator().replayDead("one", Optional.of(IllegalStateException.class.getName())))
                .isEqualTo(2);
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(2));
        assertThat(parked("one")).hasSize(1);

        assertThat(operator().replayDead("one", Optional.empty())).isEqualTo(1);
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(3));
    }

    /** Though the first ones fail, or ask to wait, at first. */
    @Test
    void replaysDeadLettersInTheOrderOfEachResource() throws Exception {
        retry = RetryPolicy.lasting(Duration.ZERO);
        EffectLog consumer = consumer("one");
        for (int i = 0; i < 5; i++) {
            consumer.failingOn("change " + i);
        }
        AutoCloseable node = node(consumer);
        for (int i = 0; i < 5; i++) {
            arrive(1, "change " + i);
            arrive(2, "change " + i);
        }
        eventually().untilAsserted(() -> assertThat(parked("one")).hasSize(10).allMatch(Parked::dead));
        node.close();
        consumer.mend();
        Set<Long> failed = ConcurrentHashMap.newKeySet();
        consumer.on("change 0", event -> failOnce(event, failed, new TryLater(Duration.ofMillis(300))))
                .on("change 2", event -> failOnce(event, failed, new IllegalStateException("once")));
        retry = new RetryPolicy(Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofHours(1));

        assertThat(operator().replayDead("one", Optional.empty())).isEqualTo(10);
        assertThat(parked("one").stream().filter(Parked::due)).hasSize(2);
        node(consumer);

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(10));
        assertOnceAndInOrder(consumer);
        assertThat(failed).hasSize(4);
        assertThat(parked("one")).isEmpty();
    }

    /** The first is between two attempts when the others are ordered. */
    @Test
    void replaysDeadLettersBehindAnOlderOneThatIsBeingReplayed() throws Exception {
        retry = RetryPolicy.lasting(Duration.ZERO);
        EffectLog consumer = consumer("one");
        for (int i = 0; i < 3; i++) {
            consumer.failingOn("change " + i);
        }
        AutoCloseable node = node(consumer);
        UUID first = arrive(1, "change 0");
        arrive(1, "change 1");
        arrive(1, "change 2");
        eventually().untilAsserted(() -> assertThat(parked("one")).hasSize(3).allMatch(Parked::dead));
        node.close();
        consumer.mend();
        AtomicInteger failures = new AtomicInteger();
        consumer.on("change 0", event -> {
            if (failures.incrementAndGet() <= 3) {
                throw new IllegalStateException("not yet");
            }
        });
        retry = new RetryPolicy(Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofHours(1));
        operator().replay(first, "one");
        node(consumer);
        eventually().until(() -> failures.get() > 0);

        assertThat(operator().replayDead("one", Optional.empty())).isEqualTo(2);

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(3));
        assertOnceAndInOrder(consumer);
        assertThat(parked("one")).isEmpty();
    }

    private static void failOnce(WebhookEvent event, Set<Long> failed, RuntimeException failure) {
        if (failed.add(event.position())) {
            throw failure;
        }
    }

    @Test
    void replaysTheNextOfAResourceWhenOneIsDeadAgain() throws Exception {
        retry = RetryPolicy.lasting(Duration.ZERO);
        EffectLog consumer = consumer("one").failingOn("change 0").failingOn("change 1");
        node(consumer);
        arrive(1, "change 0");
        arrive(1, "change 1");
        eventually().untilAsserted(() -> assertThat(parked("one")).hasSize(2).allMatch(Parked::dead));
        consumer.mend();
        consumer.failingOn("change 0");

        operator().replayDead("one", Optional.empty());

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));
        eventually()
                .untilAsserted(() -> assertThat(parked("one")).singleElement().matches(Parked::dead));
    }

    @Test
    void tellsNoStateOfWhatWasThereBeforeAConsumer() throws Exception {
        UUID before = arrive(1, "before");
        EffectLog consumer = consumer("one", From.END);
        node(consumer);
        awaitClaims("one");
        UUID after = arrive(1, "after");
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));

        assertThat(operator().states(before)).isEmpty();
        assertThat(operator().states(after)).hasSize(1);
        assertThat(operator().states(UUID.randomUUID())).isEmpty();
    }

    @Test
    void retiresAConsumerThatNoNodeHas() throws Exception {
        EffectLog consumer = consumer("one").failingOn("poison");
        EffectLog other = consumer("other").failingOn("poison");
        AutoCloseable node = node(consumer, other);
        arrive(1, "poison");
        eventually().untilAsserted(() -> assertThat(parked("one")).hasSize(1));
        eventually().untilAsserted(() -> assertThat(parked("other")).hasSize(1));

        assertThat(operator().retire("one")).isInstanceOf(Retirement.StillDeployed.class);
        node.close();
        assertThat(operator().retire("one"))
                .isInstanceOfSatisfying(
                        Retirement.Retired.class,
                        retired -> assertThat(retired.dropped().parked()).isOne());
        assertThat(operator().retire("one")).isInstanceOf(Retirement.Unknown.class);

        assertThat(parked("one")).isEmpty();
        assertThat(parked("other")).hasSize(1);
        consumer.mend();
        node(consumer);
        eventually()
                .untilAsserted(() ->
                        assertThat(consumer.effects()).as("from the beginning").hasSize(1));
    }

    @Test
    void registersAgainWhereItWasRetiredWhileItSeemedDead() throws Exception {
        EffectLog consumer = consumer("one", From.END);
        node(consumer);
        awaitClaims("one");
        execute("delete from mxhooks.node_consumer");
        assertThat(operator().retire("one")).isInstanceOf(Retirement.Retired.class);

        awaitClaims("one");
        arrive(1, "story");
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));
    }

    private State stateOf(UUID delivery, String consumer) throws Exception {
        return operator().states(delivery).stream()
                .filter(state -> state.consumer().equals(consumer))
                .findFirst()
                .orElseThrow()
                .state();
    }
}
