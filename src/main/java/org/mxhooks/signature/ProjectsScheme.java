package org.mxhooks.signature;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The scheme of the portal's projects webhooks (sprints and stories). The signature covers the body and no header, so
 * no header makes an authentic body be refused or decides what it means, and two deliveries of one body are the same
 * one. Source: the portal's "Webhooks for Sprints and Stories" page.
 *
 * @param derivation how the key is derived from the secret
 */
record ProjectsScheme(ProjectsKey derivation) implements Scheme {

    static final String NAME = "projects";

    private static final String LATEST_VERSION = "1";
    private static final Set<String> HEADERS =
            Stream.of(ProjectsHeader.values()).map(ProjectsHeader::text).collect(toUnmodifiableSet());
    private static final Verdict MISSING = new Verdict.Rejected(
            Verdict.Reason.SIGNATURE_MISSING, "The header %s is missing.".formatted(ProjectsHeader.SIGNATURE.text()));
    private static final Verdict INVALID = new Verdict.Rejected(
            Verdict.Reason.SIGNATURE_INVALID,
            "The signature does not match the body and this endpoint's secret. Compare the secret in the portal with the endpoint's, and check that no proxy rewrites the body.");

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
        return ProjectsHeader.SIGNATURE.text();
    }

    @Override
    public Set<String> headers() {
        return HEADERS;
    }

    @Override
    public Set<Verdict.Reason> reasons() {
        return Set.of(Verdict.Reason.SIGNATURE_MISSING, Verdict.Reason.SIGNATURE_INVALID);
    }

    @Override
    public HmacKey key(String secret) {
        return derivation.key(secret);
    }

    @Override
    public Verdict verify(SignedRequest request, List<HmacKey> keys, InstantSource clock) {
        Optional<String> value = ProjectsHeader.SIGNATURE.in(request.headers());
        if (value.isEmpty()) {
            return MISSING;
        }
        return value.flatMap(ProjectsSignature::read)
                .flatMap(signature -> keys.stream()
                        .filter(key -> signature.verifies(request.body(), key))
                        .findFirst())
                .<Verdict>map(Verdict.Authentic::new)
                .orElse(INVALID);
    }

    /** The SHA-256 of the body: another id in a header makes it no other delivery. */
    @Override
    public byte[] identity(SignedRequest authentic) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(authentic.body());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean isBodyIdentity() {
        return true;
    }

    @Override
    public Claims claims(RequestHeaders headers) {
        return new Claims(
                ProjectsHeader.DELIVERY.in(headers),
                ProjectsHeader.WEBHOOKS_VERSION.in(headers),
                ProjectsHeader.WEBHOOKS_VERSION_EXPIRY.in(headers));
    }

    @Override
    public List<String> remarks(RequestHeaders headers, Optional<String> category) {
        List<String> remarks = new ArrayList<>();
        Optional<String> sent = ProjectsHeader.EVENT_CATEGORY.in(headers);
        if (category.isEmpty()) {
            remarks.add("the body names no category; " + statement(ProjectsHeader.EVENT_CATEGORY, headers)
                    + (sent.isPresent() ? ", which no signature covers" : ""));
        } else if (!sent.map(category.get()::equalsIgnoreCase).orElse(false)) {
            remarks.add("%s, the body %s%s"
                    .formatted(
                            statement(ProjectsHeader.EVENT_CATEGORY, headers),
                            sent.isPresent() ? "" : "says ",
                            category.get()));
        }
        if (!ProjectsHeader.DELIVERY.in(headers).map(ProjectsScheme::isUuid).orElse(false)) {
            remarks.add("the header %s is missing or no UUID".formatted(ProjectsHeader.DELIVERY.text()));
        }
        if (!ProjectsHeader.WEBHOOKS_VERSION.in(headers).equals(Optional.of(LATEST_VERSION))) {
            remarks.add(
                    "%s, known is %s".formatted(statement(ProjectsHeader.WEBHOOKS_VERSION, headers), LATEST_VERSION));
        }
        return remarks;
    }

    @Override
    public Optional<Diagnosis> diagnose(RequestHeaders headers) {
        return ProjectsDiagnosis.of(ProjectsHeader.SIGNATURE.in(headers)).map(ProjectsDiagnosis::toDiagnosis);
    }

    @Override
    public Diagnosis diagnose(SignedRequest request, List<String> secrets, InstantSource clock) {
        return ProjectsDiagnosis.of(ProjectsHeader.SIGNATURE.in(request.headers()), request.body(), secrets, derivation)
                .toDiagnosis();
    }

    @Override
    public String messageId(UUID random) {
        return random.toString();
    }

    @Override
    public Map<String, String> sign(Message message, HmacKey key, InstantSource clock) {
        Map<String, String> headers = new LinkedHashMap<>();
        message.category().ifPresent(category -> headers.put(ProjectsHeader.EVENT_CATEGORY.text(), category));
        headers.put(ProjectsHeader.DELIVERY.text(), message.id());
        headers.put(
                ProjectsHeader.SIGNATURE.text(),
                ProjectsSignature.of(message.body(), key).text());
        headers.put(ProjectsHeader.WEBHOOKS_VERSION.text(), LATEST_VERSION);
        headers.put(ProjectsHeader.WEBHOOKS_VERSION_EXPIRY.text(), "");
        return headers;
    }

    private static String statement(ProjectsHeader header, RequestHeaders headers) {
        return header.in(headers)
                .map(value -> "the header %s says '%s'".formatted(header.text(), value))
                .orElseGet(() -> "the header %s is missing".formatted(header.text()));
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equalsIgnoreCase(text);
        } catch (IllegalArgumentException notAUuid) {
            return false;
        }
    }
}
