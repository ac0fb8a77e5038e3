package org.mxhooks.dispatch;

/** A far end did not take a delivery, for a reason that needs no stack trace; also as the cause of what follows. */
public final class CallFailed extends Exception {

    private static final long serialVersionUID = 1;

    private final String reason;

    /**
     * @param reason in a few words, as {@code HTTP 500}: dead letters are grouped by it, so there are few different
     *     ones
     * @param message what happened
     */
    public CallFailed(String reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
