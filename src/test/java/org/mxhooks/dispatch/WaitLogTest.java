package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxhooks.CapturedLog;
import org.mxhooks.dispatch.WaitLog.WaitingWork;
import org.mxhooks.event.TryLater;

class WaitLogTest {

    private static final Failure LATER = Failure.of(new TryLater(Duration.ofSeconds(1), "board unavailable", null));

    private final AtomicLong time = new AtomicLong();
    private final WaitLog waits = new WaitLog("one", time::get);
    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void growsRarerWhileItLasts() {
        for (int second = 0; second < 24 * 3600; second++) {
            waits.waits(new WaitingWork(second % 32, 0), "delivery x", LATER);
            pass(Duration.ofSeconds(1));
        }

        assertThat(log.lines()).hasSizeBetween(20, 40);
        assertThat(log.lines().get(0))
                .contains("asked to retry delivery x later; waiting for", "board unavailable")
                .doesNotContain("paused");
        assertThat(log.lines().get(1)).contains("has been asking to retry", "PT1M", "board unavailable");
    }

    @Test
    void saysOnceThatNothingWaitsAnyMore() {
        waits.waits(new WaitingWork(1, 0), "delivery x", LATER);
        waits.waits(new WaitingWork(2, 7), "delivery y", LATER);
        waits.ended(new WaitingWork(1, 0), () -> "delivery x");
        waits.ended(new WaitingWork(3, 0), () -> "delivery z");
        assertThat(log.lines()).hasSize(1);

        pass(Duration.ofSeconds(90));
        waits.ended(new WaitingWork(2, 7), () -> "delivery y");
        waits.ended(new WaitingWork(2, 7), () -> "delivery y");

        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().get(1)).contains("stopped waiting", "PT1M30S", "delivery y");
    }

    @Test
    void isNotRepeatedByAConsumerThatChangesItsMind() {
        for (int i = 0; i < 50; i++) {
            waits.waits(new WaitingWork(1, 0), "delivery x", LATER);
            waits.ended(new WaitingWork(1, 0), () -> "delivery x");
            pass(Duration.ofSeconds(1));
        }

        assertThat(log.lines()).as("one begin, one end").hasSize(2);
    }

    @Test
    void forgetsLanesOfOtherNodes() {
        waits.waits(new WaitingWork(1, 0), "delivery x", LATER);
        waits.keep(Set.of(2));
        pass(Duration.ofMinutes(2));

        waits.waits(new WaitingWork(2, 0), "delivery y", LATER);

        assertThat(log.lines()).hasSize(2).allMatch(line -> line.contains("asked to retry"));
        assertThat(List.copyOf(log.lines()).get(1)).contains("delivery y");
    }

    private void pass(Duration duration) {
        time.addAndGet(duration.toNanos());
    }
}
