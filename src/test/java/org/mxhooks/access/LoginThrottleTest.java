package org.mxhooks.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mxhooks.access.LoginThrottle.MAX_FAILURES;
import static org.mxhooks.access.LoginThrottle.MAX_FAILURES_OF_NETWORK;
import static org.mxhooks.access.LoginThrottle.MAX_NETWORKS;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mxhooks.access.LoginThrottle.LoginResult;
import org.mxhooks.access.LoginThrottle.LoginSource;
import org.mxhooks.access.LoginThrottle.Name;
import org.mxhooks.access.LoginThrottle.Right;
import org.mxhooks.access.LoginThrottle.Throttled;
import org.mxhooks.access.LoginThrottle.Wrong;
import org.mxhooks.settings.Network;

class LoginThrottleTest {

    private static final LoginSource HERE = source("192.0.2.7");
    private static final LoginSource ELSEWHERE = source("192.0.2.8");
    private static final LoginSource LOCAL = new LoginSource(network("127.0.0.0"), true);

    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(30).toNanos());
    private final LoginThrottle throttle = new LoginThrottle(now::get);

    @Test
    void fiveFailuresCloseAnAccountToTheirNetworkForAMinute() {
        fail(HERE, "admin", MAX_FAILURES);

        assertThat(attempt(HERE, "admin", true)).isEqualTo(new Throttled(Duration.ofMinutes(1)));
        passes(59);
        assertThat(attempt(HERE, "admin", true)).isEqualTo(new Throttled(Duration.ofSeconds(1)));
        passes(1);
        assertThat(attempt(HERE, "admin", true)).isEqualTo(new Right());
    }

    @Test
    void theyCloseNothingElse() {
        fail(HERE, "admin", MAX_FAILURES);

        assertThat(attempt(ELSEWHERE, "admin", true)).isEqualTo(new Right());
        assertThat(attempt(HERE, "viewer", true)).isEqualTo(new Right());
        assertThat(attempt(new LoginSource(HERE.network(), true), "admin", true))
                .isEqualTo(new Right());
        assertThat(attempt(HERE, "admin", true)).isInstanceOf(Throttled.class);
    }

    @Test
    void guessesWhileClosedDoNotKeepItClosed() {
        fail(HERE, "admin", MAX_FAILURES);
        for (int second = 0; second < 60; second++) {
            assertThat(attempt(HERE, "admin", false)).isInstanceOf(Throttled.class);
            passes(1);
        }

        assertThat(attempt(HERE, "admin", true)).isEqualTo(new Right());
    }

    @Test
    void failuresAreForgottenAMinuteAfterTheFirst() {
        for (int guess = 0; guess < 100; guess++) {
            assertThat(attempt(HERE, "admin", false)).as("guess %s", guess).isEqualTo(new Wrong());
            passes(15);
        }
    }

    @Test
    void aMinuteHasNoMoreThanFiveGuesses() {
        int wrong = 0;
        for (int second = 0; second < 3600; second++) {
            wrong += attempt(HERE, "admin", false) instanceof Wrong ? 1 : 0;
            passes(1);
        }

        assertThat(wrong).isLessThanOrEqualTo(60 * MAX_FAILURES);
    }

    @Test
    void aRightPasswordClearsItsOwnCountOnly() {
        fail(HERE, "admin", MAX_FAILURES - 1);
        fail(HERE, "viewer", MAX_FAILURES - 1);
        fail(ELSEWHERE, "admin", MAX_FAILURES - 1);

        assertThat(attempt(HERE, "admin", true)).isEqualTo(new Right());

        fail(HERE, "viewer", 1);
        fail(ELSEWHERE, "admin", 1);
        fail(HERE, "admin", MAX_FAILURES - 1);
        assertThat(attempt(HERE, "viewer", true)).isInstanceOf(Throttled.class);
        assertThat(attempt(ELSEWHERE, "admin", true)).isInstanceOf(Throttled.class);
        assertThat(attempt(HERE, "admin", true)).isEqualTo(new Right());
    }

    @Test
    void guessesSentAtOnceAreAllCounted() throws Exception {
        int threads = 32;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        List<Callable<LoginResult>> guesses = IntStream.range(0, 2_000)
                .<Callable<LoginResult>>mapToObj(
                        guess -> () -> guess % 2 == 0 ? attempt(HERE, "admin", false) : attempt(HERE, "viewer", true))
                .toList();
        int wrong = 0;
        for (Future<LoginResult> outcome : executor.invokeAll(guesses)) {
            wrong += outcome.get() instanceof Wrong ? 1 : 0;
        }
        executor.shutdown();

        assertThat(wrong).isEqualTo(MAX_FAILURES);
    }

    @Test
    void twentyFailuresUnderManyNamesCloseANetwork() {
        for (int guess = 0; guess < MAX_FAILURES_OF_NETWORK; guess++) {
            assertThat(attempt(HERE, "name " + guess, false)).isEqualTo(new Wrong());
        }

        assertThat(attempt(HERE, "admin", true)).isEqualTo(new Throttled(Duration.ofMinutes(1)));
        assertThat(attempt(HERE, "another", false)).isEqualTo(new Throttled(Duration.ofMinutes(1)));
        assertThat(attempt(ELSEWHERE, "admin", true)).isEqualTo(new Right());
        passes(60);
        assertThat(attempt(HERE, "admin", true)).isEqualTo(new Right());
    }

    @Test
    void aRightPasswordDoesNotClearTheNetworksCount() {
        for (int guess = 0; guess < MAX_FAILURES_OF_NETWORK; guess++) {
            fail(HERE, "name " + guess, 1);
            attempt(HERE, "viewer", true);
        }

        assertThat(attempt(HERE, "viewer", true)).isInstanceOf(Throttled.class);
    }

    @Test
    void onTheMachineItselfOtherNamesCloseNoAccount() {
        for (int guess = 0; guess < 1_000; guess++) {
            throttle.attempt(LOCAL, new Name("name " + guess, false), false);
        }
        fail(LOCAL, "admin", MAX_FAILURES);

        assertThat(throttle.attempt(LOCAL, new Name("another", false), false)).isInstanceOf(Throttled.class);
        assertThat(attempt(LOCAL, "admin", true)).isInstanceOf(Throttled.class);
        assertThat(attempt(LOCAL, "viewer", true)).isEqualTo(new Right());
    }

    @Test
    void aDelayedPasswordIsCountedWithoutARefusal() {
        fail(LOCAL, "admin", MAX_FAILURES);

        assertThat(throttle.count(LOCAL, new Name("admin", true), false)).isEqualTo(new Wrong());
        assertThat(attempt(LOCAL, "admin", true)).isInstanceOf(Throttled.class);
        assertThat(throttle.count(LOCAL, new Name("admin", true), true)).isEqualTo(new Right());
        assertThat(attempt(LOCAL, "admin", true)).isEqualTo(new Right());
    }

    @Test
    void toBeForgottenTakesGuessesFromAsManyNetworksAsAreRemembered() {
        fail(HERE, "admin", MAX_FAILURES);
        for (int other = 1; other < MAX_NETWORKS; other++) {
            fail(source("10.%s.%s.1".formatted(other / 256, other % 256)), "admin", 1);
        }
        assertThat(attempt(HERE, "admin", true)).isInstanceOf(Throttled.class);

        fail(source("10.255.255.1"), "admin", 1);
        assertThat(attempt(HERE, "admin", true)).isEqualTo(new Right());
    }

    @Test
    void theNetworksThatFailedLastAreRemembered() {
        fail(HERE, "admin", 1);
        for (int other = 1; other < MAX_NETWORKS; other++) {
            fail(source("10.%s.%s.1".formatted(other / 256, other % 256)), "admin", 1);
        }
        fail(HERE, "admin", MAX_FAILURES - 1);

        fail(source("10.255.255.1"), "admin", 1);

        assertThat(attempt(HERE, "admin", true)).isInstanceOf(Throttled.class);
    }

    @Test
    void theMinuteBeginsWithTheLastOfTheFailures() {
        fail(HERE, "admin", MAX_FAILURES - 1);
        passes(50);
        fail(HERE, "admin", 1);

        assertThat(attempt(HERE, "admin", true)).isEqualTo(new Throttled(Duration.ofMinutes(1)));
    }

    @Test
    void namesOfAnyLengthCostLittle() {
        String name = "x".repeat(4_000);

        assertThat(new Name(name, false).user()).hasSize(64);
    }

    private void fail(LoginSource source, String user, int times) {
        for (int guess = 0; guess < times; guess++) {
            assertThat(attempt(source, user, false)).isEqualTo(new Wrong());
        }
    }

    private LoginResult attempt(LoginSource source, String user, boolean right) {
        return throttle.attempt(source, new Name(user, true), right);
    }

    private void passes(int seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private static LoginSource source(String address) {
        return new LoginSource(network(address), false);
    }

    private static Network network(String address) {
        return Network.of(Network.address(address).orElseThrow(), 32);
    }
}
