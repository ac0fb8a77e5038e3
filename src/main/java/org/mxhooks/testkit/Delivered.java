package org.mxhooks.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The steps of a test. Each returns after all observers have completed. */
public final class Delivered {

    private final Companion companion;
    private final List<Payload> payloads;
    private final List<UUID> deliveries = new ArrayList<>();

    Delivered(Companion companion, List<Payload> payloads) {
        this.companion = companion;
        this.payloads = payloads;
    }

    /** The portal sends the payloads, one after the other. A repeated one is a duplicate: no consumer is notified. */
    public Delivered delivered() {
        deliveries.clear();
        payloads.forEach(payload -> deliveries.add(companion.accept(payload)));
        companion.step(node -> node.notifyOfPending());
        return this;
    }

    /**
     * All retry delays and all pauses of {@code TryLater} elapse: every parked or waiting event is retried once,
     * including those of earlier steps.
     */
    public Delivered retried() {
        companion.step(node -> node.skipDelays());
        return this;
    }

    /** An operator replays the deliveries to a consumer. */
    public Delivered replayedTo(String consumer) {
        companion.requireConsumer(consumer);
        deliveries.forEach(delivery -> companion.step(node -> node.replay(delivery, consumer)));
        return this;
    }

    /** The assertions, each about all deliveries of this {@code given}. */
    public Then then() {
        if (deliveries.isEmpty()) {
            throw new IllegalStateException("nothing was delivered: call delivered() before then()");
        }
        return new Then(this, companion, List.copyOf(deliveries));
    }
}
