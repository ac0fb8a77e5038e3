package org.mxhooks.signature;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of the portal's projects webhooks (sprints and stories): HMAC-SHA256 over the body's bytes, in Base64.
 *
 * <p>One instance holds one secret's key, derived once; it is immutable and safe for use by many threads. Source: the
 * portal's "Webhooks for Sprints and Stories" page and the published Community Commons functions {@code Hash} and
 * {@code GenerateHMAC_SHA256_hash}.
 */
public final class ProjectsSignature {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int DIGEST_BYTES = 32;
    private static final int DIGEST_HEX_DIGITS = 2 * DIGEST_BYTES;

    private final SecretKeySpec key;

    /**
     * @param secret as typed into the portal; not empty
     * @param derivation how the key comes from it
     * @throws IllegalArgumentException if the secret is empty
     */
    public ProjectsSignature(String secret, KeyDerivation derivation) {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("the secret is empty");
        }
        key = new SecretKeySpec(derivation.key(secret), ALGORITHM);
    }

    /** The value of the signature header for a body: Base64 (RFC 4648 section 4) of the digest. */
    public String sign(byte[] body) {
        return Base64.getEncoder().encodeToString(digest(body));
    }

    /**
     * Whether a header's value is the signature of exactly these bytes. The value may be Base64 or hex in any case, in
     * one pair of parentheses or none, with white space around it; whatever else it is, it is not valid and never an
     * error.
     */
    public boolean verifies(String value, byte[] body) {
        return decode(value)
                .map(claimed -> MessageDigest.isEqual(digest(body), claimed))
                .orElse(false);
    }

    /** Whether a header's value may be a signature: a digest in one of the spellings that are read. */
    public static boolean isDigest(String value) {
        return decode(value).isPresent();
    }

    private byte[] digest(byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static Optional<byte[]> decode(String value) {
        String bare = withoutParentheses(value.strip());
        try {
            byte[] digest = bare.length() == DIGEST_HEX_DIGITS
                    ? HexFormat.of().parseHex(bare)
                    : Base64.getDecoder().decode(bare);
            return Optional.of(digest).filter(bytes -> bytes.length == DIGEST_BYTES);
        } catch (IllegalArgumentException neitherBase64NorHex) {
            return Optional.empty();
        }
    }

    private static String withoutParentheses(String value) {
        return value.length() > 1 && value.startsWith("(") && value.endsWith(")")
                ? value.substring(1, value.length() - 1).strip()
                : value;
    }
}
