package org.mxhooks.relay;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;
import org.mxhooks.relay.RelayKeys.NoKey;
import org.mxhooks.relay.SubscriptionKey.WrongKey;
import org.mxhooks.settings.Secret;

/** What subscriptions keep secret: generated, encrypted and opened. */
final class SubscriptionSecrets {

    private static final int SECRET_BYTES = 32;

    private final RelayKeys keys;
    private final SecureRandom random = new SecureRandom();

    SubscriptionSecrets(RelayKeys keys) {
        this.keys = keys;
    }

    /** In the form that the Standard Webhooks specification asks for; the other scheme takes any text. */
    String generate() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return "whsec_" + Base64.getEncoder().encodeToString(bytes);
    }

    /** By which people compare secrets. */
    static String fingerprint(String secret) {
        return Secret.of(secret).fingerprint();
    }

    SealedText seal(Confidential confidential, UUID subscription) throws RelayUnavailable {
        return currentKey().seal(confidential.json(), subscription);
    }

    SubscriptionKey currentKey() throws RelayUnavailable {
        return keys.current()
                .orElseThrow(() -> new RelayUnavailable(
                        "There is no key to encrypt secrets with: set mxhooks.relay.key, or mxhooks.relay.key-file."));
    }

    Confidential open(SubscriptionTable.StoredSubscription row) throws RelayUnavailable {
        try {
            return keys.open(row);
        } catch (WrongKey | NoKey e) {
            throw new RelayUnavailable(
                    e.getMessage()
                            + ": set the key that it was encrypted with as mxhooks.relay.key, or as mxhooks.relay.previous-key.");
        }
    }
}
