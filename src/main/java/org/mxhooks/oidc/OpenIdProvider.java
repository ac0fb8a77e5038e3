package org.mxhooks.oidc;

import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.mxhooks.settings.OidcSettings;

/**
 * The OpenID provider of the settings. Nothing is asked of it before the first sign-in. Each method may take a few
 * calls of the provider, of five seconds each at most. Thread-safe.
 */
public final class OpenIdProvider {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_WAITING = 8;

    private final OidcSettings settings;
    private final Discovery discovery;
    private final CodeRedemption redemption;
    private final Semaphore free = new Semaphore(MAX_WAITING);

    private OpenIdProvider(OidcSettings settings, Duration timeout) {
        ProviderHttp http = new ProviderHttp(timeout);
        this.settings = settings;
        discovery = new Discovery(settings, http, System::nanoTime);
        redemption = new CodeRedemption(settings, http);
    }

    public static OpenIdProvider of(OidcSettings settings) {
        return of(settings, TIMEOUT);
    }

    static OpenIdProvider of(OidcSettings settings, Duration timeout) {
        return new OpenIdProvider(settings, timeout);
    }

    /** Where a browser is led to sign in. */
    public URI authorization(AuthorizationFlow flow) throws ProviderUnavailable {
        return bounded(() -> new AuthenticationRequest.Builder(
                        ResponseType.CODE,
                        new Scope(settings.scopes().toArray(String[]::new)),
                        new ClientID(settings.clientId()),
                        settings.redirectUri())
                .endpointURI(discovery.get().metadata().getAuthorizationEndpointURI())
                .state(new State(flow.state()))
                .nonce(new Nonce(flow.nonce()))
                .codeChallenge(new CodeVerifier(flow.codeVerifier()), CodeChallengeMethod.S256)
                .build()
                .toURI());
    }

    /**
     * Redeems what the provider led a browser back with.
     *
     * @param parameters of the redirect URI's query
     * @param flow that the browser began
     * @throws SignInRefused if the provider refuses, or says anything that is not for this client and this flow
     */
    public ProviderIdentity identity(Map<String, List<String>> parameters, AuthorizationFlow flow)
            throws ProviderUnavailable, SignInRefused {
        return bounded(() -> redemption.identity(discovery.get(), parameters, flow));
    }

    /**
     * Where a browser is led so that the provider ends its session too; empty where it offers no such page, or does not
     * answer.
     *
     * @param idToken of the sign-in, by which the provider knows whose session it is
     */
    public Optional<URI> signOut(Optional<String> idToken) {
        try {
            URI endpoint = bounded(discovery::get).metadata().getEndSessionEndpointURI();
            return Optional.ofNullable(endpoint)
                    .filter(url -> Discovery.isConfidential(url, settings))
                    .map(url -> new LogoutRequest(
                                    url,
                                    idToken.flatMap(OpenIdProvider::parsed).orElse(null),
                                    null,
                                    new ClientID(settings.clientId()),
                                    settings.page("sign-in"),
                                    null,
                                    null)
                            .toURI());
        } catch (ProviderUnavailable e) {
            return Optional.empty();
        }
    }

    private static Optional<JWT> parsed(String idToken) {
        try {
            return Optional.of(JWTParser.parse(idToken));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private interface Call<T, E extends Exception> {
        T run() throws ProviderUnavailable, E;
    }

    /** A provider that hangs holds no more threads than that. */
    private <T, E extends Exception> T bounded(Call<T, E> call) throws ProviderUnavailable, E {
        if (!free.tryAcquire()) {
            throw new ProviderUnavailable("%s sign-ins wait for the provider already".formatted(MAX_WAITING));
        }
        try {
            return call.run();
        } finally {
            free.release();
        }
    }
}
