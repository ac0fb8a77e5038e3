package org.mxhooks.relay;

import static java.util.stream.Collectors.joining;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.mxhooks.settings.Network;
import org.mxhooks.settings.RelaySettings;

/**
 * Which URLs and addresses may be called: only public ones by HTTPS, unless the settings name them. A name of which one
 * address is not public is not called at all. Safe for use by many threads.
 */
final class Targets {

    /** What some programs read as an address, each in its own way. */
    private static final Pattern NUMERIC = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)\\.?");

    private static final int MAX_URL = 2_000;
    private static final int MAX_PORT = 65_535;

    private final RelaySettings settings;
    private final Resolver resolver;

    /** Looks up a name; {@link InetAddress#getAllByName} in production. */
    interface Resolver {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    Targets(RelaySettings settings, Resolver resolver) {
        this.settings = settings;
        this.resolver = resolver;
    }

    /**
     * Checks a URL, and the addresses that its host has now.
     *
     * @throws ForbiddenTarget with the reason, and what is allowed
     */
    void check(String url) throws ForbiddenTarget {
        URI uri = parse(url);
        try {
            addresses(uri.getHost());
        } catch (ForbiddenAddress e) {
            throw new ForbiddenTarget(e.getMessage());
        } catch (UnknownHostException e) {
            throw new ForbiddenTarget("the host %s is unknown to this server".formatted(uri.getHost()));
        }
    }

    /** As far as it depends on the text alone. */
    URI parse(String url) throws ForbiddenTarget {
        demand(url.length() <= MAX_URL, "the URL is longer than %s characters".formatted(MAX_URL));
        URI uri = uri(url);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        demand(List.of("https", "http").contains(scheme), "the URL must begin with https://");
        demand(uri.getHost() != null && !uri.getHost().isEmpty(), "the URL has no host");
        demand(
                !NUMERIC.matcher(uri.getHost()).matches()
                        || Network.address(uri.getHost()).isPresent(),
                "an IPv4 address must be written as four decimal numbers without leading zeros");
        demand(uri.getRawUserInfo() == null, "the URL must not hold a user or password; add a header instead");
        demand(uri.getRawFragment() == null, "the URL must not have a fragment (#…)");
        demand(uri.getPort() != 0 && uri.getPort() <= MAX_PORT, "the port must be between 1 and 65535");
        demand(
                scheme.equals("https") || isNamed(uri.getHost()),
                "http is not encrypted: use https, or add %s to mxhooks.relay.allow".formatted(uri.getHost()));
        return uri;
    }

    private static URI uri(String url) throws ForbiddenTarget {
        try {
            return new URI(url).parseServerAuthority();
        } catch (URISyntaxException e) {
            throw new ForbiddenTarget("it is not a URL: " + e.getReason());
        }
    }

    private boolean isNamed(String host) {
        return settings.allowedHosts().contains(name(host))
                || Network.address(literal(host))
                        .filter(this::isInAllowedNetwork)
                        .isPresent();
    }

    /**
     * The addresses of a host, all of which may be called.
     *
     * @throws ForbiddenAddress if one may not
     */
    InetAddress[] addresses(String host) throws UnknownHostException {
        InetAddress[] addresses = lookUp(host);
        if (settings.allowedHosts().contains(name(host))) {
            return addresses;
        }
        List<InetAddress> forbidden = Arrays.stream(addresses)
                .filter(address -> !isInAllowedNetwork(address) && !PublicAddress.is(address))
                .toList();
        if (addresses.length == 0 || !forbidden.isEmpty()) {
            throw new ForbiddenAddress(
                    "%s has the address %s, which is not public; if it is to be called, add it to mxhooks.relay.allow"
                            .formatted(
                                    host,
                                    forbidden.stream()
                                            .map(InetAddress::getHostAddress)
                                            .collect(joining(", "))));
        }
        return addresses;
    }

    /** The addresses of a host, whatever they are. */
    InetAddress[] lookUp(String host) throws UnknownHostException {
        return resolver.addresses(literal(host));
    }

    private boolean isInAllowedNetwork(InetAddress address) {
        return settings.allowedNetworks().stream().anyMatch(network -> network.contains(address));
    }

    private static String name(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return literal(name).toLowerCase(Locale.ROOT);
    }

    static String literal(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static void demand(boolean condition, String otherwise) throws ForbiddenTarget {
        if (!condition) {
            throw new ForbiddenTarget(otherwise);
        }
    }

    /** A URL that is not called, with the reason. */
    static final class ForbiddenTarget extends Exception {

        private static final long serialVersionUID = 1;

        ForbiddenTarget(String reason) {
            super(reason);
        }
    }

    /** A host that has an address that is not called. */
    static final class ForbiddenAddress extends UnknownHostException {

        private static final long serialVersionUID = 1;

        ForbiddenAddress(String reason) {
            super(reason);
        }
    }
}
