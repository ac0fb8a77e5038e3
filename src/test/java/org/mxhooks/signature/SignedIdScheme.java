package org.mxhooks.signature;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A scheme whose signature covers an id and a time beside the body, as far as it takes to show that the rest of the
 * program can work with such a one. Source: the Standard Webhooks specification.
 */
public final class SignedIdScheme implements Scheme {

    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final String ID = "webhook-id";
    private static final String TIMESTAMP = "webhook-timestamp";
    private static final String SIGNATURE = "webhook-signature";
    private static final String VERSION = "v1,";

    @Override
    public String name() {
        return "signed-id";
    }

    @Override
    public String keyDerivation() {
        return "raw";
    }

    @Override
    public String signatureHeader() {
        return SIGNATURE;
    }

    @Override
    public Set<String> headers() {
        return Set.of(ID, TIMESTAMP, SIGNATURE);
    }

    @Override
    public Set<Verdict.Reason> reasons() {
        return Set.of(Verdict.Reason.values());
    }

    @Override
    public HmacKey key(String secret) {
        return new HmacKey(secret.getBytes(UTF_8));
    }

    @Override
    public Verdict verify(SignedRequest request, List<HmacKey> keys, InstantSource clock) {
        List<String> missing =
                headers().stream().filter(name -> sent(name, request).isEmpty()).toList();
        if (!missing.isEmpty()) {
            return new Verdict.Rejected(Verdict.Reason.SIGNATURE_MISSING, "Missing: " + missing);
        }
        byte[] content = content(
                sent(ID, request).orElseThrow(), sent(TIMESTAMP, request).orElseThrow(), request.body());
        Optional<HmacKey> key = keys.stream()
                .filter(candidate -> isSigned(sent(SIGNATURE, request).orElseThrow(), content, candidate))
                .findFirst();
        if (key.isEmpty()) {
            return new Verdict.Rejected(Verdict.Reason.SIGNATURE_INVALID, "The signature is another.");
        }
        return isRecent(sent(TIMESTAMP, request).orElseThrow(), clock)
                ? new Verdict.Authentic(key.get())
                : new Verdict.Rejected(Verdict.Reason.TIMESTAMP_INVALID, "The time is more than five minutes off.");
    }

    @Override
    public byte[] identity(SignedRequest authentic) {
        return sent(ID, authentic).orElseThrow().getBytes(UTF_8);
    }

    @Override
    public Claims claims(RequestHeaders headers) {
        return new Claims(headers.value(ID), Optional.empty(), Optional.empty());
    }

    @Override
    public List<String> remarks(RequestHeaders headers, Optional<String> category) {
        return List.of();
    }

    @Override
    public Optional<Diagnosis> diagnose(RequestHeaders headers) {
        return headers.value(SIGNATURE).isPresent()
                ? Optional.empty()
                : Optional.of(new Diagnosis(false, "missing signature", "There is none.", Optional.empty()));
    }

    @Override
    public Diagnosis diagnose(SignedRequest request, List<String> secrets, InstantSource clock) {
        return verify(request, secrets.stream().map(this::key).toList(), clock) instanceof Verdict.Rejected rejected
                ? new Diagnosis(false, rejected.reason().text(), rejected.detail(), Optional.of("tolerance"))
                : new Diagnosis(true, "valid", "It is valid.", Optional.empty());
    }

    @Override
    public Map<String, String> sign(Message message, HmacKey key, InstantSource clock) {
        String timestamp = String.valueOf(clock.instant().getEpochSecond());
        byte[] digest = key.digest(content(message.id(), timestamp, message.body()));
        return Map.of(
                ID,
                message.id(),
                TIMESTAMP,
                timestamp,
                SIGNATURE,
                VERSION + Base64.getEncoder().encodeToString(digest));
    }

    private static boolean isSigned(String signatures, byte[] content, HmacKey key) {
        String expected = VERSION + Base64.getEncoder().encodeToString(key.digest(content));
        return Stream.of(signatures.split(" "))
                .anyMatch(each -> MessageDigest.isEqual(each.getBytes(US_ASCII), expected.getBytes(US_ASCII)));
    }

    private static boolean isRecent(String timestamp, InstantSource clock) {
        Instant signed = Instant.ofEpochSecond(Long.parseLong(timestamp));
        return Duration.between(signed, clock.instant()).abs().compareTo(TOLERANCE) <= 0;
    }

    private static byte[] content(String id, String timestamp, byte[] body) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes((id + "." + timestamp + ".").getBytes(UTF_8));
        content.writeBytes(body);
        return content.toByteArray();
    }

    private static Optional<String> sent(String name, SignedRequest request) {
        return request.headers().value(name);
    }
}
