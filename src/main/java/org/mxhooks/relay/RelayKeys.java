package org.mxhooks.relay;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mxhooks.relay.SubscriptionKey.WrongKey;
import org.mxhooks.settings.RelaySettings;
import org.mxhooks.settings.Secret;

/** The settings' keys: what is encrypted anew is under the current one, either opens. */
final class RelayKeys {

    private final Optional<DerivedKey> current;
    private final Optional<DerivedKey> previous;

    RelayKeys(RelaySettings settings) {
        current = settings.key().map(DerivedKey::new);
        previous = settings.previousKey().map(DerivedKey::new);
    }

    /** A key, derived once for each text that its file has. */
    private static final class DerivedKey {

        private final Secret secret;
        private String text = "";
        private SubscriptionKey key;

        DerivedKey(Secret secret) {
            this.secret = secret;
        }

        synchronized SubscriptionKey key() {
            String now = secret.value();
            if (key == null || !text.equals(now)) {
                key = new SubscriptionKey(now);
                text = now;
            }
            return key;
        }
    }

    /** Empty where none is set. */
    Optional<SubscriptionKey> current() {
        return current.map(DerivedKey::key);
    }

    /** What a row keeps secret. */
    Confidential open(SubscriptionTable.StoredSubscription row) throws WrongKey, NoKey {
        List<SubscriptionKey> keys = Stream.of(current, previous)
                .flatMap(Optional::stream)
                .map(DerivedKey::key)
                .toList();
        if (keys.isEmpty()) {
            throw new NoKey();
        }
        SealedText sealed = row.sealed();
        SubscriptionKey named = keys.stream()
                .filter(key -> key.id().equals(sealed.keyId()))
                .findFirst()
                .orElse(keys.get(0));
        return Confidential.of(named.open(sealed, row.subscription().id()));
    }

    /** No key is set. */
    static final class NoKey extends Exception {

        private static final long serialVersionUID = 1;

        NoKey() {
            super("mxhooks.relay.key is not set");
        }
    }
}
