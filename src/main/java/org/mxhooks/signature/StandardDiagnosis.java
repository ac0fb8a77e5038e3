package org.mxhooks.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds out what is wrong with a message of the Standard Webhooks specification, if anything is.
 *
 * @param message its headers
 * @param body the bytes as they arrived
 * @param secrets that the endpoint accepts, the current one first
 * @param configured how the endpoint derives the key
 * @param skew of its timestamp
 */
record StandardDiagnosis(
        StandardMessage message, byte[] body, List<String> secrets, StandardKey configured, ClockSkew skew) {

    private static final String CLOCK_OFF = "clock off";
    private static final String CORRECT = "The secret is correct, but ";

    /** A key that a sender may have derived from a secret, and how to configure the same. */
    private record Derived(byte[] key, String remedy, String setting) {}

    static StandardDiagnosis of(
            SignedRequest request,
            List<String> secrets,
            StandardKey configured,
            Duration tolerance,
            InstantSource clock) {
        StandardMessage message = StandardMessage.of(request.headers());
        return new StandardDiagnosis(
                message, request.body(), secrets, configured, new ClockSkew(message.ahead(clock), tolerance));
    }

    Diagnosis diagnosis() {
        FormSearch search = new FormSearch(body, secrets, configured::key, message::verifies);
        return search.isValid()
                ? ofTime()
                : andTime(otherDerivation()
                        .or(() -> search.secretForm().map(StandardDiagnosis::alteredSecret))
                        .or(() -> search.signedForm().map(StandardDiagnosis::reserialized))
                        .orElseGet(this::wrongSecret));
    }

    private Diagnosis ofTime() {
        return skew.isTolerated()
                ? new Diagnosis(true, "valid", "The signature matches id, timestamp and body.", Optional.empty())
                : new Diagnosis(
                        false,
                        CLOCK_OFF,
                        "The signature is correct, but the timestamp %s. Synchronize both clocks; if they are, the request was delayed, or captured and sent again."
                                .formatted(skew.text()),
                        Optional.of("tolerance"));
    }

    private Diagnosis andTime(Diagnosis found) {
        return skew.isTolerated()
                ? found
                : new Diagnosis(
                        false,
                        found.cause(),
                        "%s Also, the timestamp %s.".formatted(found.text(), skew.text()),
                        found.setting());
    }

    private Optional<Diagnosis> otherDerivation() {
        return secrets.stream()
                .flatMap(StandardDiagnosis::derivations)
                .filter(other -> message.verifies(body, new HmacKey(other.key())))
                .findFirst()
                .map(other -> new Diagnosis(
                        false,
                        "other derivation",
                        "%sthe sender derives the key differently: %s.".formatted(CORRECT, other.remedy()),
                        Optional.of(other.setting())));
    }

    /** Base64 behind the prefix; the bytes with the prefix; the bytes without it. */
    private static Stream<Derived> derivations(String secret) {
        String bare = StandardKey.bare(secret);
        boolean prefixed = !bare.equals(secret);
        String derivation = "key-derivation";
        Stream<Derived> decoded = StandardKey.decoded(secret).stream()
                .map(key -> prefixed
                        ? new Derived(key, "it decodes Base64; set the key derivation to auto", derivation)
                        : new Derived(
                                key,
                                "it decodes Base64; write whsec_ before the secret, with the key derivation auto",
                                "secret"));
        Stream<Derived> raw = Stream.of(
                new Derived(
                        (StandardKey.PREFIX + bare).getBytes(UTF_8),
                        prefixed
                                ? "it uses the secret as it is, with whsec_; set the key derivation to raw"
                                : "it uses the secret with whsec_ before it; write it so, and set the key derivation to raw",
                        derivation),
                new Derived(
                        bare.getBytes(UTF_8),
                        "it uses the secret without whsec_; remove that from the secret",
                        "secret"));
        return Stream.concat(decoded, raw).filter(derived -> derived.key().length > 0);
    }

    private static Diagnosis alteredSecret(SecretForm form) {
        return new Diagnosis(
                false,
                "altered secret",
                "The secret differs from the sender's only in its spelling: %s.".formatted(form.difference()),
                Optional.empty());
    }

    private static Diagnosis reserialized(SignedForm form) {
        return new Diagnosis(
                false,
                "re-serialized body",
                "%sthe body was rewritten in transit: it was signed %s. Configure proxies to forward bodies unchanged."
                        .formatted(CORRECT, form.text()),
                Optional.empty());
    }

    private Diagnosis wrongSecret() {
        return message.signatures().cut()
                ? new Diagnosis(
                        false,
                        "too many signatures",
                        "None of the first %s signatures matches; the others are not looked at."
                                .formatted(StandardSignatures.MAX_ENTRIES),
                        Optional.empty())
                : new Diagnosis(
                        false,
                        "wrong secret",
                        "No signature matches this id, timestamp, body and secret: either the secret differs from the sender's, or something signed was changed.",
                        Optional.empty());
    }
}
