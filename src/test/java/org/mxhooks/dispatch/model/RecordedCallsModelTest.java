package org.mxhooks.dispatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mxhooks.dispatch.model.RecordedCalls.Omission;
import org.mxhooks.dispatch.model.RecordedCalls.State;

class RecordedCallsModelTest {

    private static final int MISHAPS = 2;

    @Test
    void nothingIsPassedRecordedTwiceCalledEarlyOrStuck() {
        Reachable<State> reachable = explored(Set.of());

        assertThat(reachable.isWrong()).isFalse();
        assertThat(reachable.canAllEnd(State::isFinal)).isTrue();
        assertThat(reachable.size()).isGreaterThan(5_000);
    }

    @ParameterizedTest
    @EnumSource
    void eachConditionIsNeeded(Omission without) {
        Reachable<State> reachable = explored(Set.of(without));

        assertThat(reachable.isWrong() || !reachable.canAllEnd(State::isFinal)).isTrue();
    }

    private static Reachable<State> explored(Set<Omission> without) {
        RecordedCalls model = new RecordedCalls(without);
        return new Reachable<>(State.initial(MISHAPS), model::from);
    }
}
