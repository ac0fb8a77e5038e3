package org.mxhooks.signature;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Looks for the form of a secret or of a body with which a signature would verify.
 *
 * @param body the bytes as they arrived
 * @param secrets that the endpoint accepts
 * @param derivation of the endpoint; may throw {@link IllegalArgumentException}
 * @param verifies whether the signature is that of a body and a key
 */
record FormSearch(
        byte[] body,
        List<String> secrets,
        Function<String, HmacKey> derivation,
        BiPredicate<byte[], HmacKey> verifies) {

    private static final int MAX_BYTES = 4 << 20;

    /** Whether it verifies as it is. */
    boolean isValid() {
        return secrets.stream().anyMatch(this::isKeyOf);
    }

    Optional<SecretForm> secretForm() {
        return secrets.stream()
                .flatMap(SecretForm::of)
                .filter(form -> isKeyOf(form.secret()))
                .findFirst();
    }

    /** Digests no more than about 4 MiB with each secret. */
    Optional<SignedForm> signedForm() {
        List<HmacKey> keys = secrets.stream().flatMap(this::key).toList();
        AtomicLong digested = new AtomicLong();
        return SignedForm.of(body)
                .takeWhile(form -> digested.getAndAdd(form.body().length) < MAX_BYTES)
                .filter(form -> keys.stream().anyMatch(key -> verifies.test(form.body(), key)))
                .findFirst();
    }

    private boolean isKeyOf(String secret) {
        return key(secret).anyMatch(key -> verifies.test(body, key));
    }

    private Stream<HmacKey> key(String secret) {
        try {
            return Stream.of(derivation.apply(secret));
        } catch (IllegalArgumentException noKeyOfIt) {
            return Stream.empty();
        }
    }
}
