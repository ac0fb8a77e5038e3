package org.mxhooks.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What happens to deliveries; each step returns when every observer has come to its end. */
public final class Delivered {

    private final Companion companion;
    private final List<Payload> payloads;
    private final List<UUID> deliveries = new ArrayList<>();

    Delivered(Companion companion, List<Payload> payloads) {
        this.companion = companion;
        this.payloads = payloads;
    }

    /** They arrive, one after the other. What was delivered before is a duplicate, of which nobody is notified. */
    public Delivered delivered() {
        deliveries.clear();
        payloads.forEach(payload -> deliveries.add(companion.accept(payload)));
        companion.step(node -> node.notifyOfPending());
        return this;
    }

    /**
     * Every delay of what is parked, and every pause that {@code TryLater} asked for, is over: what waits is tried once
     * more, also what was given before these.
     */
    public Delivered triedAgain() {
        companion.step(node -> node.skipDelays());
        return this;
    }

    /** An operator has a consumer notified of them again. */
    public Delivered replayedTo(String consumer) {
        companion.knows(consumer);
        deliveries.forEach(delivery -> companion.step(node -> node.replay(delivery, consumer)));
        return this;
    }

    /** What came of it; asked of all deliveries of this {@code given} alike. */
    public Then then() {
        if (deliveries.isEmpty()) {
            throw new IllegalStateException("nothing was delivered yet: call delivered() first");
        }
        return new Then(this, companion, List.copyOf(deliveries));
    }
}
