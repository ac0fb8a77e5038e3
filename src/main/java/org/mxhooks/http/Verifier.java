package org.mxhooks.http;

import java.util.Optional;
import java.util.stream.Stream;
import org.mxhooks.settings.Secret;
import org.mxhooks.settings.Settings;
import org.mxhooks.signature.KeyDerivation;
import org.mxhooks.signature.ProjectsSignature;

/** Verifies by an endpoint's secret, or by its previous one during a rotation. A key is derived once for each value of a secret. */
final class Verifier {

    private final Settings.Endpoint endpoint;
    private final Key current;
    private final Optional<Key> previous;

    Verifier(Settings.Endpoint endpoint) {
        this.endpoint = endpoint;
        current = new Key(endpoint.secret(), endpoint.keyDerivation());
        previous = endpoint.previousSecret().map(secret -> new Key(secret, endpoint.keyDerivation()));
    }

    boolean verifies(String signature, byte[] body) {
        return current.signature().verifies(signature, body)
                || previous.isPresent() && previous.get().signature().verifies(signature, body);
    }

    /** Another derivation by which the signature would verify; costly, and only for telling the operator. */
    Optional<KeyDerivation> otherDerivation(String signature, byte[] body) {
        return Stream.of(KeyDerivation.values())
                .filter(other -> other != endpoint.keyDerivation())
                .filter(other -> secrets()
                        .anyMatch(secret -> new ProjectsSignature(secret.value(), other).verifies(signature, body)))
                .findFirst();
    }

    private Stream<Secret> secrets() {
        return Stream.concat(Stream.of(endpoint.secret()), endpoint.previousSecret().stream());
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
