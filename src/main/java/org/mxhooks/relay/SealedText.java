package org.mxhooks.relay;

/**
 * An encrypted text.
 *
 * @param bytes the ciphertext
 * @param keyId of the key
 */
record SealedText(byte[] bytes, String keyId) {}
