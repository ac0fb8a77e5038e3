package com.example.spring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Verifies that a body comes from who knows the secret. */
class Signature {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    Signature(String secret) {
        key = new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM);
    }

    boolean verifies(String value, byte[] body) throws GeneralSecurityException {
        if (value == null) {
            return false;
        }
        Mac mac = Mac.getInstance(ALGORITHM);
        mac.init(key);
        return MessageDigest.isEqual(mac.doFinal(body), Base64.getDecoder().decode(value));
    }
}
