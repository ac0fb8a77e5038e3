package org.mxhooks.signature;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;

/** How the key of the HMAC is derived from the secret that was typed into the portal. */
enum ProjectsKey {
    /**
     * Lower-case hex of 50 bytes: the 32 of SHA-256(UTF-8 secret), then 18 zeros. Mendix Community Commons,
     * {@code Hash(secret, 50)}; what the portal does.
     */
    SHA256_50 {
        @Override
        byte[] bytes(String secret) {
            return hex(Arrays.copyOf(sha256(secret), 50));
        }
    },
    /** Lower-case hex of the 32 bytes of SHA-256(UTF-8 secret). */
    SHA256 {
        @Override
        byte[] bytes(String secret) {
            return hex(sha256(secret));
        }
    },
    /** The secret's own UTF-8 bytes. */
    RAW {
        @Override
        byte[] bytes(String secret) {
            return secret.getBytes(UTF_8);
        }
    };

    /**
     * The derivation of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static ProjectsKey named(String text) {
        return Stream.of(values())
                .filter(derivation -> derivation.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no key derivation '%s'".formatted(text)));
    }

    /** The name that settings use: {@code sha256-50}. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException if the secret is empty */
    HmacKey key(String secret) {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("the secret is empty");
        }
        return new HmacKey(bytes(secret));
    }

    abstract byte[] bytes(String secret);

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
