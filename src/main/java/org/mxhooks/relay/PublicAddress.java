package org.mxhooks.relay;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mxhooks.settings.Network;

/**
 * Whether an address belongs to the public internet. An IPv6 address that stands for an IPv4 address (mapped,
 * compatible, 6to4, NAT64) counts as that one. Source: the registries of special-purpose addresses of IANA (RFC 6890),
 * and the addresses at which cloud providers serve a machine's metadata.
 */
final class PublicAddress {

    private static final List<Network> SPECIAL = networks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "168.63.129.16/32", // Azure's platform
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    /** Of IPv6 all that is assigned as global unicast is public, except these. */
    private static final Network GLOBAL_UNICAST = network("2000::/3");

    private static final List<Network> SPECIAL_6 =
            networks("2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20", "5f00::/16");

    private static final Network SIX_TO_FOUR = network("2002::/16");
    private static final Network NAT64 = network("64:ff9b::/96");
    private static final Network COMPATIBLE = network("::/96");
    private static final int END = 16;

    private PublicAddress() {}

    static boolean is(InetAddress address) {
        if (address instanceof Inet4Address) {
            return SPECIAL.stream().noneMatch(network -> network.contains(address));
        }
        return embedded((Inet6Address) address)
                .map(PublicAddress::is)
                .orElseGet(() -> GLOBAL_UNICAST.contains(address)
                        && SPECIAL_6.stream().noneMatch(network -> network.contains(address)));
    }

    /** The IPv4 address that an IPv6 address stands for; Java itself turns mapped ones into IPv4. */
    private static Optional<InetAddress> embedded(Inet6Address address) {
        if (SIX_TO_FOUR.contains(address)) {
            return Optional.of(part(address, 2));
        }
        return NAT64.contains(address) || COMPATIBLE.contains(address)
                ? Optional.of(part(address, END - 4))
                : Optional.empty();
    }

    private static InetAddress part(Inet6Address address, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), from, from + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static List<Network> networks(String... ranges) {
        return Arrays.stream(ranges).map(PublicAddress::network).toList();
    }

    private static Network network(String range) {
        String[] parts = range.split("/");
        return Network.of(Network.address(parts[0]).orElseThrow(), Integer.parseInt(parts[1]));
    }
}
