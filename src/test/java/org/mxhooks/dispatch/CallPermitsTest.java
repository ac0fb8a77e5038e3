package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mxhooks.dispatch.CallPermits.ConsumerPermits;

class CallPermitsTest {

    private static final int MANY = 1_000;

    private final CallPermits permits = new CallPermits();

    @Test
    void aConsumerHasOneForEachLane() {
        assertThat(taken(permits.new ConsumerPermits(), false, true)).isEqualTo(32);
    }

    @Test
    void aSlowOneHasFew() {
        assertThat(taken(permits.new ConsumerPermits(), true, true)).isEqualTo(4);
    }

    @Test
    void oneIsAlwaysFree() {
        int first = 0;
        for (int i = 0; i < MANY; i++) {
            first += permits.new ConsumerPermits().take(false, false) ? 1 : 0;
            taken(permits.new ConsumerPermits(), false, true);
        }

        assertThat(first).isEqualTo(MANY);
    }

    @Test
    void thereIsOneWhereBodiesLeaveNoRoom() {
        assertThat(taken(permits.new ConsumerPermits(), false, false)).isOne();
    }

    @Test
    void thoseThatAreSlowLeaveHalfToTheOthers() {
        int slow = 0;
        for (int i = 0; i < MANY; i++) {
            slow += taken(permits.new ConsumerPermits(), true, true);
        }

        assertThat(slow).isEqualTo(MANY + 128);
        assertThat(taken(permits.new ConsumerPermits(), false, true)).isEqualTo(32);
    }

    @Test
    void whatIsGivenBackIsFreeAgain() {
        ConsumerPermits one = permits.new ConsumerPermits();
        for (int i = 0; i < MANY; i++) {
            int taken = taken(one, false, true);
            IntStream.range(0, taken).forEach(each -> one.giveBack());
            assertThat(taken).isEqualTo(32);
            assertThat(one.isIdle()).isTrue();
        }
    }

    private static int taken(ConsumerPermits of, boolean slow, boolean room) {
        int taken = 0;
        while (of.take(slow, room)) {
            taken++;
        }
        return taken;
    }
}
