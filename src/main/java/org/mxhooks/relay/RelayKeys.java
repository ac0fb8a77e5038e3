package org.mxhooks.relay;

import java.util.Optional;
import org.mxhooks.relay.SubscriptionKey.WrongKey;
import org.mxhooks.settings.RelaySettings;
import org.mxhooks.settings.Secret;

/** The settings' key, derived once for each text that its file has. */
final class RelayKeys {

    private final RelaySettings settings;
    private Derived derived = new Derived("", null);

    private record Derived(String text, SubscriptionKey key) {}

    RelayKeys(RelaySettings settings) {
        this.settings = settings;
    }

    /** Empty where none is set. */
    synchronized Optional<SubscriptionKey> current() {
        return settings.key().map(Secret::value).map(this::derived);
    }

    private SubscriptionKey derived(String text) {
        if (derived.key() == null || !derived.text().equals(text)) {
            derived = new Derived(text, new SubscriptionKey(text));
        }
        return derived.key();
    }

    /** What a row keeps secret. */
    Confidential open(SubscriptionTable.StoredSubscription row) throws WrongKey, NoKey {
        SubscriptionKey key = current().orElseThrow(NoKey::new);
        return Confidential.of(key.open(row.sealed(), row.subscription().id()));
    }

    /** No key is set. */
    static final class NoKey extends Exception {

        private static final long serialVersionUID = 1;

        NoKey() {
            super("mxhooks.relay.key is not set");
        }
    }
}
