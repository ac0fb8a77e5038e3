package org.mxhooks.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.subtle.Hkdf;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Encrypts what subscriptions keep secret: AES-256-GCM, whose key is derived by HKDF-SHA256 (RFC 5869) from the text of
 * {@code mxhooks.relay.key}. The subscription's id is associated data, so a row's secret is of no use in another row.
 */
final class SubscriptionKey {

    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 4;

    private final Aead aead;
    private final String id;

    /** @param text of any length; what is guessed is what an attacker needs */
    SubscriptionKey(String text) {
        try {
            AeadConfig.register();
            aead = KeysetHandle.newBuilder()
                    .addEntry(KeysetHandle.importKey(AesGcmKey.builder()
                                    .setParameters(AesGcmParameters.builder()
                                            .setKeySizeBytes(KEY_BYTES)
                                            .setIvSizeBytes(12)
                                            .setTagSizeBytes(16)
                                            .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                                            .build())
                                    .setKeyBytes(SecretBytes.copyFrom(
                                            derive(text, "encrypt", KEY_BYTES), InsecureSecretKeyAccess.get()))
                                    .build())
                            .withRandomId()
                            .makePrimary())
                    .build()
                    .getPrimitive(RegistryConfiguration.get(), Aead.class);
            id = HexFormat.of().formatHex(derive(text, "id", ID_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM and HMAC-SHA256", e);
        }
    }

    private static byte[] derive(String text, String purpose, int length) throws GeneralSecurityException {
        byte[] info = ("mxhooks.relay.key " + purpose).getBytes(UTF_8);
        return Hkdf.computeHkdf("HMACSHA256", text.getBytes(UTF_8), new byte[0], info, length);
    }

    /** By which rows name the key; it reveals nothing of it. */
    String id() {
        return id;
    }

    SealedText seal(String text, UUID subscription) {
        try {
            return new SealedText(aead.encrypt(text.getBytes(UTF_8), associated(subscription)), id);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("encryption failed", e);
        }
    }

    /** @throws WrongKey if it was encrypted with another key, or for another subscription */
    String open(SealedText sealed, UUID subscription) throws WrongKey {
        try {
            return new String(aead.decrypt(sealed.bytes(), associated(subscription)), UTF_8);
        } catch (GeneralSecurityException e) {
            throw new WrongKey(
                    "The secret of subscription %s was encrypted with the key %s, and mxhooks.relay.key is the key %s"
                            .formatted(subscription, sealed.keyId(), id));
        }
    }

    private static byte[] associated(UUID subscription) {
        return subscription.toString().getBytes(UTF_8);
    }

    /** The settings' key does not decrypt a subscription. */
    static final class WrongKey extends Exception {

        private static final long serialVersionUID = 1;

        private WrongKey(String message) {
            super(message);
        }
    }
}
