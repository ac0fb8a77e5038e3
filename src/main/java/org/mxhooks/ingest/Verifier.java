package org.mxhooks.ingest;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mxhooks.settings.EndpointSettings;
import org.mxhooks.settings.Secret;
import org.mxhooks.signature.Diagnosis;
import org.mxhooks.signature.HmacKey;
import org.mxhooks.signature.Scheme;
import org.mxhooks.signature.SignedRequest;
import org.mxhooks.signature.Verdict;

/**
 * Verifies by an endpoint's secret, or by its previous one during a rotation. A key is derived once for each value of a
 * secret. Safe for use by many threads.
 */
final class Verifier {

    private final EndpointSettings endpoint;
    private final CachedKey current;
    private final Optional<CachedKey> previous;
    private final SecretUse use;
    private final InstantSource clock;

    Verifier(EndpointSettings endpoint, SecretUse use, InstantSource clock) {
        this.endpoint = endpoint;
        this.use = use;
        this.clock = clock;
        current = new CachedKey(endpoint.secret(), endpoint.scheme(), () -> {});
        previous =
                endpoint.previousSecret().map(secret -> new CachedKey(secret, endpoint.scheme(), use::replacePrevious));
    }

    Scheme scheme() {
        return endpoint.scheme();
    }

    Verdict verify(SignedRequest request) {
        HmacKey currentKey = current.key();
        List<HmacKey> keys = Stream.concat(Stream.of(currentKey), previous.map(CachedKey::key).stream())
                .toList();
        Verdict verdict = endpoint.scheme().verify(request, keys, clock);
        if (verdict instanceof Verdict.Authentic authentic) {
            record(authentic.key() == currentKey);
        }
        return verdict;
    }

    private void record(boolean byCurrent) {
        if (byCurrent) {
            use.recordCurrent();
        } else {
            use.recordPrevious();
        }
    }

    /** When the previous secret, as it is now, last verified a request. */
    Optional<Instant> lastPreviousUse() {
        previous.ifPresent(CachedKey::key);
        return use.lastPrevious();
    }

    /**
     * Whether one of the secrets signed a request, which is no use of it.
     *
     * @param arrival when the request arrived
     */
    Verdict check(SignedRequest request, InstantSource arrival) {
        List<HmacKey> keys = Stream.concat(Stream.of(current), previous.stream())
                .map(CachedKey::key)
                .toList();
        return endpoint.scheme().verify(request, keys, arrival);
    }

    /** Finds out why a request was refused; costly, and for the operator alone. */
    Diagnosis diagnose(SignedRequest request) {
        return diagnose(request, clock);
    }

    /** @param arrival when the request arrived */
    Diagnosis diagnose(SignedRequest request, InstantSource arrival) {
        List<String> secrets = Stream.concat(Stream.of(endpoint.secret()), endpoint.previousSecret().stream())
                .map(Secret::value)
                .toList();
        return endpoint.scheme().diagnose(request, secrets, arrival);
    }

    private static final class CachedKey {
        private final Secret secret;
        private final Scheme scheme;
        private final Runnable replaced;
        private volatile Derived derived;

        private record Derived(String secret, HmacKey key) {}

        /** @param replaced runs when the secret has another value than before */
        CachedKey(Secret secret, Scheme scheme, Runnable replaced) {
            this.secret = secret;
            this.scheme = scheme;
            this.replaced = replaced;
            derive(secret.value());
        }

        HmacKey key() {
            String value = secret.value();
            Derived known = derived;
            if (known.secret().equals(value)) {
                return known.key();
            }
            replaced.run();
            return derive(value);
        }

        private HmacKey derive(String value) {
            HmacKey key = scheme.key(value);
            derived = new Derived(value, key);
            return key;
        }
    }
}
