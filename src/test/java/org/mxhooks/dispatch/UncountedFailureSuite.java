package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxhooks.event.WebhookEvent;

/**
 * A failure of the database outside a consumer's call is no attempt, also where the first attempt that fails is the
 * last; on every supported database.
 */
@Tag("persistence")
abstract class UncountedFailureSuite extends DispatchFixture {

    private static final int FAILURES = 3;

    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void attemptsNothingWhereTheLookForAnotherFails() throws Exception {
        retry = RetryPolicy.lasting(Duration.ZERO);
        EffectLog consumer = consumer("one");
        parkInTheLaneOf(1, consumer);
        FailingStatements failing = new FailingStatements(
                sql -> sql.startsWith("select 1 where exists") && sql.contains("ordering_key = ?"));
        node(failing.dataSource(dataSource()), jta(), consumer);
        awaitClaims("one");
        failing.failNext(1);

        arrive(1, "new");

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(2));
        assertThat(failing.left()).isZero();
        assertThat(consumer.notified()).containsOnlyOnce("new");
        assertThat(parked("one")).hasSize(1);
    }

    /** So that events of the lane may have to wait, but not those of the story. */
    private void parkInTheLaneOf(long story, EffectLog consumer) throws Exception {
        AutoCloseable before = node(consumer);
        arrive(anotherStoryInTheLaneOf(story), "parked");
        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));
        before.close();
        execute("""
                insert into mxhooks.parked (consumer, position, lane, ordering_key, replay, dead, due, attempts, unended, parked_at)
                select 'one', position, lane, 'another', false, false, current_timestamp + interval '1' hour, 1, 0,
                current_timestamp from mxhooks.delivery""");
    }

    @Test
    void repeatsWhereTheCursorCannotBeMoved() throws Exception {
        retry = RetryPolicy.lasting(Duration.ZERO);
        FailingStatements failing = new FailingStatements(sql -> sql.startsWith("update mxhooks.lane set cursor")
                && sql.endsWith("and lane = ? and token = ? and cursor = ?"));
        EffectLog consumer = consumer("one");
        node(failing.dataSource(dataSource()), jta(), consumer);
        awaitClaims("one");
        failing.failNext(FAILURES);

        arrive(1, "new");

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));
        assertThat(failing.left()).isZero();
        assertThat(parked("one")).isEmpty();
    }

    /** A conflict, a connection that broke, the database's end, no memory. */
    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "08006", "57P01", "53200"})
    void repeatsBeforeWhatIsBehindWhereTheCommitFails(String state) throws Exception {
        retry = RetryPolicy.lasting(Duration.ZERO);
        FailingCommits failing = new FailingCommits(jta(), state);
        EffectLog consumer = consumer("one").on("new", event -> failSome(failing));
        arrive(1, "new");
        arrive(1, "behind it");
        node(dataSource(), failing.transaction(), consumer);

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(2));
        assertOnceAndInOrder(consumer);
        assertThat(calls).hasValue(FAILURES + 1);
        assertThat(parked("one")).isEmpty();
    }

    /** A constraint, as one that is deferred to the commit or met by a flush of JPA. */
    @Test
    void countsWhereTheCommitFailsForWhatTheConsumerWrote() throws Exception {
        retry = RetryPolicy.lasting(Duration.ZERO);
        FailingCommits failing = new FailingCommits(jta(), "23505");
        EffectLog consumer = consumer("one").on("new", event -> failing.failNext());
        node(dataSource(), failing.transaction(), consumer);

        arrive(1, "new");

        eventually()
                .untilAsserted(() -> assertThat(parked("one")).singleElement().matches(Parked::dead));
        assertThat(consumer.notified()).hasSize(1);
    }

    @Test
    void countsAConflictInTheCallOfTheConsumer() throws Exception {
        retry = RetryPolicy.lasting(Duration.ZERO);
        EffectLog consumer = consumer("one").on("new", UncountedFailureSuite::conflict);
        node(consumer);

        arrive(1, "new");

        eventually()
                .untilAsserted(() -> assertThat(parked("one")).singleElement().matches(Parked::dead));
    }

    private static void conflict(WebhookEvent event) throws SQLException {
        throw new SQLException("could not serialize access for " + event, "40001");
    }

    /** It fails once, is parked, and would be a dead letter at the next failure. */
    @ParameterizedTest
    @ValueSource(strings = {"40001", "08006"})
    void repeatsARetryWhoseCommitFails(String state) throws Exception {
        retry = new RetryPolicy(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMillis(1));
        FailingCommits failing = new FailingCommits(jta(), state);
        EffectLog consumer = consumer("one").on("new", event -> {
            if (calls.get() == 0) {
                calls.incrementAndGet();
                throw new IllegalStateException("poisoned on purpose");
            }
            assertThat(parked("one")).singleElement().matches(parked -> parked.attempts() == 2);
            failSome(failing);
        });
        node(dataSource(), failing.transaction(), consumer);

        arrive(1, "new");

        eventually().untilAsserted(() -> assertThat(consumer.effects()).hasSize(1));
        assertThat(calls).hasValue(FAILURES + 1);
        assertThat(parked("one")).isEmpty();
    }

    /** The first commits after a call. */
    private void failSome(FailingCommits failing) {
        if (calls.getAndIncrement() < FAILURES) {
            failing.failNext();
        }
    }
}
