package org.mxhooks.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How the key of the HMAC is derived from a secret of the Standard Webhooks specification. */
enum StandardKey {
    /** Base64 of the key behind {@value #PREFIX}; without that prefix the secret's own UTF-8 bytes. */
    AUTO {
        @Override
        byte[] bytes(String secret) {
            if (!secret.startsWith(PREFIX)) {
                return secret.getBytes(UTF_8);
            }
            byte[] key = decoded(secret)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "what follows %s in the secret is not Base64; copy the secret again, or use the key derivation raw"
                                    .formatted(PREFIX)));
            if (key.length < MIN_BYTES) {
                throw new IllegalArgumentException(
                        "what follows %s in the secret is the Base64 of %s bytes; the key must have at least %s"
                                .formatted(PREFIX, key.length, MIN_BYTES));
            }
            return key;
        }
    },
    /** The secret's own UTF-8 bytes as typed, its prefix included. */
    RAW {
        @Override
        byte[] bytes(String secret) {
            return secret.getBytes(UTF_8);
        }
    };

    /** Marks a secret whose rest is Base64. */
    static final String PREFIX = "whsec_";

    private static final int MIN_BYTES = 24;

    /**
     * The derivation of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static StandardKey named(String text) {
        return Stream.of(values())
                .filter(derivation -> derivation.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no key derivation '%s'".formatted(text)));
    }

    /** The name that settings use: {@code auto}. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if the secret is empty, or not what its prefix says */
    HmacKey key(String secret) {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("the secret is empty");
        }
        return new HmacKey(bytes(secret));
    }

    /** A secret without the prefix. */
    static String bare(String secret) {
        return secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret;
    }

    /** The bytes that a secret, without its prefix, is the Base64 of; empty if it is not. */
    static Optional<byte[]> decoded(String secret) {
        try {
            return Optional.of(Base64.getDecoder().decode(bare(secret)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    abstract byte[] bytes(String secret);
}
