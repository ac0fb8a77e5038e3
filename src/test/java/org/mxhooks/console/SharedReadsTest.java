package org.mxhooks.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedReadsTest {

    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger queries = new AtomicInteger();
    private final SharedReads reads = new SharedReads();

    SharedReadsTest() {
        reads.nanoTime = now::get;
    }

    @Test
    void readsAViewOnceASecondHoweverManyLook() {
        assertThat(look("board")).isEqualTo(1);
        now.addAndGet(SECOND - 1);
        assertThat(look("board")).isEqualTo(1);
        assertThat(look("another")).isEqualTo(2);
        now.addAndGet(1);
        assertThat(look("board")).isEqualTo(3);
    }

    @Test
    void readsASlowViewLessOften() {
        reads.read("slow", () -> now.addAndGet(SECOND));
        now.addAndGet(4 * SECOND - 1);
        look("slow");
        assertThat(queries).hasValue(0);
        now.addAndGet(1);
        assertThat(look("slow")).isEqualTo(1);
        reads.read("slower", () -> now.addAndGet(100 * SECOND));
        now.addAndGet(15 * SECOND);
        assertThat(look("slower")).as("a quarter of a minute is the longest").isEqualTo(2);
    }

    @Test
    void sharesAFailureForASecond() {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> reads.read("broken", () -> {
                        queries.incrementAndGet();
                        throw new IllegalStateException("broken");
                    }))
                    .hasMessage("broken");
        }
        assertThat(queries).hasValue(1);
        now.addAndGet(SECOND);
        assertThat(look("broken")).isEqualTo(2);
    }

    @Test
    void keepsFewViews() {
        assertThat(look("first")).isEqualTo(1);
        IntStream.range(0, SharedReads.MAX_VIEWS).forEach(i -> look("view " + i));

        assertThat(look("view " + (SharedReads.MAX_VIEWS - 1))).isEqualTo(SharedReads.MAX_VIEWS + 1);
        assertThat(look("first")).isEqualTo(SharedReads.MAX_VIEWS + 2);
    }

    private int look(String view) {
        return reads.read(view, () -> (Number) queries.incrementAndGet()).intValue();
    }
}
