package org.mxhooks.http;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mxhooks.settings.Secret;
import org.mxhooks.settings.Settings;
import org.mxhooks.signature.Diagnosis;
import org.mxhooks.signature.KeyDerivation;
import org.mxhooks.signature.ProjectsSignature;

/** Verifies by an endpoint's secret, or by its previous one during a rotation. A key is derived once for each value of a secret. */
final class Verifier {

    private final Settings.Endpoint endpoint;
    private final Key current;
    private final Optional<Key> previous;
    private final SecretUse use;

    Verifier(Settings.Endpoint endpoint, SecretUse use) {
        this.endpoint = endpoint;
        this.use = use;
        current = new Key(endpoint.secret(), endpoint.keyDerivation());
        previous = endpoint.previousSecret().map(secret -> new Key(secret, endpoint.keyDerivation()));
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
        private volatile Derived derived;

        private record Derived(String secret, ProjectsSignature signature) {}

        Key(Secret secret, KeyDerivation derivation) {
            this.secret = secret;
            this.derivation = derivation;
            derive(secret.value());
        }

        ProjectsSignature signature() {
            String value = secret.value();
            Derived known = derived;
            return known.secret().equals(value) ? known.signature() : derive(value);
        }

        private ProjectsSignature derive(String value) {
            ProjectsSignature signature = new ProjectsSignature(value, derivation);
            derived = new Derived(value, signature);
            return signature;
        }
    }
}
