package org.mxhooks.ingest;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import org.mxhooks.settings.Network;
import org.mxhooks.web.Caller;

/**
 * The addresses that an endpoint accepts deliveries from.
 *
 * @param networks empty for all
 */
record AllowedSenders(Set<Network> networks) {

    boolean areLimited() {
        return !networks.isEmpty();
    }

    /**
     * Why a request is refused, for the operator; empty if its sender is allowed.
     *
     * @param trustedProxies whose forwarding headers are believed
     */
    Optional<String> refusal(HttpServletRequest connection, Set<Network> trustedProxies) {
        return areLimited()
                ? Optional.of(Caller.of(connection, trustedProxies))
                        .filter(sender -> !allows(sender))
                        .map(AllowedSenders::refusal)
                : Optional.empty();
    }

    private boolean allows(Caller sender) {
        return sender.way() != Caller.Way.CONTRADICTION
                && networks.stream().anyMatch(network -> network.contains(sender.address()));
    }

    private static String refusal(Caller sender) {
        String address = sender.address().getHostAddress();
        return switch (sender.way()) {
            case CONTRADICTION ->
                "sender unknown. The proxy %s sent Forwarded and X-Forwarded-For, which name different clients: configure it to remove the one that it does not set."
                        .formatted(address);
            case UNTRUSTED_PROXY ->
                "sender not allowed: %s. It sent headers of a proxy; if it is one, name it in mxhooks.trusted-proxies, so that the address of its client counts."
                        .formatted(address);
            default -> "sender not allowed: %s.".formatted(address);
        };
    }
}
