package org.mxhooks.ingest;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxhooks.CapturedLog;
import org.mxhooks.ingest.EndpointState.RefusedRequest;

class RefusalsTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    private final Refusals refusals = new Refusals("default", Clock.fixed(NOON, UTC), nanoTime::get);
    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void theFirstIsLoggedAtOnce() {
        refuse("it is wrong");

        assertThat(log.lines()).containsExactly(line(1));
        assertThat(refusals.latest()).hasValue(new RefusedRequest(NOON, "it is wrong"));
    }

    @Test
    void thoseOfTheNextSecondAreCountedAndLoggedWithTheFirstAfterIt() {
        IntStream.range(0, 5000).forEach(i -> refuse("it is wrong"));
        pass(Duration.ofMillis(999));
        refuse("it is wrong");
        pass(Duration.ofMillis(1));
        refuse("it is wrong");

        assertThat(log.lines()).containsExactly(line(1), line(5001));
        assertThat(refusals.count()).isEqualTo(5002);
    }

    @Test
    void theCauseIsFoundOnlyForALine() {
        refuse("it is wrong");
        refusals.add(() -> fail("asked for"));

        assertThat(log.lines()).hasSize(1);
        assertThat(refusals.count()).isEqualTo(2);
    }

    @Test
    void theLastCauseThatWasFoundIsKept() {
        refuse("it is wrong");
        pass(Duration.ofSeconds(1));
        refuse("it is wrong again");

        assertThat(refusals.latest().map(RefusedRequest::why)).hasValue("it is wrong again");
    }

    @Test
    void noneIsLostBetweenThreads() {
        IntStream.range(0, 10_000).parallel().forEach(i -> refuse("it is wrong"));
        pass(Duration.ofSeconds(1));
        refuse("it is wrong");

        assertThat(log.lines()).containsExactly(line(1), line(10_000));
        assertThat(refusals.count()).isEqualTo(10_001);
    }

    private void refuse(String why) {
        refusals.add(() -> why);
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    private static String line(int count) {
        return "Requests refused on endpoint default since the previous entry: %s. Latest: it is wrong"
                .formatted(count);
    }
}
