package org.mxhooks.dispatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxhooks.dispatch.model.SharedTurn.Next;
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

    /** Visits every state that can be reached. */
    private String explored(SharedTurn model, int mishaps) {
        Map<State, Integer> numbers = new HashMap<>();
        List<State> states = new ArrayList<>();
        List<List<Integer>> before = new ArrayList<>();
        number(State.initial(mishaps), numbers, states, before);
        for (int current = 0; current < states.size(); current++) {
            for (Next next : model.from(states.get(current))) {
                if (next.to() == null) {
                    return WRONG;
                }
                int number = number(next.to(), numbers, states, before);
                if (!next.mishap()) {
                    before.get(number).add(current);
                }
            }
        }
        visited = states.size();
        return canAllEnd(states, before) ? SOUND : STUCK;
    }

    private static int number(
            State state, Map<State, Integer> numbers, List<State> states, List<List<Integer>> before) {
        return numbers.computeIfAbsent(state, unknown -> {
            states.add(state);
            before.add(new ArrayList<>());
            return states.size() - 1;
        });
    }

    private static boolean canAllEnd(List<State> states, List<List<Integer>> before) {
        BitSet ends = new BitSet();
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            if (states.get(i).isFinal()) {
                ends.set(i);
                open.add(i);
            }
        }
        while (!open.isEmpty()) {
            for (int previous : before.get(open.remove(open.size() - 1))) {
                if (!ends.get(previous)) {
                    ends.set(previous);
                    open.add(previous);
                }
            }
        }
        return ends.nextClearBit(0) == states.size();
    }
}
