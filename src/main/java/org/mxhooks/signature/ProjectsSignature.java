package org.mxhooks.signature;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The value of the header {@link ProjectsHeader#SIGNATURE}: HMAC-SHA256 over the body's bytes, in Base64. Source: the
 * published Community Commons function {@code GenerateHMAC_SHA256_hash}.
 *
 * @param digest the 32 bytes that the value stands for
 */
record ProjectsSignature(byte[] digest) {

    private static final int DIGEST_BYTES = 32;
    private static final int DIGEST_HEX_DIGITS = 2 * DIGEST_BYTES;

    static ProjectsSignature of(byte[] body, HmacKey key) {
        return new ProjectsSignature(key.digest(body));
    }

    /**
     * Reads a header's value: Base64 or hex in any case, in one pair of parentheses or none, with white space around
     * it. Empty for anything else.
     */
    static Optional<ProjectsSignature> read(String value) {
        String bare = withoutParentheses(value.strip());
        try {
            byte[] digest = bare.length() == DIGEST_HEX_DIGITS
                    ? HexFormat.of().parseHex(bare)
                    : Base64.getDecoder().decode(bare);
            return Optional.of(digest)
                    .filter(bytes -> bytes.length == DIGEST_BYTES)
                    .map(ProjectsSignature::new);
        } catch (IllegalArgumentException neitherBase64NorHex) {
            return Optional.empty();
        }
    }

    /** Whether it is the signature of exactly these bytes; takes as long if it is not. */
    boolean verifies(byte[] body, HmacKey key) {
        return MessageDigest.isEqual(key.digest(body), digest);
    }

    /** As the portal writes it, without its parentheses: Base64 (RFC 4648 section 4). */
    String text() {
        return Base64.getEncoder().encodeToString(digest);
    }

    private static String withoutParentheses(String value) {
        return value.length() > 1 && value.startsWith("(") && value.endsWith(")")
                ? value.substring(1, value.length() - 1).strip()
                : value;
    }
}
