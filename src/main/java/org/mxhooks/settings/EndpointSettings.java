package org.mxhooks.settings;

import java.util.Optional;
import org.mxhooks.signature.KeyDerivation;

/**
 * Where webhooks arrive: {@code /hooks/<name>}.
 *
 * @param name as in the URL
 * @param secret signs what arrives
 * @param previousSecret verifies too, during a rotation
 * @param keyDerivation how the key comes from the secret
 */
public record EndpointSettings(
        String name, Secret secret, Optional<Secret> previousSecret, KeyDerivation keyDerivation) {}
