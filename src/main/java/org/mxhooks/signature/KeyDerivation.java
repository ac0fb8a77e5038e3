package org.mxhooks.signature;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** How the key of the HMAC comes from the secret that was typed into the portal. */
public enum KeyDerivation {
    /**
     * Lower-case hex of 50 bytes: the 32 of SHA-256(UTF-8 secret), then 18 zeros. Mendix Community Commons,
     * {@code Hash(secret, 50)}; what the portal does.
     */
    SHA256_50 {
        @Override
        byte[] key(String secret) {
            return hex(Arrays.copyOf(sha256(secret), 50));
        }
    },
    /** Lower-case hex of the 32 bytes of SHA-256(UTF-8 secret). */
    SHA256 {
        @Override
        byte[] key(String secret) {
            return hex(sha256(secret));
        }
    },
    /** The secret's own UTF-8 bytes. */
    RAW {
        @Override
        byte[] key(String secret) {
            return secret.getBytes(UTF_8);
        }
    };

    /** The name that settings use: {@code sha256-50}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    abstract byte[] key(String secret);

    private static byte[] hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes).getBytes(US_ASCII);
    }

    private static byte[] sha256(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
