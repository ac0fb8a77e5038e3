package org.mxhooks.relay;

import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.mxhooks.signature.HmacKey;
import org.mxhooks.signature.Message;
import org.mxhooks.signature.Scheme;
import org.mxhooks.signature.Schemes;

/** A subscription with what it keeps secret: who a delivery is sent to, and how. Safe for use by many threads. */
final class Recipient {

    private final Subscription subscription;
    private final Confidential confidential;
    private volatile CallTemplate template;

    Recipient(Subscription subscription, Confidential confidential) {
        this.subscription = subscription;
        this.confidential = confidential;
    }

    Subscription subscription() {
        return subscription;
    }

    /** The same for each attempt at a delivery, but for the time where the scheme signs one. */
    SignedCall call(UUID delivery, Optional<String> category, byte[] body, String userAgent) {
        CallTemplate known = template();
        Map<String, String> headers = new LinkedHashMap<>(confidential.headers());
        headers.put("User-Agent", userAgent);
        Scheme scheme = known.scheme();
        String id = scheme.isBodyIdentity() ? delivery.toString() : scheme.messageId(delivery);
        headers.putAll(scheme.sign(new Message(id, category, body), known.key(), Clock.systemUTC()));
        return new SignedCall(known.url(), headers, body);
    }

    /** Made by the first call: most are made anew, and compared, many times before there is one. */
    private CallTemplate template() {
        CallTemplate known = template;
        if (known == null) {
            known = CallTemplate.of(subscription.content(), confidential);
            template = known;
        }
        return known;
    }

    /** What all calls have in common. */
    private record CallTemplate(Scheme scheme, HmacKey key, URI url) {

        static CallTemplate of(SubscriptionContent content, Confidential confidential) {
            Scheme scheme = Schemes.of(content.format());
            return new CallTemplate(scheme, scheme.key(confidential.secret()), URI.create(content.url()));
        }
    }

    @Override
    public String toString() {
        return subscription.toString();
    }
}
