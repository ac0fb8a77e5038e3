package org.mxhooks.settings;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of a deployment.
 *
 * @param home directory of the embedded database and of generated secrets ({@code mxhooks.home})
 * @param endpoints by name ({@code mxhooks.endpoints})
 * @param maxBody largest body that is accepted, in bytes ({@code mxhooks.max-body})
 * @param database where everything is kept
 * @param operator who may look at it and change it
 * @param viewer who may look at it ({@code mxhooks.viewer.user}, {@code .password})
 * @param oidc the provider that users of the console may sign in with
 * @param trustedProxies whose {@code X-Forwarded-*} and {@code Forwarded} headers are believed
 *     ({@code mxhooks.trusted-proxies})
 * @param dispatch how events are delivered to consumers
 * @param jms where events are published
 * @param relay how deliveries are sent on
 */
public record Settings(
        Path home,
        Map<String, EndpointSettings> endpoints,
        int maxBody,
        DatabaseSettings database,
        Account operator,
        Optional<Account> viewer,
        Optional<OidcSettings> oidc,
        Set<Network> trustedProxies,
        DispatchSettings dispatch,
        JmsSettings jms,
        RelaySettings relay) {}
