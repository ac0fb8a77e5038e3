package org.mxhooks.signature;

import java.util.Optional;

/** Headers of the Standard Webhooks specification. The signature covers the first two, and the body. */
enum StandardHeader {
    /** The message's id, the same on a retry. */
    ID("webhook-id"),
    /** When the message was sent: seconds since the epoch. */
    TIMESTAMP("webhook-timestamp"),
    /** A list of signatures, separated by spaces. */
    SIGNATURE("webhook-signature");

    private final String text;

    StandardHeader(String text) {
        this.text = text;
    }

    /** The name as the specification writes it. */
    String text() {
        return text;
    }

    /** The value in a request. */
    Optional<String> in(RequestHeaders headers) {
        return headers.value(text);
    }
}
