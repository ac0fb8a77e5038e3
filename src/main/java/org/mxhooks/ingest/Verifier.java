package org.mxhooks.ingest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mxhooks.settings.EndpointSettings;
import org.mxhooks.settings.Secret;
import org.mxhooks.signature.Diagnosis;
import org.mxhooks.signature.KeyDerivation;
import org.mxhooks.signature.ProjectsSignature;

/**
 * Verifies by an endpoint's secret, or by its previous one during a rotation. A key is derived once for each value of a
 * secret.
 */
final class Verifier {

    private final EndpointSettings endpoint;
    private final Key current;
    private final Optional<Key> previous;
    private final SecretUse use;

    Verifier(EndpointSettings endpoint, SecretUse use) {
        this.endpoint = endpoint;
        this.use = use;
        current = new Key(endpoint.secret(), endpoint.keyDerivation(), () -> {});
        previous = endpoint.previousSecret()
                .map(secret -> new Key(secret, endpoint.keyDerivation(), use::replacePrevious));
    }

    boolean verifies(String signature, byte[] body) {
        if (current.signature().verifies(signature, body)) {
            use.recordCurrent();
            return true;
        }
        if (previous.isPresent() && previous.get().signature().verifies(signature, body)) {
            use.recordPrevious();
            return true;
        }
        return false;
    }

    /** When the previous secret, as it is now, last verified a request. */
    Optional<Instant> lastPreviousUse() {
        previous.ifPresent(Key::signature);
        return use.lastPrevious();
    }

    /** Why a signature does not verify; costly, and only for telling the operator. */
    Diagnosis diagnose(Optional<String> signature, byte[] body) {
        List<String> secrets = Stream.concat(Stream.of(endpoint.secret()), endpoint.previousSecret().stream())
                .map(Secret::value)
                .toList();
        return Diagnosis.of(signature, body, secrets, endpoint.keyDerivation());
    }

    private static final class Key {
        private final Secret secret;
        private final KeyDerivation derivation;
        private final Runnable replaced;
        private volatile Derived derived;

        private record Derived(String secret, ProjectsSignature signature) {}

        /** @param replaced runs when the secret has another value than before */
        Key(Secret secret, KeyDerivation derivation, Runnable replaced) {
            this.secret = secret;
            this.derivation = derivation;
            this.replaced = replaced;
            derive(secret.value());
        }

        ProjectsSignature signature() {
            String value = secret.value();
            Derived known = derived;
            if (known.secret().equals(value)) {
                return known.signature();
            }
            replaced.run();
            return derive(value);
        }

        private ProjectsSignature derive(String value) {
            ProjectsSignature signature = new ProjectsSignature(value, derivation);
            derived = new Derived(value, signature);
            return signature;
        }
    }
}
