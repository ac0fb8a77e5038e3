package org.mxhooks.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {

    private static final int MEGABYTE = 1024 * 1024;

    private final ByteBudget budget = new ByteBudget(64 * MEGABYTE);

    @Test
    void aCrowdOfLargeRequestsLeavesRoomForOrdinaryOnes() {
        List<ByteBudget.Share> crowd = new ArrayList<>();
        ByteBudget.Share next = budget.open();
        while (next.take(MEGABYTE)) {
            crowd.add(next);
            next = budget.open();
        }

        assertThat(crowd).hasSize(48);
        for (int ordinary = 0; ordinary < 128; ordinary++) {
            assertThat(budget.open().take(ByteBudget.SMALL)).isTrue();
        }
        assertThat(budget.open().take(1)).isFalse();
    }

    @Test
    void whatIsRefusedTakesNothing() {
        ByteBudget.Share share = budget.open();

        assertThat(share.take(49 * MEGABYTE)).isFalse();
        assertThat(budget.used()).isZero();
    }

    @Test
    void closingTwiceGivesBackOnce() {
        ByteBudget.Share share = budget.open();
        share.take(5);
        budget.open().take(7);

        share.close();
        share.close();

        assertThat(budget.used()).isEqualTo(7);
    }

    @Test
    void nothingIsLostBetweenThreads() {
        IntStream.range(0, 100_000).parallel().forEach(i -> {
            try (ByteBudget.Share share = budget.open()) {
                share.take(MEGABYTE);
                share.take(2 * MEGABYTE);
                share.giveBack(MEGABYTE / 2);
            }
        });

        assertThat(budget.used()).isZero();
    }

    @Test
    void isAnEighthOfTheHeapAndAtMost64MegabytesButEnoughForTheLargestBody() {
        assertThat(total(256, 1)).isEqualTo(32L * MEGABYTE);
        assertThat(total(512, 1)).isEqualTo(64L * MEGABYTE);
        assertThat(total(8192, 1)).isEqualTo(64L * MEGABYTE);
        assertThat(total(512, 100)).isGreaterThan(300L * MEGABYTE);
    }

    private static long total(long heap, int maxBody) {
        return ByteBudget.of(heap * MEGABYTE, maxBody * MEGABYTE).total();
    }
}
