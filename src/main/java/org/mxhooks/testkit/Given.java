package org.mxhooks.testkit;

import java.util.List;

/** What the portal is going to send. */
public final class Given {

    private final Delivered delivered;

    Given(Companion companion, List<Payload> payloads) {
        delivered = new Delivered(companion, payloads);
    }

    public Delivered when() {
        return delivered;
    }
}
