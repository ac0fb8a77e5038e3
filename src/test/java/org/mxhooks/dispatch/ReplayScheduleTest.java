package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ReplayScheduleTest {

    @Test
    void aTurnThatCannotBeMadeHasNotBegun() {
        ReplaySchedule schedule = new ReplaySchedule();
        schedule.signal();

        assertThatThrownBy(() -> schedule.begin(pass -> {
                    throw new OutOfMemoryError("failed on purpose");
                }))
                .isInstanceOf(OutOfMemoryError.class);

        assertThat(schedule.isReady()).isTrue();
    }
}
