package org.mxhooks.settings;

import java.util.Optional;
import java.util.Set;
import org.mxhooks.signature.Scheme;

/**
 * An endpoint, {@code /hooks/<name>}.
 *
 * @param name as in the URL
 * @param scheme by which deliveries are signed
 * @param secret that the sender signs with
 * @param previousSecret that is accepted too, during a rotation
 * @param allowedSenders from which deliveries are accepted; empty for all
 */
public record EndpointSettings(
        String name, Scheme scheme, Secret secret, Optional<Secret> previousSecret, Set<Network> allowedSenders) {}
