package org.mxhooks.relay;

/** Subscriptions cannot be created or changed, because their key is missing or another one. */
public final class RelayUnavailable extends Exception {

    private static final long serialVersionUID = 1;

    RelayUnavailable(String message) {
        super(message);
    }
}
