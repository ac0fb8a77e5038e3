package org.mxhooks.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The scheme of the portal's deployment webhooks (Team Server push, package upload, alerts). The signature covers an
 * id, a time and the body; two deliveries of one id are the same one. Source: the Standard Webhooks specification.
 *
 * @param derivation how the key is derived from the secret
 * @param tolerance how far the signed time may be off, either way
 */
record StandardScheme(StandardKey derivation, Duration tolerance) implements Scheme {

    static final String NAME = "standard-webhooks";

    private static final Set<String> HEADERS =
            Stream.of(StandardHeader.values()).map(StandardHeader::text).collect(toUnmodifiableSet());
    private static final Verdict INVALID = new Verdict.Rejected(
            Verdict.Reason.SIGNATURE_INVALID,
            "No signature matches the id, the timestamp, the body and this endpoint's secret. Compare the secret in the portal with the endpoint's, and check that no proxy rewrites the body.");
    private static final Verdict TOO_MANY = new Verdict.Rejected(
            Verdict.Reason.SIGNATURE_INVALID,
            "None of the first %s signatures matches; the others are not looked at."
                    .formatted(StandardSignatures.MAX_ENTRIES));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String keyDerivation() {
        return derivation.text();
    }

    @Override
    public String signatureHeader() {
        return StandardHeader.SIGNATURE.text();
    }

    @Override
    public Set<String> headers() {
        return HEADERS;
    }

    @Override
    public Set<Verdict.Reason> reasons() {
        return Set.of(Verdict.Reason.values());
    }

    @Override
    public HmacKey key(String secret) {
        return derivation.key(secret);
    }

    @Override
    public Verdict verify(SignedRequest request, List<HmacKey> keys, InstantSource clock) {
        return StandardMessage.fault(request.headers())
                .map(StandardMessage.Fault::toVerdict)
                .orElseGet(() -> verify(StandardMessage.of(request.headers()), request.body(), keys, clock));
    }

    private Verdict verify(StandardMessage message, byte[] body, List<HmacKey> keys, InstantSource clock) {
        Optional<HmacKey> key =
                keys.stream().filter(each -> message.verifies(body, each)).findFirst();
        if (key.isEmpty()) {
            return message.signatures().cut() ? TOO_MANY : INVALID;
        }
        ClockSkew skew = new ClockSkew(message.ahead(clock), tolerance);
        return skew.isTolerated()
                ? new Verdict.Authentic(key.get())
                : new Verdict.Rejected(
                        Verdict.Reason.TIMESTAMP_INVALID,
                        "The timestamp %s. Synchronize the clocks, or sign the delivery again with the current time."
                                .formatted(skew.text()));
    }

    /** The SHA-256 of the signed id. */
    @Override
    public byte[] identity(SignedRequest authentic) {
        try {
            byte[] id = StandardMessage.of(authentic.headers()).id().getBytes(UTF_8);
            return MessageDigest.getInstance("SHA-256").digest(id);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean isBodyIdentity() {
        return false;
    }

    @Override
    public Claims claims(RequestHeaders headers) {
        return new Claims(StandardHeader.ID.in(headers), Optional.empty(), Optional.empty());
    }

    /** None: all that a header says is signed. */
    @Override
    public List<String> remarks(RequestHeaders headers, Optional<String> category) {
        return List.of();
    }

    @Override
    public Optional<Diagnosis> diagnose(RequestHeaders headers) {
        return StandardMessage.fault(headers).map(StandardMessage.Fault::toDiagnosis);
    }

    @Override
    public Diagnosis diagnose(SignedRequest request, List<String> secrets, InstantSource clock) {
        return diagnose(request.headers())
                .orElseGet(() -> StandardDiagnosis.of(request, secrets, derivation, tolerance, clock)
                        .diagnosis());
    }

    @Override
    public String messageId(UUID random) {
        return "msg_" + random.toString().replace("-", "");
    }

    @Override
    public Map<String, String> sign(Message message, HmacKey key, InstantSource clock) {
        String timestamp = String.valueOf(clock.instant().getEpochSecond());
        byte[] content = StandardMessage.content(message.id(), timestamp, message.body());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(StandardHeader.ID.text(), message.id());
        headers.put(StandardHeader.TIMESTAMP.text(), timestamp);
        headers.put(
                StandardHeader.SIGNATURE.text(),
                StandardSignatures.of(content, key).text());
        return headers;
    }
}
