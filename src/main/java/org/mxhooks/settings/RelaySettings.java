package org.mxhooks.settings;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How deliveries are sent on to subscriptions.
 *
 * @param key that encrypts what subscriptions keep secret ({@code mxhooks.relay.key}); empty where none is set and the
 *     database is not the embedded one: there are no subscriptions then
 * @param previousKey that some subscriptions may still be encrypted with ({@code mxhooks.relay.previous-key})
 * @param allowedHosts names that may be called whatever their addresses are, and by plain HTTP
 *     ({@code mxhooks.relay.allow}), in lower case
 * @param allowedNetworks addresses that may be called although they are not public, and by plain HTTP
 * @param timeout of a call, from the look-up of the name to the end of the answer ({@code mxhooks.relay.timeout})
 * @param retryFor for how long a failed delivery is tried again ({@code mxhooks.relay.retry.for})
 * @param proxy through which calls go ({@code mxhooks.relay.proxy}); empty for none
 */
public record RelaySettings(
        Optional<Secret> key,
        Optional<Secret> previousKey,
        Set<String> allowedHosts,
        Set<Network> allowedNetworks,
        Duration timeout,
        Duration retryFor,
        Optional<URI> proxy) {}
