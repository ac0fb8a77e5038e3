package org.mxhooks.dispatch.model;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the log of one lane holds, and what the world may do to its two nodes.
 *
 * @param resources a letter for each event, positions count from 1
 * @param mishaps how many may happen in sum
 * @param mishapsThatHappen which
 */
public record Scenario(
        String resources,
        List<Behaviour> behaviours,
        int mishaps,
        Set<Mishap> mishapsThatHappen,
        Set<Weakness> weaknesses) {

    /** @param behaviours like the resources, a character for each event: see {@link Behaviour} */
    public static Scenario of(String resources, String behaviours, int mishaps) {
        return new Scenario(
                resources,
                behaviours.chars().mapToObj(Behaviour::of).toList(),
                mishaps,
                EnumSet.allOf(Mishap.class),
                Set.of());
    }

    public Scenario with(Weakness... weaker) {
        return new Scenario(resources, behaviours, mishaps, mishapsThatHappen, Set.of(weaker));
    }

    public Scenario withOnly(Mishap mishap) {
        return new Scenario(resources, behaviours, mishaps, Set.of(mishap), weaknesses);
    }

    public int end() {
        return resources.length();
    }

    Behaviour behaviour(int event) {
        return behaviours.get(event - 1);
    }

    public boolean sameResource(int event, int other) {
        return resources.charAt(event - 1) == resources.charAt(other - 1);
    }

    public IntStream events() {
        return IntStream.rangeClosed(1, end());
    }

    public boolean has(Weakness weakness) {
        return weaknesses.contains(weakness);
    }
}
