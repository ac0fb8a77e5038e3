package org.mxhooks.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OncePerSecondTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 500_000_000);
    private final OncePerSecond lines = new OncePerSecond(now::get);

    @Test
    void aLineStandsForAllSinceTheLast() {
        assertThat(lines.count()).hasValue(1);
        assertThat(lines.count()).isEmpty();
        now.addAndGet(999_999_999);
        assertThat(lines.count()).isEmpty();
        now.addAndGet(1);
        assertThat(lines.count()).hasValue(3);
        assertThat(lines.count()).isEmpty();
    }
}
