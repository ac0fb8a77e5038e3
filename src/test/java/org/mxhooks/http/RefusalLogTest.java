package org.mxhooks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxhooks.CapturedLog;

class RefusalLogTest {

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    private final RefusalLog refusals = new RefusalLog(nanoTime::get);
    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void theFirstRefusalIsToldAtOnce() {
        refuse("default");

        assertThat(log.lines()).containsExactly(line("default", 1));
    }

    @Test
    void thoseOfTheNextSecondAreCountedAndToldWithTheFirstAfterIt() {
        IntStream.range(0, 5000).forEach(i -> refuse("default"));
        pass(Duration.ofMillis(999));
        refuse("default");
        pass(Duration.ofMillis(1));
        refuse("default");

        assertThat(log.lines()).containsExactly(line("default", 1), line("default", 5001));
    }

    @Test
    void eachEndpointHasItsLines() {
        refuse("default");
        refuse("other");
        refuse("default");

        assertThat(log.lines()).containsExactly(line("default", 1), line("other", 1));
    }

    @Test
    void theReasonIsFoundOnlyForALine() {
        refuse("default");
        refusals.refused("default", () -> fail("asked for"));

        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void noneIsLostBetweenThreads() {
        IntStream.range(0, 10_000).parallel().forEach(i -> refuse("default"));
        pass(Duration.ofSeconds(1));
        refuse("default");

        assertThat(log.lines()).containsExactly(line("default", 1), line("default", 10_000));
    }

    private void refuse(String endpoint) {
        refusals.refused(endpoint, () -> "it is wrong");
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    private static String line(String endpoint, int count) {
        return "Requests refused on endpoint %s since the last such line: %d. The latest: it is wrong"
                .formatted(endpoint, count);
    }
}
