package org.mxhooks.privacy;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Whom an erasure is about; kept with its order as JSON.
 *
 * @param identifiers of the person; none once the erasure has ended
 * @param alsoFound other values that describe the person; none once the erasure has ended
 * @param fingerprints of the identifiers, by which it can be proved later whom the erasure was about
 * @param salt of the fingerprints, in hexadecimal digits
 */
record ErasureDetails(List<String> identifiers, List<String> alsoFound, List<String> fingerprints, String salt) {

    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    /** So that a fingerprint takes long to guess from: an email address is not hard to think of. */
    private static final int ITERATIONS = 100_000;

    private static final int SALT_BYTES = 16;
    private static final int FINGERPRINT_BITS = 256;

    static ErasureDetails of(ErasedPerson person) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        List<String> fingerprints = new ArrayList<>();
        for (String identifier : person.identifiers()) {
            fingerprints.add(fingerprint(identifier, salt));
        }
        return new ErasureDetails(
                person.identifiers(), List.of(), fingerprints, HexFormat.of().formatHex(salt));
    }

    private static String fingerprint(String identifier, byte[] salt) {
        try {
            byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(identifier.toCharArray(), salt, ITERATIONS, FINGERPRINT_BITS))
                    .getEncoded();
            return HexFormat.of().formatHex(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform of ours has PBKDF2WithHmacSHA256", e);
        }
    }

    ErasureDetails with(List<String> found) {
        return new ErasureDetails(identifiers, found, fingerprints, salt);
    }

    /** Without the person. */
    ErasureDetails ended() {
        return new ErasureDetails(List.of(), List.of(), fingerprints, salt);
    }

    String json() {
        return JSON.createObjectBuilder()
                .add("identifiers", JSON.createArrayBuilder(identifiers))
                .add("alsoFound", JSON.createArrayBuilder(alsoFound))
                .add("fingerprints", JSON.createArrayBuilder(fingerprints))
                .add("salt", salt)
                .build()
                .toString();
    }

    static ErasureDetails read(String json) {
        try (JsonReader reader = READERS.createReader(new StringReader(json))) {
            JsonObject details = reader.readObject();
            return new ErasureDetails(
                    texts(details, "identifiers"),
                    texts(details, "alsoFound"),
                    texts(details, "fingerprints"),
                    details.getString("salt"));
        }
    }

    private static List<String> texts(JsonObject json, String name) {
        return json.getJsonArray(name).getValuesAs(JsonString::getString);
    }
}
