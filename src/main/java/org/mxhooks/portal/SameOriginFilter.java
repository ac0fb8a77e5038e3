package org.mxhooks.portal;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.PathSegment;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Refuses what another page in the same browser sends here. A name of another host that resolves to this machine (DNS
 * rebinding) is known by {@code Host}, a page of another origin by {@code Origin} and {@code Sec-Fetch-Site}; and a
 * form cannot send JSON. Programs send none of these headers but the first.
 */
@PreMatching
@Priority(Priorities.AUTHENTICATION)
public final class SameOriginFilter implements ContainerRequestFilter {

    private static final Pattern LOOPBACK =
            Pattern.compile("(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);
    private static final Pattern JSON =
            Pattern.compile("application/json\\s*(;\\s*charset=\"?utf-8\"?\\s*)?", Pattern.CASE_INSENSITIVE);
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
    private static final Set<String> NOT_PAGES = Set.of("api", "v1");
    private static final Set<String> OWN_PAGE = Set.of("same-origin", "none");

    @Override
    public void filter(ContainerRequestContext request) {
        List<String> host = headers(request, "Host");
        if (host.size() != 1 || !LOOPBACK.matcher(host.get(0)).matches()) {
            throw new Rejection(421, "Call the portal as 127.0.0.1 or localhost; it answers under no other name.");
        }
        if (!isPage(request)) {
            demandOwnPage(request, host.get(0));
        }
        if (WITH_BODY.contains(request.getMethod())
                && headers(request, "Content-Type").stream()
                        .noneMatch(type -> JSON.matcher(type).matches())) {
            throw new Rejection(415, "Send JSON: Content-Type must be application/json.");
        }
    }

    /** What a link on another page may lead to: compared as paths are matched, without matrix parameters. */
    private static boolean isPage(ContainerRequestContext request) {
        return request.getMethod().equals("GET")
                && request.getUriInfo().getPathSegments().stream()
                        .map(PathSegment::getPath)
                        .noneMatch(NOT_PAGES::contains);
    }

    private static void demandOwnPage(ContainerRequestContext request, String host) {
        boolean foreign = headers(request, "Origin").stream().anyMatch(origin -> !origin.equals("http://" + host))
                || headers(request, "Sec-Fetch-Site").stream().anyMatch(site -> !OWN_PAGE.contains(site));
        if (foreign) {
            throw new Rejection(403, "Another page must not call the portal; open the portal's own.");
        }
    }

    /** Compared without regard to case, in every language. */
    static List<String> headers(ContainerRequestContext request, String name) {
        return request.getHeaders().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> header.getValue().stream())
                .toList();
    }

    static Optional<String> header(ContainerRequestContext request, String name) {
        return headers(request, name).stream().findFirst();
    }
}
