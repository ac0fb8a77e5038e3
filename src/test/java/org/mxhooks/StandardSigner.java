package org.mxhooks;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.mxhooks.signature.HmacKey;
import org.mxhooks.signature.Message;
import org.mxhooks.signature.Scheme;
import org.mxhooks.signature.Schemes;

/** Signs messages of the scheme {@code standard-webhooks}, with one secret. */
public final class StandardSigner {

    private static final Scheme SCHEME = Schemes.of("standard-webhooks");

    private final HmacKey key;

    public StandardSigner(String secret) {
        key = SCHEME.key(secret);
    }

    /** The three headers by their names. */
    public Map<String, String> sign(String id, Instant at, byte[] body) {
        return SCHEME.sign(new Message(id, Optional.empty(), body), key, InstantSource.fixed(at));
    }
}
