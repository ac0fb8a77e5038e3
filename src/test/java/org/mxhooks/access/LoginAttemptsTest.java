package org.mxhooks.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mxhooks.access.LoginAttempts.NamedAccount;
import org.mxhooks.access.LoginThrottle.LoginResult;
import org.mxhooks.access.LoginThrottle.LoginSource;
import org.mxhooks.access.LoginThrottle.Right;
import org.mxhooks.access.LoginThrottle.Throttled;
import org.mxhooks.access.LoginThrottle.Wrong;
import org.mxhooks.settings.Network;

/** Attempts from the machine itself wait, few at a time; others are refused. */
@Timeout(30)
class LoginAttemptsTest {

    private static final Network LOOPBACK =
            Network.of(Network.address("127.0.0.1").orElseThrow(), 8);
    private static final LoginSource LOCAL = new LoginSource(LOOPBACK, true);
    private static final LoginSource PROXIED = new LoginSource(LOOPBACK, false);

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final LoginThrottle throttle = new LoginThrottle(() -> 0);
    private final List<Duration> delays = new ArrayList<>();

    @Test
    void theMachineItselfIsDelayedAndNotRefused() {
        LoginAttempts attempts = attempts(NamedAccount.OPERATOR, delays::add);
        guess(attempts, LOCAL, 5);
        assertThat(delays).isEmpty();

        guess(attempts, LOCAL, 3);
        assertThat(attempts.attempt(LOCAL, "admin", true)).isEqualTo(new Right());
        assertThat(attempts.attempt(LOCAL, "admin", true)).isEqualTo(new Right());

        assertThat(delays).hasSize(4).containsOnly(LoginDelay.DELAY);
        assertThat(count("failed")).isEqualTo(8);
        assertThat(count("throttled")).isEqualTo(4);
    }

    @Test
    void othersAreRefused() {
        LoginAttempts attempts = attempts(NamedAccount.OPERATOR, delays::add);
        guess(attempts, PROXIED, 5);

        assertThat(attempts.attempt(PROXIED, "admin", true)).isInstanceOf(Throttled.class);
        assertThat(delays).isEmpty();
    }

    @Test
    void nobodyOccupiesTheThreadsOfOtherRequests() throws Exception {
        CyclicBarrier waiting = new CyclicBarrier(LoginDelay.MAX_DELAYED + 1);
        CountDownLatch over = new CountDownLatch(1);
        LoginAttempts attempts = attempts(NamedAccount.OPERATOR, time -> {
            await(waiting);
            over.await();
        });
        LoginAttempts ofViewer = attempts(NamedAccount.VIEWER, delays::add);
        guess(attempts, LOCAL, 5);
        List<CompletableFuture<LoginResult>> delayed = new ArrayList<>();
        for (int guess = 0; guess < LoginDelay.MAX_DELAYED; guess++) {
            delayed.add(CompletableFuture.supplyAsync(() -> attempts.attempt(LOCAL, "admin", false)));
        }
        waiting.await();

        assertThat(attempts.attempt(LOCAL, "admin", true)).isEqualTo(new Throttled(LoginDelay.DELAY));
        assertThat(ofViewer.attempt(LOCAL, "viewer", true)).isEqualTo(new Right());

        over.countDown();
        assertThat(delayed).allSatisfy(guess -> assertThat(guess.join()).isEqualTo(new Wrong()));
    }

    @Test
    void anInterruptedDelayIsARefusal() {
        LoginAttempts attempts = attempts(NamedAccount.OPERATOR, time -> {
            throw new InterruptedException();
        });
        guess(attempts, LOCAL, 5);

        assertThat(attempts.attempt(LOCAL, "admin", true)).isInstanceOf(Throttled.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private LoginAttempts attempts(NamedAccount account, LoginDelay.Pause pause) {
        return new LoginAttempts(account, throttle, new LoginDelay(pause), meters);
    }

    private static void guess(LoginAttempts attempts, LoginSource source, int times) {
        for (int guess = 0; guess < times; guess++) {
            assertThat(attempts.attempt(source, "admin", false)).isEqualTo(new Wrong());
        }
    }

    private double count(String what) {
        return meters.get("mxhooks.logins." + what)
                .tag("account", "operator")
                .counter()
                .count();
    }

    private static void await(CyclicBarrier barrier) throws InterruptedException {
        try {
            barrier.await();
        } catch (java.util.concurrent.BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }
}
