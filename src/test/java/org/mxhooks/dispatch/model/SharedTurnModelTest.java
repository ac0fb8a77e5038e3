package org.mxhooks.dispatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxhooks.dispatch.model.SharedTurn.Omission;
import org.mxhooks.dispatch.model.SharedTurn.State;

class SharedTurnModelTest {

    private static final String SOUND = "every effect once and in order, and nothing stuck";
    private static final String WRONG = "an effect doubled, or before an earlier one";
    private static final String STUCK = "work that cannot go on";

    private int visited;

    @Test
    void nothingIsLostDoubledOutOfOrderOrStuck() {
        assertThat(explored(new SharedTurn(Set.of()), 2)).isEqualTo(SOUND);
        assertThat(visited).isGreaterThan(10_000);
    }

    @ParameterizedTest
    @CsvSource({
        "DEMAND_OF_EACH_LANE, " + WRONG,
        "DEMAND_OF_THE_POSITION, " + WRONG,
        "ORDER_OF_LANES, " + STUCK,
        "POSITIONS_BEFORE_THE_FAILURE, " + STUCK,
    })
    void eachConditionIsNeeded(Omission without, String violation) {
        assertThat(explored(new SharedTurn(Set.of(without)), 2)).startsWith(violation);
    }

    private String explored(SharedTurn model, int mishaps) {
        Reachable<State> reachable = new Reachable<>(State.initial(mishaps), model::from);
        visited = reachable.size();
        if (reachable.isWrong()) {
            return WRONG;
        }
        return reachable.canAllEnd(State::isFinal) ? SOUND : STUCK;
    }
}
