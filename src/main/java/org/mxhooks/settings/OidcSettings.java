package org.mxhooks.settings;

import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * The OpenID provider that users of the console may sign in with.
 *
 * @param issuer its identifier, compared as it is written ({@code mxhooks.oidc.issuer})
 * @param clientId that it knows mxhooks by ({@code mxhooks.oidc.client-id})
 * @param clientSecret with which mxhooks authenticates itself there ({@code mxhooks.oidc.client-secret})
 * @param redirectUri to which it leads browsers back, exactly as it is registered there
 *     ({@code mxhooks.oidc.redirect-uri}); ends in {@link #CALLBACK}
 * @param scopes that are requested, {@code openid} among them ({@code mxhooks.oidc.scopes})
 * @param roleClaim whose values decide on the role ({@code mxhooks.oidc.role-claim})
 * @param operatorValues each of which makes an operator ({@code mxhooks.oidc.operator-values})
 * @param viewerValues each of which makes a viewer ({@code mxhooks.oidc.viewer-values})
 */
public record OidcSettings(
        URI issuer,
        String clientId,
        Secret clientSecret,
        URI redirectUri,
        List<String> scopes,
        String roleClaim,
        Set<String> operatorValues,
        Set<String> viewerValues) {

    /** Where browsers come back to, within the application. */
    public static final String CALLBACK = "/console/oidc/callback";

    /** A page of the console as browsers see it, at the same place as the redirect URI. */
    public URI page(String name) {
        return redirectUri.resolve("../" + name);
    }

    /** Whether a URL is at this machine: the only ones that may be without HTTPS. */
    public static boolean isLoopback(URI url) {
        return url.getHost() != null
                && Set.of("127.0.0.1", "[::1]", "localhost").contains(url.getHost());
    }
}
