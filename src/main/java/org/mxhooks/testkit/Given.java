package org.mxhooks.testkit;

import java.util.List;

/** The payloads of a test. */
public final class Given {

    private final Delivered delivered;

    Given(Companion companion, List<Payload> payloads) {
        delivered = new Delivered(companion, payloads);
    }

    public Delivered when() {
        return delivered;
    }
}
