package org.mxhooks.dispatch.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Visits every state that can be reached, breadth first, so that the trace of a violation is a shortest one. */
final class Explorer {

    private final Scenario scenario;
    private final Map<World, Integer> numbers = new HashMap<>();
    private final List<World> worlds = new ArrayList<>();
    private final List<Integer> from = new ArrayList<>();
    private final List<String> by = new ArrayList<>();
    /** For each state those that lead to it without a mishap. */
    private final List<List<Integer>> before = new ArrayList<>();

    /**
     * @param states how many were visited
     * @param violation the first one, if any
     * @param trace what led to it
     */
    record Findings(int states, Optional<Violation> violation, List<String> trace) {}

    private Explorer(Scenario scenario) {
        this.scenario = scenario;
    }

    static Findings explore(Scenario scenario) {
        return new Explorer(scenario).explore();
    }

    private Findings explore() {
        number(World.initial(scenario), -1, "");
        for (int current = 0; current < worlds.size(); current++) {
            World world = worlds.get(current);
            Optional<Violation> violation = world.violation(scenario);
            if (violation.isPresent()) {
                return findings(violation, current);
            }
            for (Steps.Step step : Steps.from(world, scenario)) {
                int next = number(step.to(), current, step.what());
                if (!step.mishap()) {
                    before.get(next).add(current);
                }
            }
        }
        int stuck = firstThatCannotEnd();
        return stuck < worlds.size()
                ? findings(Optional.of(Violation.STUCK), stuck)
                : new Findings(worlds.size(), Optional.empty(), List.of());
    }

    private int number(World world, int previous, String step) {
        Integer known = numbers.putIfAbsent(world, worlds.size());
        if (known != null) {
            return known;
        }
        worlds.add(world);
        from.add(previous);
        by.add(step);
        before.add(new ArrayList<>(2));
        return worlds.size() - 1;
    }

    private int firstThatCannotEnd() {
        BitSet ends = new BitSet();
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < worlds.size(); i++) {
            if (worlds.get(i).isFinal(scenario)) {
                ends.set(i);
                open.add(i);
            }
        }
        while (!open.isEmpty()) {
            for (int previous : before.get(open.remove())) {
                if (!ends.get(previous)) {
                    ends.set(previous);
                    open.add(previous);
                }
            }
        }
        return ends.nextClearBit(0);
    }

    private Findings findings(Optional<Violation> violation, int state) {
        List<String> trace = new ArrayList<>();
        for (int i = state; i > 0; i = from.get(i)) {
            trace.add(by.get(i));
        }
        Collections.reverse(trace);
        return new Findings(worlds.size(), violation, trace);
    }
}
