package org.mxhooks.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.mxhooks.relay.SubscriberHealth.AskedToWait;
import org.mxhooks.relay.SubscriberHealth.Finding;
import org.mxhooks.resilience.CircuitBreaker.Open;
import org.mxhooks.resilience.CircuitBreaker.Opening;
import org.mxhooks.resilience.CircuitBreaker.Permit;

class SubscriberHealthTest {

    private final AtomicLong now = new AtomicLong();
    private final SubscriberHealth health = new SubscriberHealth(Duration.ofSeconds(20), now::get);

    @Test
    void isNotCalledWhileItAskedToWait() throws Exception {
        health.waitFor(health.acquire(), UUID.randomUUID(), Duration.ofSeconds(3));

        assertThatThrownBy(health::acquire)
                .isInstanceOfSatisfying(
                        AskedToWait.class, waiting -> assertThat(waiting.left()).isEqualTo(Duration.ofSeconds(3)));
        passes(Duration.ofSeconds(3));
        assertThatCode(health::acquire).doesNotThrowAnyException();
    }

    /** After 410, say, nothing is sent until an operator resumes the subscription. */
    @Test
    void theTimeOfAPauseIsNotHeldAgainstADelivery() throws Exception {
        UUID delivery = UUID.randomUUID();
        health.waitFor(health.acquire(), delivery, Duration.ofSeconds(1));
        passes(Duration.ofDays(4));

        assertThat(health.waitFor(health.acquire(), delivery, Duration.ofHours(1)))
                .isZero();
        passes(Duration.ofHours(1));
        assertThat(health.waitFor(health.acquire(), delivery, Duration.ofHours(1)))
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void isProbedAfterItCouldNotBeReached() throws Exception {
        health.unreachable(health.acquire(), "refused");

        assertThatThrownBy(health::acquire).isInstanceOf(Open.class);
        passes(Duration.ofSeconds(1));
        Permit probe = health.acquire();
        assertThat(probe.probe()).isTrue();
        assertThatThrownBy(health::acquire).isInstanceOf(Open.class);
        health.succeeded(UUID.randomUUID());
        assertThat(health.acquire().probe()).isFalse();
    }

    /** Not when the probe's time is over, which is longer than a call may take. */
    @Test
    void isCalledWhenItSaidThoughAProbeWasToldToWait() throws Exception {
        health.unreachable(health.acquire(), "refused");
        passes(Duration.ofSeconds(1));
        Permit probe = health.acquire();
        health.waitFor(probe, UUID.randomUUID(), Duration.ofSeconds(3));

        passes(Duration.ofSeconds(3));

        assertThat(probe.probe()).isTrue();
        assertThatCode(health::acquire).doesNotThrowAnyException();
    }

    @Test
    void isNotJudgedByOneDelivery() throws Exception {
        UUID poison = UUID.randomUUID();
        for (int i = 0; i < 20; i++) {
            health.failed(health.acquire(), poison, "500");
        }

        assertThat(health.acquire().probe()).isFalse();
    }

    @Test
    void isProbedAfterItFailedSeveralDeliveriesInARow() throws Exception {
        for (int i = 0; i < 4; i++) {
            health.failed(health.acquire(), UUID.randomUUID(), "500");
        }
        health.succeeded(UUID.randomUUID());
        for (int i = 0; i < 4; i++) {
            health.failed(health.acquire(), UUID.randomUUID(), "500");
        }
        health.failed(health.acquire(), UUID.randomUUID(), "500");

        assertThatThrownBy(health::acquire).isInstanceOf(Open.class).hasMessage("500");
    }

    @Test
    void findsNothingToSayOfOneThatTakesWhatItGets() throws Exception {
        health.failed(health.acquire(), UUID.randomUUID(), "500");
        assertThat(health.finding()).isEqualTo(new Finding(Optional.empty(), 1, OptionalLong.empty()));

        health.succeeded(UUID.randomUUID());

        assertThat(health.finding().isGood()).isTrue();
    }

    @Test
    void findsSinceWhenItIsNotCalledAndWhenItIsProbed() throws Exception {
        passes(Duration.ofSeconds(7));
        health.unreachable(health.acquire(), "refused");
        assertThat(health.finding()).isEqualTo(opened(Duration.ofSeconds(8), false, 1));

        passes(Duration.ofSeconds(1));
        Permit probe = health.acquire();
        assertThat(health.finding()).isEqualTo(opened(Duration.ofSeconds(28), true, 1));

        health.unreachable(probe, "refused");
        assertThat(health.finding()).isEqualTo(opened(Duration.ofSeconds(10), false, 2));
    }

    private static Finding opened(Duration nextProbe, boolean probing, int failures) {
        return new Finding(
                Optional.of(new Opening("refused", Duration.ofSeconds(7).toNanos(), nextProbe.toNanos(), probing)),
                failures,
                OptionalLong.empty());
    }

    @Test
    void knowsForHowLongItHasAskedToWaitWithADelivery() throws Exception {
        UUID delivery = UUID.randomUUID();
        for (int i = 0; i < 3; i++) {
            assertThat(health.waitFor(health.acquire(), delivery, Duration.ofSeconds(3)))
                    .isEqualTo(Duration.ofSeconds(3 * i));
            passes(Duration.ofSeconds(3));
        }
        assertThat(health.waitFor(health.acquire(), UUID.randomUUID(), Duration.ofSeconds(3)))
                .isZero();
        health.succeeded(delivery);
        passes(Duration.ofSeconds(3));
        assertThat(health.waitFor(health.acquire(), delivery, Duration.ofSeconds(3)))
                .isZero();
    }

    @Test
    void findsUntilWhenItAskedToWait() throws Exception {
        health.waitFor(health.acquire(), UUID.randomUUID(), Duration.ofSeconds(3));
        assertThat(health.finding().waitUntil()).hasValue(Duration.ofSeconds(3).toNanos());

        passes(Duration.ofSeconds(3));
        assertThat(health.finding().isGood()).isTrue();
    }

    private void passes(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
