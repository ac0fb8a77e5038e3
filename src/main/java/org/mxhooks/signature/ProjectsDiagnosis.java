package org.mxhooks.signature;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is wrong with the signature of a projects webhook, if anything is.
 *
 * @param cause what is wrong
 * @param derivation the one that would fit, of {@link Cause#OTHER_DERIVATION}
 * @param secretForm how the secrets' spellings differ, of {@link Cause#ALTERED_SECRET}: {@code here it stands in
 *     quotes; remove them}
 * @param signedForm how the body was signed, of {@link Cause#RESERIALIZED_BODY}: {@code as compact JSON}
 */
record ProjectsDiagnosis(
        Cause cause, Optional<ProjectsKey> derivation, Optional<String> secretForm, Optional<String> signedForm) {

    /** What can be wrong with a signature. */
    enum Cause {
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
        String text() {
            return text;
        }
    }

    /** Looks for a cause in the signature alone; empty where it is well-formed. */
    static Optional<ProjectsDiagnosis> of(Optional<String> value) {
        if (value.isEmpty()) {
            return Optional.of(because(Cause.MISSING_SIGNATURE));
        }
        return ProjectsSignature.read(value.get()).isPresent()
                ? Optional.empty()
                : Optional.of(because(isRepeated(value.get()) ? Cause.REPEATED_SIGNATURE : Cause.MALFORMED_SIGNATURE));
    }

    /**
     * Looks for the cause.
     *
     * @param value the signature as sent; empty where there was none
     * @param body the bytes as they arrived
     * @param secrets those that the endpoint accepts, the current one first; none is empty
     * @param configured how the endpoint derives the key
     */
    static ProjectsDiagnosis of(Optional<String> value, byte[] body, List<String> secrets, ProjectsKey configured) {
        return of(value)
                .orElseGet(() -> of(value.flatMap(ProjectsSignature::read).orElseThrow(), body, secrets, configured));
    }

    private static ProjectsDiagnosis of(
            ProjectsSignature signature, byte[] body, List<String> secrets, ProjectsKey configured) {
        FormSearch search = new FormSearch(body, secrets, configured::key, signature::verifies);
        if (search.isValid()) {
            return because(Cause.VALID);
        }
        return otherDerivation(signature, body, secrets, configured)
                .or(() -> search.secretForm().map(ProjectsDiagnosis::altered))
                .or(() -> search.signedForm().map(ProjectsDiagnosis::reserialized))
                .orElseGet(() -> because(Cause.WRONG_SECRET));
    }

    Diagnosis toDiagnosis() {
        return new Diagnosis(
                cause == Cause.VALID,
                cause.text(),
                text(),
                cause == Cause.OTHER_DERIVATION ? Optional.of("key-derivation") : Optional.empty());
    }

    /** What is wrong and what to do, in a sentence that names no secret. */
    String text() {
        return switch (cause) {
            case VALID -> "The signature matches the body.";
            case MISSING_SIGNATURE ->
                "The signature is missing. Check that the sender is the portal and that proxies forward its headers.";
            case REPEATED_SIGNATURE ->
                "The signature header occurs more than once. Check whether a proxy adds it again.";
            case MALFORMED_SIGNATURE ->
                "The value is not a signature; expected are 32 bytes in Base64 or hex, optionally in one pair of parentheses.";
            case OTHER_DERIVATION ->
                "The secret is correct, but the sender derives the key differently: set the key derivation to %s."
                        .formatted(derivation.map(ProjectsKey::text).orElseThrow());
            case ALTERED_SECRET ->
                "The secret differs from the sender's only in its spelling: %s.".formatted(secretForm.orElseThrow());
            case RESERIALIZED_BODY ->
                "The secret is correct, but the body was rewritten in transit: it was signed %s. Configure proxies to forward bodies unchanged."
                        .formatted(signedForm.orElseThrow());
            case WRONG_SECRET ->
                "The signature does not match this body and this secret: either the secret differs from the portal's, or the content of the body was changed.";
        };
    }

    private static boolean isRepeated(String signature) {
        return signature.indexOf(',') >= 0
                && Arrays.stream(signature.split(",", -1))
                        .allMatch(part -> ProjectsSignature.read(part).isPresent());
    }

    private static Optional<ProjectsDiagnosis> otherDerivation(
            ProjectsSignature signature, byte[] body, List<String> secrets, ProjectsKey configured) {
        return Arrays.stream(ProjectsKey.values())
                .filter(other -> other != configured)
                .filter(other -> keys(secrets, other).anyMatch(key -> signature.verifies(body, key)))
                .findFirst()
                .map(other -> new ProjectsDiagnosis(
                        Cause.OTHER_DERIVATION, Optional.of(other), Optional.empty(), Optional.empty()));
    }

    private static ProjectsDiagnosis altered(SecretForm form) {
        return new ProjectsDiagnosis(
                Cause.ALTERED_SECRET, Optional.empty(), Optional.of(form.difference()), Optional.empty());
    }

    private static ProjectsDiagnosis reserialized(SignedForm form) {
        return new ProjectsDiagnosis(
                Cause.RESERIALIZED_BODY, Optional.empty(), Optional.empty(), Optional.of(form.text()));
    }

    private static Stream<HmacKey> keys(List<String> secrets, ProjectsKey derivation) {
        return secrets.stream().map(derivation::key);
    }

    private static ProjectsDiagnosis because(Cause cause) {
        return new ProjectsDiagnosis(cause, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
