package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.mxhooks.inbox.AppendEffort;

class CallPaceTest {

    private static final int MUCH = 10_000;

    private AppendEffort effort = new AppendEffort(0, 0);
    private long now;
    private final CallPace pace = new CallPace(() -> effort, 2, () -> now);

    @Test
    void isOpenWhileLittleIsAccepted() {
        accept(1_000, Duration.ofMillis(100));

        assertThat(begun()).isEqualTo(MUCH);
    }

    @Test
    void leavesWhatAcceptingNeedsWhileTheWriterIsBusy() {
        accept(1_000, Duration.ofMillis(200));
        assertThat(begun()).isEqualTo(250);

        accept(2_000, Duration.ofMillis(250));
        assertThat(begun()).isEqualTo(500);
    }

    @Test
    void neverStops() {
        accept(0, Duration.ofMillis(250));

        assertThat(begun()).isEqualTo(25);
    }

    @Test
    void isOpenAgainWhenTheWriterIsIdle() {
        accept(1_000, Duration.ofMillis(250));
        begun();

        accept(0, Duration.ZERO);

        assertThat(begun()).isEqualTo(MUCH);
    }

    private void accept(long deliveries, Duration busy) {
        effort = new AppendEffort(effort.nanos() + busy.toNanos(), effort.deliveries() + deliveries);
        now += Duration.ofMillis(250).toNanos();
    }

    private int begun() {
        int begun = 0;
        while (begun < MUCH && pace.isOpen()) {
            pace.began();
            begun++;
        }
        return begun;
    }
}
