package org.mxhooks.relay;

import java.util.List;

/** A subscription that cannot be, with all reasons. */
public final class InvalidSubscription extends Exception {

    private static final long serialVersionUID = 1;

    InvalidSubscription(List<String> problems) {
        super(String.join(" ", problems));
    }
}
