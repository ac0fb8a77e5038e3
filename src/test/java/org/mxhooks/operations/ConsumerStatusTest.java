package org.mxhooks.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsumerStatusTest {

    @ParameterizedTest
    @CsvSource({
        "false, true, true, 1, 1, not-deployed",
        "true, true, true, 1, 1, paused",
        "true, false, true, 1, 1, waiting",
        "true, false, false, 1, 1, retrying",
        "true, false, false, 0, 1, dead-letters",
        "true, false, false, 0, 0, running"
    })
    void isTheFirstThatApplies(boolean deployed, boolean paused, boolean waits, int parked, int dead, String word) {
        assertThat(backlog(deployed, paused, waits, parked, dead).status(false)).hasToString(word);
    }

    @ParameterizedTest
    @CsvSource({
        "false, false, not-deployed",
        "true, true, paused",
        "true, false, waiting",
    })
    void ofASubscriptionWhoseSubscriberIsNotCalledIsWaiting(boolean deployed, boolean paused, String word) {
        assertThat(backlog(deployed, paused, false, 1, 1).status(true)).hasToString(word);
    }

    private static Backlog backlog(boolean deployed, boolean paused, boolean waits, int parked, int dead) {
        Optional<Waiting> waiting =
                waits ? Optional.of(new Waiting(1, Instant.EPOCH, Instant.EPOCH, "r", "m")) : Optional.empty();
        return new Backlog("c", 0, parked, 0, dead, Optional.empty(), paused, deployed, waiting);
    }
}
