package org.mxhooks.dispatch.model;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** Every state that can be reached from one. */
final class Reachable<S> {

    private final Map<S, Integer> numbers = new HashMap<>();
    private final List<S> states = new ArrayList<>();

    /** For each state those that lead to it without a mishap. */
    private final List<List<Integer>> before = new ArrayList<>();

    private boolean wrong;

    /**
     * What may come next.
     *
     * @param to the next state; null where something is violated
     * @param mishap must not be needed for the work to go on
     */
    record Next<S>(S to, boolean mishap) {}

    Reachable(S initial, Function<S, List<Next<S>>> next) {
        number(initial);
        for (int current = 0; current < states.size() && !wrong; current++) {
            for (Next<S> each : next.apply(states.get(current))) {
                if (each.to() == null) {
                    wrong = true;
                } else {
                    int number = number(each.to());
                    if (!each.mishap()) {
                        before.get(number).add(current);
                    }
                }
            }
        }
    }

    private int number(S state) {
        return numbers.computeIfAbsent(state, unknown -> {
            states.add(state);
            before.add(new ArrayList<>());
            return states.size() - 1;
        });
    }

    int size() {
        return states.size();
    }

    /** Whether something was violated; the states are not complete then. */
    boolean isWrong() {
        return wrong;
    }

    /** Whether an end can be reached from everywhere without a mishap. */
    boolean canAllEnd(Predicate<S> isFinal) {
        BitSet ends = new BitSet();
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            if (isFinal.test(states.get(i))) {
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
