package org.mxhooks.relay;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.mxhooks.relay.Targets.Resolver;
import org.mxhooks.settings.Network;
import org.mxhooks.settings.RelaySettings;
import org.mxhooks.settings.Secret;

/** Settings of the relay, and names that are looked up in a table. */
final class RelayConfig {

    static final RelaySettings STRICT = allowing(Set.of(), Set.of());

    private RelayConfig() {}

    static RelaySettings allowing(Set<String> hosts, Set<Network> networks) {
        return with(hosts, networks, Duration.ofSeconds(15));
    }

    static RelaySettings loopback(Duration timeout) {
        return with(Set.of(), Set.of(network("127.0.0.0", 8)), timeout);
    }

    private static RelaySettings with(Set<String> hosts, Set<Network> networks, Duration timeout) {
        return new RelaySettings(
                Optional.of(Secret.of("a key of this test")),
                Optional.empty(),
                hosts,
                networks,
                timeout,
                Duration.ofDays(3),
                Optional.empty());
    }

    static Network network(String first, int prefix) {
        return Network.of(Network.address(first).orElseThrow(), prefix);
    }

    /** Every name has these addresses; what is an address is that address, as Java reads it. */
    static Resolver resolving(String... addresses) {
        return host -> {
            if (host.matches("[0-9a-fA-Fx.]+") || host.contains(":")) {
                return InetAddress.getAllByName(host);
            }
            if (host.endsWith(".invalid")) {
                throw new UnknownHostException(host);
            }
            return Arrays.stream(addresses)
                    .map(text -> Network.address(text).orElseThrow())
                    .toArray(InetAddress[]::new);
        };
    }
}
