package org.mxhooks.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.mxhooks.settings.Network;

/**
 * What proxies say of the way of a request, in {@code Forwarded} (RFC 7239) or in {@code X-Forwarded-For} and
 * {@code X-Forwarded-Proto}. Anybody can send these headers: they mean something only from a trusted proxy.
 */
final class Forwarding {

    private static final String X_FORWARDED = "x-forwarded-";
    private static final Set<String> OTHERS = Set.of(
            "cf-connecting-ip",
            "cf-connecting-ipv6",
            "fastly-client-ip",
            "fly-client-ip",
            "forwarded",
            "forwarded-for",
            "front-end-https",
            "true-client-ip",
            "via",
            "x-azure-clientip",
            "x-client-ip",
            "x-cluster-client-ip",
            "x-envoy-external-address",
            "x-original-for",
            "x-original-forwarded-for",
            "x-originating-ip",
            "x-real-ip");

    private final List<Hop> forwarded;
    private final List<Hop> xForwarded;
    private final List<String> xProtocols;

    /**
     * One client that a proxy names.
     *
     * @param client empty where the proxy hides it or does not know it
     * @param protocol by which the proxy was asked
     */
    private record Hop(Optional<InetAddress> client, Optional<String> protocol) {}

    private Forwarding(HttpServletRequest request) {
        forwarded = elements(request, "Forwarded").map(Forwarding::hop).toList();
        xForwarded = elements(request, "X-Forwarded-For")
                .map(node -> new Hop(node(node), Optional.empty()))
                .toList();
        xProtocols = elements(request, "X-Forwarded-Proto").toList();
    }

    /** Empty if no proxy says anything. */
    static Optional<Forwarding> of(HttpServletRequest request) {
        return Collections.list(request.getHeaderNames()).stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .anyMatch(name -> name.startsWith(X_FORWARDED) || OTHERS.contains(name))
                ? Optional.of(new Forwarding(request))
                : Optional.empty();
    }

    /**
     * Whether both forms are there and lead to different clients: a proxy sets one and passes on what a stranger wrote
     * into the other.
     */
    boolean contradicts(InetAddress peer, Predicate<InetAddress> trusted) {
        return !forwarded.isEmpty()
                && !xForwarded.isEmpty()
                && !client(forwarded, peer, trusted).equals(client(xForwarded, peer, trusted));
    }

    /** The right-most address that is not trusted. Where a proxy does not say, the nearest that is known. */
    InetAddress client(InetAddress peer, Predicate<InetAddress> trusted) {
        return client(forwarded.isEmpty() ? xForwarded : forwarded, peer, trusted);
    }

    /** Whether the client used HTTPS; where several say so, all must. */
    boolean isHttps(Predicate<InetAddress> trusted) {
        List<String> protocols = new ArrayList<>(xProtocols);
        if (!forwarded.isEmpty()) {
            forwarded.get(client(forwarded, trusted)).protocol().ifPresent(protocols::add);
        }
        return !protocols.isEmpty() && protocols.stream().allMatch("https"::equalsIgnoreCase);
    }

    private static InetAddress client(List<Hop> hops, InetAddress peer, Predicate<InetAddress> trusted) {
        return hops.subList(hops.isEmpty() ? 0 : client(hops, trusted), hops.size()).stream()
                .flatMap(hop -> hop.client().stream())
                .findFirst()
                .orElse(peer);
    }

    private static int client(List<Hop> hops, Predicate<InetAddress> trusted) {
        int at = hops.size() - 1;
        while (at > 0 && hops.get(at).client().filter(trusted).isPresent()) {
            at--;
        }
        return at;
    }

    private static Hop hop(String element) {
        Optional<InetAddress> client = Optional.empty();
        Optional<String> protocol = Optional.empty();
        for (String pair : element.split(";")) {
            int equals = pair.indexOf('=');
            String name = pair.substring(0, Math.max(equals, 0)).strip();
            String value = pair.substring(equals + 1);
            if (name.equalsIgnoreCase("for")) {
                client = node(value);
            } else if (name.equalsIgnoreCase("proto")) {
                protocol = Optional.of(unquoted(value));
            }
        }
        return new Hop(client, protocol);
    }

    /** An address, with or without a port; IPv6 in brackets or not. */
    private static Optional<InetAddress> node(String text) {
        String node = unquoted(text);
        int end = node.indexOf(']');
        if (node.startsWith("[") && end > 0) {
            return Network.address(node.substring(1, end));
        }
        boolean port = node.indexOf(':') > 0 && node.indexOf(':') == node.lastIndexOf(':');
        return Network.address(port ? node.substring(0, node.indexOf(':')) : node);
    }

    /**
     * All lines of a header together, without blank elements. Quotes protect no comma: a stranger's must not swallow
     * what a proxy appends.
     */
    private static Stream<String> elements(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header)).stream()
                .flatMap(line -> Stream.of(line.split(",")))
                .map(String::strip)
                .filter(element -> !element.isEmpty());
    }

    private static String unquoted(String text) {
        String value = text.strip();
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
