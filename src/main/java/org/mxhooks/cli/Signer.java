package org.mxhooks.cli;

import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.mxhooks.signature.HmacKey;
import org.mxhooks.signature.Message;
import org.mxhooks.signature.Scheme;

/**
 * Signs as the sender of an endpoint's deliveries does.
 *
 * @param scheme of the endpoint
 * @param key of its secret
 * @param clock that signed times are read from
 */
record Signer(Scheme scheme, HmacKey key, InstantSource clock) {

    /** The headers of a delivery, its signature among them. */
    Map<String, String> sign(Message message) {
        return scheme.sign(message, key, clock);
    }

    /** An id for a delivery, as the sender would make it. */
    String messageId() {
        return scheme.messageId(UUID.randomUUID());
    }
}
