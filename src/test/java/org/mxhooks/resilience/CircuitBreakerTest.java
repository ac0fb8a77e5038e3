package org.mxhooks.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.mxhooks.resilience.CircuitBreaker.Open;
import org.mxhooks.resilience.CircuitBreaker.Permit;

class CircuitBreakerTest {

    private static final Duration MIN_PAUSE = Duration.ofSeconds(2);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(30);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(40);

    private final AtomicLong time = new AtomicLong();
    private final CircuitBreaker breaker = new CircuitBreaker(MIN_PAUSE, MAX_PAUSE, PROBE_TIMEOUT, time::get);

    @Test
    void everybodyMaySendToABrokerThatIsThere() throws Open {
        assertThat(breaker.acquire().probe()).isFalse();
        assertThat(breaker.acquire().probe()).isFalse();
        breaker.succeeded("one");
        assertThat(breaker.acquire().probe()).isFalse();
    }

    @Test
    void nobodyMaySendBetweenAFailureAndTheNextProbe() throws Open {
        breaker.failed(breaker.acquire(), "connection refused");
        pass(Duration.ofMillis(500));

        assertThatThrownBy(breaker::acquire)
                .isInstanceOfSatisfying(
                        Open.class,
                        open -> assertThat(open.retryAfter())
                                .as("a second after the probe")
                                .isEqualTo(Duration.ofMillis(2_500)))
                .hasMessage("connection refused");
    }

    @Test
    void oneAtATimeProbes() throws Open {
        breaker.failed(breaker.acquire(), "connection refused");
        pass(MIN_PAUSE);

        assertThat(breaker.acquire().probe()).isTrue();
        pass(Duration.ofSeconds(10));
        assertThatThrownBy(breaker::acquire)
                .isInstanceOfSatisfying(
                        Open.class, open -> assertThat(open.retryAfter()).isEqualTo(MIN_PAUSE));
    }

    @Test
    void probesGrowRarer() throws Open {
        List<Long> seconds = new ArrayList<>();
        Duration next = breaker.failed(breaker.acquire(), "connection refused");
        for (int i = 0; i < 7; i++) {
            seconds.add(next.toSeconds());
            pass(next);
            next = breaker.failed(breaker.acquire(), "connection refused");
        }

        assertThat(seconds).containsExactly(2L, 4L, 8L, 16L, 30L, 30L, 30L);
    }

    @Test
    void sendsThatFailTogetherAreOneFailure() throws Open {
        List<Permit> inFlight = List.of(breaker.acquire(), breaker.acquire(), breaker.acquire());

        inFlight.forEach(
                permit -> assertThat(breaker.failed(permit, "connection reset")).isEqualTo(MIN_PAUSE));

        pass(MIN_PAUSE);
        assertThat(breaker.acquire().probe()).isTrue();
    }

    @Test
    void everybodyMaySendOnceItRecovered() throws Open {
        breaker.failed(breaker.acquire(), "connection refused");
        pass(MIN_PAUSE);
        breaker.failed(breaker.acquire(), "connection refused");
        pass(MIN_PAUSE.multipliedBy(2));
        breaker.acquire();
        breaker.succeeded("one");

        assertThat(breaker.acquire().probe()).isFalse();
        assertThat(breaker.acquire().probe()).isFalse();
        assertThat(breaker.failed(breaker.acquire(), "again"))
                .as("pauses begin anew")
                .isEqualTo(MIN_PAUSE);
    }

    @Test
    void anotherProbesWhereOneDoesNotReturn() throws Open {
        breaker.failed(breaker.acquire(), "connection refused");
        pass(MIN_PAUSE);
        breaker.acquire();
        pass(PROBE_TIMEOUT);

        assertThat(breaker.acquire().probe()).isTrue();
    }

    @Test
    void aSubjectIsToBlameOnceAnotherWasAccepted() throws Open {
        assertThat(breaker.refused(breaker.acquire(), "one", "too large")).contains(MIN_PAUSE);
        breaker.succeeded("another");

        assertThat(breaker.refused(breaker.acquire(), "one", "too large")).isEmpty();
        assertThat(breaker.acquire().probe()).as("open for others").isFalse();
    }

    @Test
    void aSubjectThatWasAcceptedIsNotSuspectAnyMore() throws Open {
        breaker.refused(breaker.acquire(), "one", "connection reset");
        breaker.succeeded("another");
        breaker.succeeded("one");

        assertThat(breaker.refused(breaker.acquire(), "one", "connection reset"))
                .contains(MIN_PAUSE);
    }

    @Test
    void noSubjectIsToBlameForWhatWasOutOfReach() throws Open {
        breaker.refused(breaker.acquire(), "one", "connection reset");
        breaker.succeeded("another");
        breaker.failed(breaker.acquire(), "connection refused");
        pass(MIN_PAUSE);

        assertThat(breaker.refused(breaker.acquire(), "one", "connection reset"))
                .contains(MIN_PAUSE);
    }

    @Test
    void twoSubjectsRefusedAreTheFarEndsFailure() throws Open {
        breaker.refused(breaker.acquire(), "one", "disk full");
        breaker.refused(breaker.acquire(), "another", "disk full");

        assertThatThrownBy(breaker::acquire).isInstanceOf(Open.class).hasMessage("disk full");
        pass(MIN_PAUSE);
        assertThat(breaker.refused(breaker.acquire(), "one", "disk full"))
                .as("probed by another subject than the last one")
                .contains(MIN_PAUSE.multipliedBy(2));
    }

    @Test
    void oneSubjectRefusedAgainAndAgainIsNobodyElsesFailure() throws Open {
        List<Optional<Duration>> pauses = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            pauses.add(breaker.refused(breaker.acquire(), "one", "too large"));
        }

        assertThat(breaker.acquire().probe()).isFalse();
        assertThat(pauses)
                .as("to blame in the end, since nobody else calls")
                .extracting(pause -> pause.map(Duration::toSeconds).orElse(0L))
                .containsExactly(2L, 4L, 8L, 16L, 0L);
    }

    @Test
    void twoSubjectsToBlameAreNobodyElsesFailure() throws Open {
        breaker.refused(breaker.acquire(), "one", "too large");
        breaker.succeeded("good");
        breaker.refused(breaker.acquire(), "another", "too large");
        breaker.succeeded("good");
        breaker.refused(breaker.acquire(), "one", "too large");
        breaker.refused(breaker.acquire(), "another", "too large");

        assertThat(breaker.acquire().probe()).isFalse();
    }

    @Test
    void aRefusedProbeLetsAnotherSubjectProbeAtOnce() throws Open {
        breaker.failed(breaker.acquire(), "connection refused");
        pass(MIN_PAUSE);
        breaker.refused(breaker.acquire(), "one", "too large");

        assertThat(breaker.acquire().probe()).isTrue();
        assertThatThrownBy(breaker::acquire).as("one at a time").isInstanceOf(Open.class);
    }

    private void pass(Duration duration) {
        time.addAndGet(duration.toNanos());
    }
}
