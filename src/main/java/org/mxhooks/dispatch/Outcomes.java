package org.mxhooks.dispatch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts how notifications of a consumer end on this node, replays too; what is repeated counts each time. */
final class Outcomes {

    private final Counter done;
    private final Counter failed;
    private final Counter dead;
    private final Counter later;

    Outcomes(String consumer, MeterRegistry meters) {
        done = counter(consumer, "done", meters);
        failed = counter(consumer, "failed", meters);
        dead = counter(consumer, "dead", meters);
        later = counter(consumer, "later", meters);
    }

    /** So many were committed. */
    void done(int events) {
        done.increment(events);
    }

    /** One failed; it is tried again, put off, or dead. */
    void failed(Failure failure, boolean isDead) {
        if (isDead) {
            dead.increment();
        } else if (failure.pause().isPresent()) {
            later.increment();
        } else {
            failed.increment();
        }
    }

    private static Counter counter(String consumer, String outcome, MeterRegistry meters) {
        return Counter.builder("mxhooks.consumer.outcomes")
                .description(
                        "How notifications ended: done; failed, to be tried again; dead; later, as the consumer asked")
                .tag("consumer", consumer)
                .tag("outcome", outcome)
                .register(meters);
    }
}
