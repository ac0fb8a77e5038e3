package org.mxhooks.signature;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The value of the header {@link StandardHeader#SIGNATURE}: a list of {@code version,signature}, separated by spaces.
 * Only version {@code v1}, HMAC-SHA256 in Base64, is known; others are ignored.
 *
 * @param entries the first {@value #MAX_ENTRIES}
 * @param cut whether there are more
 */
record StandardSignatures(List<String> entries, boolean cut) {

    static final int MAX_ENTRIES = 32;

    private static final String VERSION = "v1,";
    private static final int DIGEST_BYTES = 32;

    static StandardSignatures of(byte[] content, HmacKey key) {
        return new StandardSignatures(
                List.of(VERSION + Base64.getEncoder().encodeToString(key.digest(content))), false);
    }

    static StandardSignatures read(String value) {
        List<String> all = Arrays.stream(value.split("[ \\t]+"))
                .filter(entry -> !entry.isEmpty())
                .limit(MAX_ENTRIES + 1L)
                .toList();
        return new StandardSignatures(all.subList(0, Math.min(all.size(), MAX_ENTRIES)), all.size() > MAX_ENTRIES);
    }

    /** Whether an entry has the known version. */
    boolean hasKnownVersion() {
        return entries.stream().anyMatch(entry -> entry.startsWith(VERSION));
    }

    /** Whether an entry of the known version is a digest. */
    boolean hasDigest() {
        return digests().findAny().isPresent();
    }

    /** Whether an entry holds several signatures: those of a header that was sent more than once. */
    boolean isRepeated() {
        return entries.stream().anyMatch(entry -> entry.indexOf("," + VERSION) >= 0);
    }

    /** Whether one of the signatures is that of exactly these bytes. */
    boolean verifies(byte[] content, HmacKey key) {
        byte[] expected = key.digest(content);
        return digests().anyMatch(digest -> MessageDigest.isEqual(expected, digest));
    }

    /** As it is sent. */
    String text() {
        return String.join(" ", entries);
    }

    private Stream<byte[]> digests() {
        return entries.stream()
                .filter(entry -> entry.startsWith(VERSION))
                .flatMap(entry -> digest(entry.substring(VERSION.length())).stream());
    }

    private static Optional<byte[]> digest(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64)).filter(bytes -> bytes.length == DIGEST_BYTES);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
