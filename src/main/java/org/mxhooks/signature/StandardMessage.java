package org.mxhooks.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The headers of a message of the Standard Webhooks specification, well-formed.
 *
 * @param id of the message
 * @param timestamp seconds since the epoch, as sent
 * @param signatures of which one suffices
 */
record StandardMessage(String id, String timestamp, StandardSignatures signatures) {

    private static final int MAX_ID = 256;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");
    private static final Pattern MILLISECONDS = Pattern.compile("[0-9]{12,14}");

    /** What keeps headers from being those of a message. */
    enum Fault {
        MISSING_SIGNATURE(
                "missing signature",
                Verdict.Reason.SIGNATURE_MISSING,
                "The header webhook-signature is missing. Check that the sender signs its messages, and that proxies forward its headers."),
        MISSING_ID(
                "missing id",
                Verdict.Reason.ID_INVALID,
                "The header webhook-id is missing or empty. Check that proxies forward it."),
        MALFORMED_ID(
                "malformed id",
                Verdict.Reason.ID_INVALID,
                "The header webhook-id must have at most %s characters and no dot.".formatted(MAX_ID)),
        MISSING_TIMESTAMP(
                "missing timestamp",
                Verdict.Reason.TIMESTAMP_INVALID,
                "The header webhook-timestamp is missing or empty. Check that proxies forward it."),
        TIMESTAMP_IN_MILLISECONDS(
                "timestamp in milliseconds",
                Verdict.Reason.TIMESTAMP_INVALID,
                "The header webhook-timestamp is in milliseconds; it must be in seconds since 1970-01-01T00:00:00Z."),
        MALFORMED_TIMESTAMP(
                "malformed timestamp",
                Verdict.Reason.TIMESTAMP_INVALID,
                "The header webhook-timestamp must be the seconds since 1970-01-01T00:00:00Z, in digits only."),
        REPEATED_SIGNATURE(
                "repeated signature",
                Verdict.Reason.SIGNATURE_INVALID,
                "The header webhook-signature occurs more than once. Check whether a proxy adds it again; several signatures are one value, separated by spaces."),
        UNKNOWN_VERSION(
                "unknown version",
                Verdict.Reason.SIGNATURE_INVALID,
                "No signature has the version v1; expected is v1, a comma, and 32 bytes in Base64."),
        MALFORMED_SIGNATURE(
                "malformed signature",
                Verdict.Reason.SIGNATURE_INVALID,
                "No signature of version v1 can be read; expected is v1, a comma, and 32 bytes in Base64.");

        private final String cause;
        private final Verdict.Reason reason;
        private final String text;

        Fault(String cause, Verdict.Reason reason, String text) {
            this.cause = cause;
            this.reason = reason;
            this.text = text;
        }

        Diagnosis toDiagnosis() {
            return new Diagnosis(false, cause, text, Optional.empty());
        }

        Verdict toVerdict() {
            return new Verdict.Rejected(reason, text);
        }
    }

    /** What is wrong with headers; empty where nothing is. */
    static Optional<Fault> fault(RequestHeaders headers) {
        Optional<String> signature = value(StandardHeader.SIGNATURE, headers);
        return signature.isEmpty()
                ? Optional.of(Fault.MISSING_SIGNATURE)
                : ofId(value(StandardHeader.ID, headers))
                        .or(() -> ofTimestamp(value(StandardHeader.TIMESTAMP, headers)))
                        .or(() -> ofSignatures(StandardSignatures.read(signature.get())));
    }

    /** The message of headers without a {@link #fault}. */
    static StandardMessage of(RequestHeaders headers) {
        return new StandardMessage(
                value(StandardHeader.ID, headers).orElseThrow(),
                value(StandardHeader.TIMESTAMP, headers).orElseThrow(),
                StandardSignatures.read(value(StandardHeader.SIGNATURE, headers).orElseThrow()));
    }

    /** What a signature covers. */
    static byte[] content(String id, String timestamp, byte[] body) {
        byte[] head = (id + "." + timestamp + ".").getBytes(UTF_8);
        byte[] content = new byte[head.length + body.length];
        System.arraycopy(head, 0, content, 0, head.length);
        System.arraycopy(body, 0, content, head.length, body.length);
        return content;
    }

    boolean verifies(byte[] body, HmacKey key) {
        return signatures.verifies(content(id, timestamp, body), key);
    }

    /** How far the timestamp is ahead of a clock, in whole seconds; negative where it is behind. */
    Duration ahead(InstantSource clock) {
        return Duration.between(
                clock.instant().truncatedTo(ChronoUnit.SECONDS), Instant.ofEpochSecond(Long.parseLong(timestamp)));
    }

    private static Optional<Fault> ofId(Optional<String> id) {
        if (id.isEmpty()) {
            return Optional.of(Fault.MISSING_ID);
        }
        return id.get().length() > MAX_ID || id.get().indexOf('.') >= 0
                ? Optional.of(Fault.MALFORMED_ID)
                : Optional.empty();
    }

    private static Optional<Fault> ofTimestamp(Optional<String> timestamp) {
        if (timestamp.isEmpty()) {
            return Optional.of(Fault.MISSING_TIMESTAMP);
        }
        if (MILLISECONDS.matcher(timestamp.get()).matches()) {
            return Optional.of(Fault.TIMESTAMP_IN_MILLISECONDS);
        }
        return SECONDS.matcher(timestamp.get()).matches() ? Optional.empty() : Optional.of(Fault.MALFORMED_TIMESTAMP);
    }

    private static Optional<Fault> ofSignatures(StandardSignatures signatures) {
        if (signatures.isRepeated()) {
            return Optional.of(Fault.REPEATED_SIGNATURE);
        }
        if (!signatures.hasKnownVersion()) {
            return Optional.of(Fault.UNKNOWN_VERSION);
        }
        return signatures.hasDigest() ? Optional.empty() : Optional.of(Fault.MALFORMED_SIGNATURE);
    }

    /** One text for both encodings that an id may be sent in, so that it is one identity. */
    private static Optional<String> value(StandardHeader header, RequestHeaders headers) {
        return header.in(headers)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(MisreadText::reread);
    }
}
