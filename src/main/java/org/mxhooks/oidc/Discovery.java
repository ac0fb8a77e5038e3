package org.mxhooks.oidc;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.mxhooks.settings.OidcSettings;

/**
 * What the provider publishes of itself (OpenID Connect Discovery 1.0): its endpoints for an hour, and longer while it
 * does not answer; its keys for an hour, and anew for a key that is not among them. Thread-safe.
 */
final class Discovery {

    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration KEYS_PAUSE = Duration.ofSeconds(30);

    private final OidcSettings settings;
    private final ProviderHttp http;
    private final LongSupplier nanoTime;

    private Discovered latest;
    private Failure failure;

    /**
     * @param metadata with the endpoints that a sign-in needs, each confidential
     * @param keys that the provider signs with
     */
    record Discovered(OIDCProviderMetadata metadata, JWKSource<SecurityContext> keys, long at) {}

    private record Failure(ProviderUnavailable cause, long at) {}

    /** @param nanoTime a clock like {@link System#nanoTime()} */
    Discovery(OidcSettings settings, ProviderHttp http, LongSupplier nanoTime) {
        this.settings = settings;
        this.http = http;
        this.nanoTime = nanoTime;
    }

    /** Asks the provider at most once in five seconds while it does not answer. */
    synchronized Discovered get() throws ProviderUnavailable {
        if (latest != null && since(latest.at()) < KEPT.toNanos()) {
            return latest;
        }
        if (failure == null || since(failure.at()) >= PAUSE.toNanos()) {
            try {
                latest = read();
                failure = null;
                return latest;
            } catch (ProviderUnavailable e) {
                failure = new Failure(e, nanoTime.getAsLong());
            }
        }
        if (latest == null) {
            throw new ProviderUnavailable(failure.cause().getMessage(), failure.cause());
        }
        return latest;
    }

    private long since(long then) {
        return nanoTime.getAsLong() - then;
    }

    private Discovered read() throws ProviderUnavailable {
        String issuer = settings.issuer().toString();
        URI document = URI.create(issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration");
        try {
            OIDCProviderMetadata metadata = OIDCProviderMetadata.parse(http.get(document));
            if (!metadata.getIssuer().getValue().equals(issuer)) {
                throw new ProviderUnavailable("%s is of the issuer %s; set mxhooks.oidc.issuer to exactly that"
                        .formatted(document, metadata.getIssuer()));
            }
            require("authorization_endpoint", metadata.getAuthorizationEndpointURI());
            require("token_endpoint", metadata.getTokenEndpointURI());
            require("jwks_uri", metadata.getJWKSetURI());
            return new Discovered(metadata, keys(metadata.getJWKSetURI()), nanoTime.getAsLong());
        } catch (IOException e) {
            throw new ProviderUnavailable(e.getMessage(), e);
        } catch (ParseException | IllegalArgumentException e) {
            throw new ProviderUnavailable("%s is no discovery document: %s".formatted(document, e.getMessage()), e);
        }
    }

    private void require(String name, URI endpoint) throws ProviderUnavailable {
        if (endpoint == null || !isConfidential(endpoint, settings)) {
            throw new ProviderUnavailable("The provider's %s is %s; it must be an https URL".formatted(name, endpoint));
        }
    }

    /** Without HTTPS only on this machine, and for an issuer there. */
    static boolean isConfidential(URI endpoint, OidcSettings settings) {
        return "https".equals(endpoint.getScheme())
                || "http".equals(endpoint.getScheme())
                        && OidcSettings.isLoopback(endpoint)
                        && OidcSettings.isLoopback(settings.issuer());
    }

    /** Read by the caller's thread; for keys that are not among them at most twice in half a minute. */
    private JWKSource<SecurityContext> keys(URI url) throws IOException {
        return JWKSourceBuilder.create(url.toURL(), http)
                .cache(KEPT.toMillis(), PAUSE.toMillis())
                .refreshAheadCache(false)
                .rateLimited(KEYS_PAUSE.toMillis())
                .build();
    }
}
