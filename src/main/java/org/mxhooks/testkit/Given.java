package org.mxhooks.testkit;

import java.util.List;

/** The payloads of a test. */
public final class Given {

    private final Delivered delivered;

    Given(CompanionNode node, List<Payload> payloads) {
        delivered = new Delivered(node, payloads);
    }

    public Delivered when() {
        return delivered;
    }
}
