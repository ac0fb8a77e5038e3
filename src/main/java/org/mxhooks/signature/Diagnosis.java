package org.mxhooks.signature;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Whether a body's signature is valid, and if not, why: for who has to mend it, never for a stranger. Costs dozens of
 * digests; however large the body is, no more than about 4 MiB are digested with each secret.
 *
 * @param cause what is wrong
 * @param derivation the one that would do, of {@link Cause#OTHER_DERIVATION}
 * @param secretForm how the secrets' spellings differ, of {@link Cause#ALTERED_SECRET}: {@code here it stands in
 *     quotes; remove them}
 * @param signedForm how the body was signed, of {@link Cause#RESERIALIZED_BODY}: {@code as compact JSON}
 */
public record Diagnosis(
        Cause cause, Optional<KeyDerivation> derivation, Optional<String> secretForm, Optional<String> signedForm) {

    private static final int MOST_BYTES = 4 << 20;

    /** What can be wrong with a signature. */
    public enum Cause {
        VALID("valid"),
        MISSING_SIGNATURE("missing signature"),
        /** Several signatures, of headers that were sent twice. */
        REPEATED_SIGNATURE("repeated signature"),
        /** No digest of 32 bytes in Base64 or hex. */
        MALFORMED_SIGNATURE("malformed signature"),
        /** The secret is right, the key derivation is not. */
        OTHER_DERIVATION("other derivation"),
        /** The secret has characters more or less than the sender's, of the kind that tools add or take. */
        ALTERED_SECRET("altered secret"),
        /** The secret is right, but the body's white space, escapes or byte order mark changed on the way. */
        RESERIALIZED_BODY("re-serialized body"),
        /** None of the above: another secret, or a body that says something else. */
        WRONG_SECRET("wrong secret");

        private final String text;

        Cause(String text) {
            this.text = text;
        }

        /** In two words. */
        public String text() {
            return text;
        }
    }

    /**
     * Looks for the cause.
     *
     * @param value the signature as sent; empty where there was none
     * @param body the bytes as they arrived
     * @param secrets those that the endpoint takes, the present one first; none is empty
     * @param configured how the endpoint derives the key
     */
    public static Diagnosis of(Optional<String> value, byte[] body, List<String> secrets, KeyDerivation configured) {
        if (value.isEmpty()) {
            return because(Cause.MISSING_SIGNATURE);
        }
        String signature = value.get();
        if (!ProjectsSignature.isDigest(signature)) {
            return because(isRepeated(signature) ? Cause.REPEATED_SIGNATURE : Cause.MALFORMED_SIGNATURE);
        }
        if (signers(secrets, configured).anyMatch(signer -> signer.verifies(signature, body))) {
            return because(Cause.VALID);
        }
        return otherDerivation(signature, body, secrets, configured)
                .or(() -> secretForm(signature, body, secrets, configured))
                .or(() -> signedForm(signature, body, secrets, configured))
                .orElseGet(() -> because(Cause.WRONG_SECRET));
    }

    /** What is wrong and what to do, in a sentence that names no secret. */
    public String text() {
        return switch (cause) {
            case VALID -> "The signature is that of this body.";
            case MISSING_SIGNATURE ->
                "There is no signature: is the sender the portal, and does a proxy pass its headers on?";
            case REPEATED_SIGNATURE ->
                "The header with the signature was sent more than once: does a proxy add it a second time?";
            case MALFORMED_SIGNATURE ->
                "The value is no signature, which is 32 bytes in Base64 or hex, in one pair of parentheses or none.";
            case OTHER_DERIVATION ->
                "The secret is right, but the sender derives its key otherwise: set the key derivation to %s."
                        .formatted(derivation.map(KeyDerivation::text).orElseThrow());
            case ALTERED_SECRET ->
                "The secret is the sender's but for its spelling: %s.".formatted(secretForm.orElseThrow());
            case RESERIALIZED_BODY ->
                "The secret is right, but something rewrote the body on its way: it was signed %s. Have it pass bodies on as they are."
                        .formatted(signedForm.orElseThrow());
            case WRONG_SECRET ->
                "The signature is not that of this body under this secret: either the secret is another than the portal's,"
                        + " or what the body says was changed.";
        };
    }

    private static boolean isRepeated(String signature) {
        return signature.indexOf(',') >= 0
                && Arrays.stream(signature.split(",", -1)).allMatch(ProjectsSignature::isDigest);
    }

    private static Optional<Diagnosis> otherDerivation(
            String signature, byte[] body, List<String> secrets, KeyDerivation configured) {
        return Arrays.stream(KeyDerivation.values())
                .filter(other -> other != configured)
                .filter(other -> signers(secrets, other).anyMatch(signer -> signer.verifies(signature, body)))
                .findFirst()
                .map(other ->
                        new Diagnosis(Cause.OTHER_DERIVATION, Optional.of(other), Optional.empty(), Optional.empty()));
    }

    private static Optional<Diagnosis> secretForm(
            String signature, byte[] body, List<String> secrets, KeyDerivation configured) {
        return secrets.stream()
                .flatMap(SecretForm::of)
                .filter(form -> new ProjectsSignature(form.secret(), configured).verifies(signature, body))
                .findFirst()
                .map(form -> new Diagnosis(
                        Cause.ALTERED_SECRET, Optional.empty(), Optional.of(form.difference()), Optional.empty()));
    }

    private static Optional<Diagnosis> signedForm(
            String signature, byte[] body, List<String> secrets, KeyDerivation configured) {
        List<ProjectsSignature> signers = signers(secrets, configured).toList();
        AtomicLong digested = new AtomicLong();
        return SignedForm.of(body)
                .takeWhile(form -> digested.getAndAdd(form.body().length) < MOST_BYTES)
                .filter(form -> signers.stream().anyMatch(signer -> signer.verifies(signature, form.body())))
                .findFirst()
                .map(form -> new Diagnosis(
                        Cause.RESERIALIZED_BODY, Optional.empty(), Optional.empty(), Optional.of(form.text())));
    }

    private static Stream<ProjectsSignature> signers(List<String> secrets, KeyDerivation derivation) {
        return secrets.stream().map(secret -> new ProjectsSignature(secret, derivation));
    }

    private static Diagnosis because(Cause cause) {
        return new Diagnosis(cause, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
