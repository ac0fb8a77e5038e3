package org.mxhooks.process.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.mxhooks.journey.Operator;

/** The consumer of mxhooks that the API pauses, resumes and reports on. */
record FollowingMirror(Operator operator) {

    private static final String NAME = "mirror";
    private static final Duration LONG = Duration.ofMinutes(10);

    /** Also after the node was stopped for a while. */
    void awaitReady() {
        await().atMost(LONG)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> operator.ready().status() == 200);
    }

    void pause() {
        assertThat(operator.pauses(NAME).status() / 100).isEqualTo(2);
    }

    void resume() {
        assertThat(operator.resumes(NAME).status() / 100).isEqualTo(2);
    }

    void awaitDrained() {
        await().atMost(LONG).pollInterval(Duration.ofMillis(50)).until(() -> outstanding() == 0);
    }

    /** Deliveries that it has not dealt with; without a count of those of all other consumers. */
    private int outstanding() {
        JsonObject mirror = operator.asks("consumers/" + NAME).json();
        return mirror.getInt("pending") + mirror.getInt("parked") + mirror.getInt("dead");
    }
}
