package org.mxhooks.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.mxhooks.settings.Network;

/**
 * The client of a request and its transport. Forwarding headers are trusted only from proxies that
 * {@code mxhooks.trusted-proxies} names.
 *
 * @param address of the client: the right-most that is not a trusted proxy's; where a proxy hides it, that proxy's
 * @param way how the request travelled
 * @param local whether a program on this machine sent it, and no proxy
 */
public record Caller(InetAddress address, Way way, boolean local) {

    private static final int IPV6_SITE = 64;
    private static final Network LOOPBACK = Network.of(InetAddress.getLoopbackAddress(), Byte.SIZE);

    /** How a request travelled. */
    public enum Way {
        HTTPS(""),
        LOOPBACK(""),
        PLAIN("HTTPS is required, except from the server's own machine."),
        PLAIN_TO_PROXY(
                "HTTPS is required. The proxy must send X-Forwarded-Proto: https, or Forwarded with proto=https."),
        UNTRUSTED_PROXY(
                "HTTPS is required. The request came through a proxy that mxhooks.trusted-proxies does not name, so its headers are ignored."),
        CONTRADICTION(
                "HTTPS is required. Forwarded and X-Forwarded-For name different clients: configure the proxy to remove the one that it does not set.");

        private final String remedy;

        Way(String remedy) {
            this.remedy = remedy;
        }

        /** Whether the connection is confidential. */
        public boolean isPrivate() {
            return this == HTTPS || this == LOOPBACK;
        }

        /** What is wrong with the transport, and what to do. */
        public String remedy() {
            return remedy;
        }
    }

    /** @param trustedProxies proxies whose headers are trusted */
    public static Caller of(HttpServletRequest request, Set<Network> trustedProxies) {
        Predicate<InetAddress> trusted =
                address -> trustedProxies.stream().anyMatch(network -> network.contains(address));
        InetAddress peer = peer(request);
        Optional<Forwarding> forwarding = Forwarding.of(request);
        if (forwarding.isEmpty()) {
            boolean local = peer.isLoopbackAddress();
            Way plain = local ? Way.LOOPBACK : Way.PLAIN;
            return new Caller(peer, request.isSecure() ? Way.HTTPS : plain, local);
        }
        if (!trusted.test(peer)) {
            return new Caller(peer, request.isSecure() ? Way.HTTPS : Way.UNTRUSTED_PROXY, false);
        }
        return forwarding.get().contradicts(peer, trusted)
                ? new Caller(peer, Way.CONTRADICTION, false)
                : new Caller(
                        forwarding.get().client(peer, trusted),
                        forwarding.get().isHttps(trusted) ? Way.HTTPS : Way.PLAIN_TO_PROXY,
                        false);
    }

    /** The addresses that one client can easily use: all of loopback, a /64 of IPv6, one of IPv4. */
    public Network network() {
        if (address.isLoopbackAddress()) {
            return LOOPBACK;
        }
        int bits = address.getAddress().length * Byte.SIZE;
        return Network.of(address, Math.min(bits, IPV6_SITE));
    }

    /** Without the zone that a link-local address may have. */
    private static InetAddress peer(HttpServletRequest request) {
        String address = Optional.ofNullable(request.getRemoteAddr()).orElse("");
        return Network.address(address.replaceFirst("%.*", "")).orElseGet(Caller::unknown);
    }

    private static InetAddress unknown() {
        try {
            return InetAddress.getByAddress(new byte[Integer.BYTES]);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 bytes", e);
        }
    }
}
