package org.mxhooks.console;

import java.time.Duration;

/** How far back charts reach. */
enum ChartRange {
    HOUR(Duration.ofMinutes(2), 30),
    DAY(Duration.ofMinutes(30), 48);

    private final Duration step;
    private final int steps;

    ChartRange(Duration step, int steps) {
        this.step = step;
        this.steps = steps;
    }

    /** How long a period is: whole minutes. */
    Duration step() {
        return step;
    }

    /** How many periods there are. */
    int steps() {
        return steps;
    }

    Duration whole() {
        return step.multipliedBy(steps);
    }
}
