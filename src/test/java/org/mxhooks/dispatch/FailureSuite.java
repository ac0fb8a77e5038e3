package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import io.micrometer.core.instrument.Counter;
import jakarta.ejb.EJBException;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Synchronization;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxhooks.CapturedLog;
import org.mxhooks.database.Transaction;
import org.mxhooks.dispatch.EffectLog.Effect;
import org.mxhooks.event.GiveUp;
import org.mxhooks.event.TryLater;
import org.mxhooks.operations.ConsumerState;
import org.mxhooks.operations.FailedAttempt;
import org.mxhooks.operations.Waiting;

/** What becomes of events that a consumer fails on, on every supported database. */
@Tag("persistence")
abstract class FailureSuite extends DispatchFixture {

    @Test
    void parksWhatFailsAndGoesOnWithOtherResourcesOfTheLane() throws Exception {
        EffectLog consumer = consumer("one").failingOn("poison");
        arrive(1, "poison");
        arrive(1, "behind it");
        long neighbour = anotherStoryInTheLaneOf(1);
        arrive(neighbour, "a neighbour");
        node(consumer);

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));
        assertThat(consumer.effects()).extracting(Effect::storyId).containsExactly(neighbour);
        assertThat(parked("one")).hasSize(2);
        assertThat(consumer.notified()).doesNotContain("behind it");
    }

    @Test
    void keepsTheOrderOfAResourceWhenItIsMended() {
        EffectLog consumer = consumer("one").failingOn("poison");
        node(consumer);
        arrive(1, "before");
        arrive(1, "poison");
        arrive(1, "behind it");
        eventually().untilAsserted(() -> assertThat(parked("one")).hasSize(2));
        arrive(1, "far behind it");
        eventually().untilAsserted(() -> assertThat(parked("one")).hasSize(3));

        consumer.mend();

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(4));
        assertOnceAndInOrder(consumer);
        assertThat(parked("one")).isEmpty();
        arrive(1, "after all that");
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(5));
    }

    @Test
    void tellsWhyAndHowOften() throws Exception {
        EffectLog consumer = consumer("one").failingOn("poison");
        node(consumer);
        UUID delivery = arrive(1, "poison");

        eventually()
                .untilAsserted(() -> assertThat(parked("one")).first().satisfies(parked -> {
                    assertThat(parked.attempts()).isGreaterThan(2);
                    assertThat(parked.reason()).hasValue("java.lang.IllegalStateException");
                }));
        assertThat(operator().states(delivery)).singleElement().satisfies(state -> {
            assertThat(state.consumer()).isEqualTo("one");
            assertThat(state.state()).isEqualTo(ConsumerState.State.PARKED);
            assertThat(state.due()).isPresent();
            assertThat(state.message()).hasValue("poisoned on purpose");
            assertThat(state.trace().orElseThrow())
                    .contains("IllegalStateException", "EffectLog")
                    .hasSizeLessThan(4_001);
            assertThat(state.history()).hasSizeGreaterThan(1).allSatisfy(attempt -> {
                assertThat(attempt.took()).isPresent();
                assertThat(attempt.reason()).isEqualTo("java.lang.IllegalStateException");
                assertThat(attempt.message()).isEqualTo("poisoned on purpose");
            });
            assertThat(state.history()).isSortedAccordingTo(Comparator.comparing(FailedAttempt::endedAt));
        });
    }

    /** As JPA does, which writes when the transaction is about to be committed. */
    @Test
    void tellsTheConstraintThatIsViolatedWhenTheCommitBegins() throws Exception {
        execute("create table once (story bigint, constraint one_each unique (story))");
        EffectLog consumer = consumer("one")
                .on(
                        "again",
                        event -> new TransactionSynchronizationRegistryImple()
                                .registerInterposedSynchronization(new AtCommit(() -> {
                                    execute("insert into once values (1)");
                                    execute("insert into once values (1)");
                                })));
        node(consumer);
        UUID delivery = arrive(1, "again");

        eventually()
                .untilAsserted(() -> assertThat(parked("one")).singleElement().satisfies(parked -> {
                    assertThat(parked.reason().orElseThrow()).matches("org\\.(h2|postgresql)\\..*Exception");
                    assertThat(parked.message().orElseThrow()).containsIgnoringCase("one_each");
                }));
        assertThat(operator().states(delivery).get(0).trace().orElseThrow())
                .as("the root cause first")
                .startsWith(parked("one").get(0).reason().orElseThrow())
                .contains("RollbackException");
        assertThat(operator().replayDead("one", parked("one").get(0).reason())).isZero();
    }

    /** Something to be done before the commit. */
    private record AtCommit(Transaction.Work work) implements Synchronization {
        @Override
        public void beforeCompletion() {
            try {
                work.run();
            } catch (Exception e) {
                throw new PersistenceException("could not flush", e);
            }
        }

        @Override
        public void afterCompletion(int status) {}
    }

    @Test
    void countsHowNotificationsEnd() {
        retry = new RetryPolicy(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(1));
        EffectLog consumer = consumer("one").failingOn("poison").on("hopeless", event -> {
            throw new GiveUp("no");
        });
        arrive(1, "poison");
        arrive(2, "hopeless");
        arrive(3, "fine");
        arrive(4, "fine too");
        node(consumer);

        eventually().untilAsserted(() -> assertThat(outcomes("one", "dead")).isEqualTo(2));
        assertThat(outcomes("one", "failed")).isGreaterThan(0);
        assertThat(outcomes("one", "later")).isZero();
        eventually().untilAsserted(() -> assertThat(outcomes("one", "done")).isEqualTo(2));
    }

    @Test
    void countsWhatIsPutOff() {
        EffectLog consumer = consumer("one").on("not now", event -> {
            throw new TryLater(Duration.ofMillis(100));
        });
        node(consumer);
        arrive(1, "not now");

        eventually().untilAsserted(() -> assertThat(outcomes("one", "later")).isGreaterThan(1));
        assertThat(outcomes("one", "failed")).isZero();
        assertThat(outcomes("one", "done")).isZero();
    }

    @Test
    void showsWhyALaneWaitsSinceWhenAndUntilWhen() throws Exception {
        EffectLog consumer = consumer("one").on("not now", event -> {
            throw new EJBException(
                    new TryLater(Duration.ofMillis(200), "board unavailable", new IOException("connection refused")));
        });
        try (CapturedLog log = new CapturedLog()) {
            node(consumer);
            UUID waiting = arrive(1, "not now");
            UUID behind = arrive(anotherStoryInTheLaneOf(1), "behind it");
            eventually().until(() -> outcomes("one", "later") > 1);
            Waiting first = waitingOf(waiting);
            eventually().until(() -> waitingOf(waiting).nextTry().isAfter(first.nextTry()));

            Waiting later = waitingOf(behind);
            assertThat(later.since()).isEqualTo(first.since()).isBefore(later.nextTry());
            assertThat(later.reason()).isEqualTo(TryLater.class.getName());
            assertThat(later.message()).contains("board unavailable", "connection refused");
            assertThat(operator().backlog("one").orElseThrow().waiting().orElseThrow())
                    .satisfies(all -> {
                        assertThat(all.lanes()).isOne();
                        assertThat(all.since()).isEqualTo(first.since());
                        assertThat(all.message()).isEqualTo(later.message());
                    });
            assertThat(linesOf(log, "later"))
                    .as("one line, however often it was tried")
                    .singleElement()
                    .asString()
                    .contains("delivery " + waiting, "board unavailable", "connection refused");

            consumer.mend();

            eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(2));
            assertThat(operator().backlog("one").orElseThrow().waiting()).isEmpty();
            assertThat(operator().states(waiting).get(0).waiting()).isEmpty();
            eventually()
                    .untilAsserted(
                            () -> assertThat(linesOf(log, "stopped waiting")).hasSize(1));
        }
    }

    /** Else the next try of what waits behind would lie in the past. */
    @Test
    void showsUntilWhenALaneWaitsForARetry() throws Exception {
        EffectLog consumer = consumer("one").failingOn("fails").on("not now", event -> {
            throw new TryLater(Duration.ofMillis(100));
        });
        node(consumer);
        arrive(1, "fails");
        eventually().untilAsserted(() -> assertThat(parked("one")).hasSize(1));
        UUID waiting = arrive(anotherStoryInTheLaneOf(1), "not now");
        eventually().until(() -> outcomes("one", "later") > 1);

        consumer.on("fails", event -> {
            throw new TryLater(Duration.ofMinutes(30));
        });

        eventually()
                .until(() -> waitingOf(waiting).nextTry().isAfter(Instant.now().plus(Duration.ofMinutes(20))));
    }

    @Test
    void showsWhyAReplayWaits() throws Exception {
        EffectLog consumer = consumer("one");
        node(consumer);
        UUID delivery = arrive(1, "story");
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));
        consumer.on("story", event -> {
            throw new TryLater(Duration.ofMillis(100), "board unavailable", null);
        });

        operator().replay(delivery, "one");

        eventually()
                .untilAsserted(() -> assertThat(operator().states(delivery))
                        .singleElement()
                        .satisfies(state -> {
                            assertThat(state.reason()).hasValue(TryLater.class.getName());
                            assertThat(state.message()).hasValue("board unavailable");
                            assertThat(state.due()).isPresent();
                        }));
    }

    private Waiting waitingOf(UUID delivery) throws Exception {
        return operator().states(delivery).get(0).waiting().orElseThrow();
    }

    private static List<String> linesOf(CapturedLog log, String text) {
        return log.lines().stream()
                .filter(line -> line.contains("Consumer one") && line.contains(text))
                .toList();
    }

    @Test
    void namesTheDeliveryInEveryLineAboutIt() {
        retry = new RetryPolicy(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(1));
        EffectLog consumer = consumer("one")
                .failingOn("poison")
                .on("hopeless", event -> {
                    throw new GiveUp("no");
                })
                .on("not now", event -> {
                    throw new TryLater(Duration.ofMillis(100));
                });
        try (CapturedLog log = new CapturedLog()) {
            UUID poison = arrive(storyInLane(1), "poison");
            UUID hopeless = arrive(storyInLane(2), "hopeless");
            UUID notNow = arrive(storyInLane(3), "not now");
            node(consumer);

            eventually().untilAsserted(() -> {
                List<String> about = log.lines().stream()
                        .filter(line -> line.contains("onsumer one "))
                        .toList();
                assertThat(about)
                        .anyMatch(line -> line.contains("delivery " + poison) && line.contains("retry in"))
                        .anyMatch(line -> line.contains("delivery " + poison) && line.contains("dead letter"))
                        .anyMatch(line -> line.contains("delivery " + hopeless) && line.contains("dead letter"))
                        .anyMatch(line -> line.contains("delivery " + notNow) && line.contains("later"))
                        .allMatch(line -> line.contains("delivery "));
            });
        }
    }

    @Test
    void keepsAReasonThatADatabaseWouldRefuse() {
        EffectLog consumer = consumer("one").on("poison", event -> {
            throw new IllegalStateException("a \0 and " + "much ".repeat(1_000));
        });
        node(consumer);
        arrive(1, "poison");

        eventually().untilAsserted(() -> assertThat(parked("one")).isNotEmpty());
        assertThat(parked("one").get(0).message().orElseThrow())
                .startsWith("a \uFFFD and much")
                .hasSize(1_000);
    }

    @Test
    void buriesWhatFailsForTooLongAndGoesOnBehindIt() {
        retry = new RetryPolicy(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(1));
        EffectLog consumer = consumer("one").failingOn("poison");
        node(consumer);
        arrive(1, "poison");
        arrive(1, "behind it");
        arrive(1, "far behind it");

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(2));
        assertOnceAndInOrder(consumer);
        assertThat(parked("one")).singleElement().satisfies(dead -> {
            assertThat(dead.dead()).isTrue();
            assertThat(dead.attempts()).isGreaterThan(1);
        });
    }

    @Test
    void buriesAtTheFirstFailureWhereThereAreToBeNoRetries() {
        retry = RetryPolicy.lasting(Duration.ZERO);
        EffectLog consumer = consumer("one").failingOn("poison");
        node(consumer);
        arrive(1, "poison");
        arrive(1, "behind it");

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));
        assertThat(parked("one")).singleElement().matches(Parked::dead);
    }

    @Test
    void buriesAtOnceWhatAConsumerGivesUp() {
        EffectLog consumer = consumer("one").on("hopeless", event -> {
            throw new EJBException(new GiveUp("no such board"));
        });
        node(consumer);
        UUID delivery = arrive(1, "hopeless");
        arrive(1, "behind it");

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));
        assertThat(parked("one")).singleElement().satisfies(dead -> {
            assertThat(dead.delivery()).isEqualTo(delivery);
            assertThat(dead.dead()).isTrue();
            assertThat(dead.attempts()).isEqualTo(1);
            assertThat(dead.reason()).hasValue(GiveUp.class.getName());
            assertThat(dead.message()).hasValue("no such board");
        });
        assertThat(consumer.notified()).containsExactly("hopeless", "behind it");
    }

    @Test
    void buriesWhatAConsumerGivesUpInALaterAttempt() {
        AtomicInteger attempts = new AtomicInteger();
        EffectLog consumer = consumer("one").on("poison", event -> {
            throw attempts.incrementAndGet() < 3 ? new IllegalStateException("again") : new GiveUp("no more");
        });
        node(consumer);
        arrive(1, "poison");
        arrive(1, "behind it");

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));
        assertThat(parked("one")).singleElement().satisfies(dead -> {
            assertThat(dead.dead()).isTrue();
            assertThat(dead.attempts()).isEqualTo(3);
        });
    }

    @Test
    void waitsWithTheWholeLaneWhereAConsumerWantsItLater() throws Exception {
        AtomicInteger away = new AtomicInteger(2);
        EffectLog consumer = consumer("one").on("away", event -> {
            if (away.getAndDecrement() > 0) {
                throw new EJBException(new TryLater(Duration.ofMillis(300)));
            }
        });
        arrive(1, "before");
        arrive(1, "away");
        arrive(anotherStoryInTheLaneOf(1), "a neighbour");
        node(consumer);

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(3));
        assertThat(consumer.effects())
                .isSortedAccordingTo((one, other) -> Long.compare(one.position(), other.position()));
        assertThat(consumer.notified()).filteredOn("away"::equals).hasSizeGreaterThanOrEqualTo(3);
        assertThat(parked("one")).isEmpty();
    }

    @Test
    void spendsNoAttemptOfAParkedEventWhereAConsumerWantsItLater() {
        AtomicInteger attempts = new AtomicInteger();
        CountDownLatch often = new CountDownLatch(4);
        EffectLog consumer = consumer("one").on("poison", event -> {
            often.countDown();
            throw attempts.getAndIncrement() == 0
                    ? new IllegalStateException("first")
                    : new TryLater(Duration.ofMillis(100));
        });
        node(consumer);
        arrive(1, "poison");

        eventually().until(() -> often.getCount() == 0);
        assertThat(parked("one"))
                .singleElement()
                .satisfies(parked -> assertThat(parked.attempts()).isBetween(1, 2));
    }

    @Test
    void takesAnErrorForAFailure() {
        EffectLog consumer = consumer("one").on("poison", event -> {
            throw new StackOverflowError("on purpose");
        });
        node(consumer);
        arrive(1, "poison");
        arrive(2, "healthy");

        eventually()
                .untilAsserted(() -> assertThat(parked("one"))
                        .singleElement()
                        .satisfies(parked -> assertThat(parked.reason()).hasValue("java.lang.StackOverflowError")));
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));
    }

    @Test
    void takesATransactionMarkedForRollbackForAFailure() {
        EffectLog consumer = consumer("one").on("poison", event -> jta().setRollbackOnly());
        node(consumer);
        arrive(1, "poison");

        eventually()
                .untilAsserted(() -> assertThat(parked("one"))
                        .singleElement()
                        .satisfies(parked ->
                                assertThat(parked.message()).hasValue("the transaction was marked for rollback")));
        assertThat(consumer.effects()).isEmpty();
    }

    @Test
    void rollsBackTenThousandRowsOfAFailure() {
        EffectLog consumer = consumer("one").on("poison", event -> {
            String ten = "(values (1), (2), (3), (4), (5), (6), (7), (8), (9), (10))";
            sql().update("insert into effect (consumer, position, story) select 'flood', 1, 1 from " + ten + " as a, "
                    + ten + " as b, " + ten + " as c, " + ten + " as d");
            throw new IllegalStateException("after ten thousand rows");
        });
        node(consumer);
        arrive(1, "poison");

        eventually().untilAsserted(() -> assertThat(parked("one")).hasSize(1));
        assertThat(consumer("flood").effects()).isEmpty();
    }

    @Test
    void findsTheOneAtFaultAmongManyInATransaction() {
        EffectLog consumer = consumer("one").failingOn("poison");
        for (int i = 0; i < 10; i++) {
            arrive(1, "healthy " + i);
        }
        arrive(2, "poison");
        for (int i = 10; i < 20; i++) {
            arrive(1, "healthy " + i);
        }
        node(consumer);

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(20));
        assertOnceAndInOrder(consumer);
        eventually().untilAsserted(() -> assertThat(parked("one")).hasSize(1)); // another lane's worker parks it
    }

    @Test
    void repeatsNothingOfAConsumerOutsideTransactions() {
        EffectLog consumer = consumer("one").failingOn("poison").outsideTransactions();
        for (int i = 0; i < 10; i++) {
            arrive(1, "healthy " + i);
        }
        arrive(1, "poison");
        node(consumer);

        eventually().untilAsserted(() -> assertThat(parked("one")).hasSize(1));
        assertThat(consumer.notified())
                .filteredOn(name -> name.startsWith("healthy"))
                .hasSize(10);
    }

    @Test
    void takesALaneFromAWorkerThatHangs() {
        consumerTimeout = Duration.ofSeconds(2);
        CountDownLatch end = new CountDownLatch(1);
        EffectLog consumer = consumer("one").on("hanging", event -> end.await());
        EffectLog other = consumer("other");
        node(consumer, other);
        arrive(1, "hanging");
        arrive(1, "behind it");
        arrive(2, "another lane");

        eventually()
                .untilAsserted(() -> assertThat(parked("one"))
                        .first()
                        .satisfies(parked -> assertThat(parked.reason()).hasValue("timeout")));
        eventually().untilAsserted(() -> assertThat(other.effects()).hasSize(3));
        assertThat(consumer.effects()).extracting(Effect::storyId).containsExactly(2L);

        consumer.mend();
        end.countDown();

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(3));
        assertOnceAndInOrder(consumer);
    }

    @Test
    void findsTheOneThatHangsAmongManyInATransaction() {
        consumerTimeout = Duration.ofSeconds(2);
        CountDownLatch end = new CountDownLatch(1);
        EffectLog consumer = consumer("one").on("hanging", event -> end.await());
        arrive(1, "one healthy");
        arrive(1, "another");
        arrive(1, "hanging");
        node(consumer);

        eventually()
                .untilAsserted(() -> assertThat(parked("one"))
                        .singleElement()
                        .satisfies(parked -> assertThat(parked.reason()).hasValue("timeout")));
        assertThat(consumer.effects()).hasSize(2);
        end.countDown();
    }

    @Test
    void goesOnWhenAllWorkersHang() {
        consumerTimeout = Duration.ofSeconds(2);
        CountDownLatch end = new CountDownLatch(1);
        EffectLog consumer = consumer("one").on("hanging", event -> end.await());
        node(consumer);
        for (long story = 1; story <= 4; story++) {
            arrive(storyInLane((int) story), "hanging");
        }
        arrive(storyInLane(5), "healthy");

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));
        end.countDown();
    }

    @Test
    void parksUnattemptedWhatTookItsNodesDown() throws Exception {
        retry = new RetryPolicy(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(2));
        EffectLog consumer = consumer("one");
        AutoCloseable node = node(consumer);
        awaitClaims("one");
        node.close();
        UUID killer = arrive(1, "killer");
        arrive(1, "behind it");
        execute("update mxhooks.lane set claims = 2");
        node(consumer);

        eventually().untilAsserted(() -> assertThat(parked("one")).hasSize(2));
        assertThat(consumer.notified()).isEmpty();
        assertThat(parked("one").get(0)).satisfies(parked -> {
            assertThat(parked.delivery()).isEqualTo(killer);
            assertThat(parked.reason()).hasValue("node died");
        });
    }

    @Test
    void buriesWhatKeepsTakingItsNodesDown() throws Exception {
        EffectLog consumer = consumer("one").failingOn("killer");
        AutoCloseable node = node(consumer);
        arrive(1, "killer");
        arrive(1, "behind it");
        eventually().untilAsserted(() -> assertThat(parked("one")).hasSize(2));
        node.close();
        execute("update mxhooks.parked set unended = 3 where due is not null");
        consumer.notified().clear();
        node(consumer);

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));
        assertThat(parked("one")).singleElement().matches(Parked::dead);
        assertThat(consumer.notified()).containsExactly("behind it");
    }

    @Test
    void holdsNoEventGuiltyOfTheDeathOfAnIdleNode() throws Exception {
        EffectLog consumer = consumer("one");
        for (int deaths = 0; deaths < 4; deaths++) {
            node(consumer);
            eventually()
                    .until(() ->
                            sql().exists("select 1 where not exists (select 1 from mxhooks.lane where claims > 0)"));
            takeLanesAway("true");
        }
        arrive(1, "innocent");

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));
        assertThat(parked("one")).isEmpty();
    }

    private double outcomes(String consumer, String outcome) {
        Counter counter = meters.find("mxhooks.consumer.outcomes")
                .tags("consumer", consumer, "outcome", outcome)
                .counter();
        return counter == null ? 0 : counter.count();
    }
}
