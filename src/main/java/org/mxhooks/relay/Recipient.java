package org.mxhooks.relay;

import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.signature.Message;
import org.mxhooks.signature.Scheme;
import org.mxhooks.signature.Schemes;

/** A subscription with what it keeps secret: who a delivery is sent to, and how. */
record Recipient(Subscription subscription, Confidential confidential) {

    /** The same for each attempt at a delivery, but for the time where the scheme signs one. */
    SignedCall call(UUID delivery, Optional<String> category, byte[] body, String userAgent) {
        Map<String, String> headers = new LinkedHashMap<>(confidential.headers());
        headers.put("User-Agent", userAgent);
        Scheme scheme = Schemes.of(subscription.content().format());
        String id = scheme.isBodyIdentity() ? delivery.toString() : scheme.messageId(delivery);
        headers.putAll(
                scheme.sign(new Message(id, category, body), scheme.key(confidential.secret()), Clock.systemUTC()));
        return new SignedCall(URI.create(subscription.content().url()), headers, body);
    }
}
