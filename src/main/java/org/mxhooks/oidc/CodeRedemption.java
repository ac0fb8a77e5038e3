package org.mxhooks.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.AuthorizedParty;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mxhooks.oidc.Discovery.Discovered;
import org.mxhooks.settings.OidcSettings;

/**
 * Redeems the code that a browser brings from the provider. Thread-safe.
 *
 * @param http by which the provider is called
 */
record CodeRedemption(OidcSettings settings, ProviderHttp http) {

    private static final int SERVER_ERROR = 500;

    /** None whose key could be a public one, or none at all. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    ProviderIdentity identity(Discovered provider, Map<String, List<String>> parameters, AuthorizationFlow flow)
            throws ProviderUnavailable, SignInRefused {
        AuthorizationCode code = code(provider.metadata(), parameters, flow);
        OIDCTokens tokens = tokens(provider.metadata(), code, flow);
        JWT idToken = tokens.getIDToken();
        UserClaims claims = new UserClaims(claims(provider, idToken, flow));
        if (!claims.has(settings.roleClaim()) && provider.metadata().getUserInfoEndpointURI() != null) {
            claims = withUserInfo(provider.metadata(), tokens.getBearerAccessToken(), claims);
        }
        return new ProviderIdentity(
                claims.name(),
                claims.subject(),
                claims.role(settings),
                claims.has(settings.roleClaim()),
                idToken.getParsedString());
    }

    /** The issuer is checked where the provider names it (RFC 9207), so that no other's code is sent to this one. */
    private AuthorizationCode code(
            OIDCProviderMetadata metadata, Map<String, List<String>> parameters, AuthorizationFlow flow)
            throws SignInRefused {
        AuthenticationResponse answer;
        try {
            answer = AuthenticationResponseParser.parse(settings.redirectUri(), parameters);
        } catch (ParseException | IllegalArgumentException e) {
            throw new SignInRefused("The provider's answer is malformed: " + e.getMessage(), e);
        }
        if (answer.getState() == null || !answer.getState().getValue().equals(flow.state())) {
            throw new SignInRefused("The provider's answer belongs to another sign-in.");
        }
        Issuer issuer = answer.getIssuer();
        boolean wrong = issuer == null
                ? metadata.supportsAuthorizationResponseIssuerParam()
                : !issuer.getValue().equals(settings.issuer().toString());
        if (wrong) {
            throw new SignInRefused("The answer is of the issuer %s, not of %s."
                    .formatted(issuer == null ? "-" : issuer, settings.issuer()));
        }
        if (!answer.indicatesSuccess()) {
            throw new SignInRefused("The provider refused the sign-in: "
                    + text(answer.toErrorResponse().getErrorObject()));
        }
        if (answer.toSuccessResponse().getAuthorizationCode() == null) {
            throw new SignInRefused("The provider's answer has no code.");
        }
        return answer.toSuccessResponse().getAuthorizationCode();
    }

    private OIDCTokens tokens(OIDCProviderMetadata metadata, AuthorizationCode code, AuthorizationFlow flow)
            throws ProviderUnavailable, SignInRefused {
        URI endpoint = metadata.getTokenEndpointURI();
        HTTPResponse answer = sent(new TokenRequest(
                        endpoint,
                        authentication(metadata),
                        new AuthorizationCodeGrant(code, settings.redirectUri(), new CodeVerifier(flow.codeVerifier())),
                        null)
                .toHTTPRequest());
        try {
            TokenResponse response = OIDCTokenResponseParser.parse(answer);
            if (!response.indicatesSuccess()) {
                throw new SignInRefused("The provider did not redeem the code: "
                        + text(response.toErrorResponse().getErrorObject()));
            }
            OIDCTokens tokens = ((OIDCTokenResponse) response.toSuccessResponse()).getOIDCTokens();
            if (tokens.getIDToken() == null) {
                throw new SignInRefused("The provider returned no ID token.");
            }
            return tokens;
        } catch (ParseException | IllegalArgumentException e) {
            throw new ProviderUnavailable("%s answered no token: %s".formatted(endpoint, e.getMessage()), e);
        }
    }

    /** HTTP Basic unless the provider takes only the other one. */
    private ClientAuthentication authentication(OIDCProviderMetadata metadata) {
        ClientID client = new ClientID(settings.clientId());
        Secret secret = new Secret(settings.clientSecret().value());
        List<ClientAuthenticationMethod> methods = metadata.getTokenEndpointAuthMethods();
        return methods != null
                        && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                        && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                ? new ClientSecretPost(client, secret)
                : new ClientSecretBasic(client, secret);
    }

    private Map<String, Object> claims(Discovered provider, JWT idToken, AuthorizationFlow flow)
            throws ProviderUnavailable, SignInRefused {
        IDTokenValidator validator = new IDTokenValidator(
                new Issuer(settings.issuer()),
                new ClientID(settings.clientId()),
                new JWSVerificationKeySelector<>(ALGORITHMS, provider.keys()),
                null);
        try {
            IDTokenClaimsSet claims = validator.validate(idToken, new Nonce(flow.nonce()));
            AuthorizedParty party = claims.getAuthorizedParty();
            if (party != null && !party.getValue().equals(settings.clientId())) {
                throw new SignInRefused("The provider's ID token was refused: it was issued to " + party);
            }
            return claims.toJSONObject();
        } catch (KeySourceException e) {
            throw new ProviderUnavailable("The provider's keys cannot be read: " + e.getMessage(), e);
        } catch (BadJOSEException | JOSEException e) {
            throw new SignInRefused("The provider's ID token was refused: " + e.getMessage(), e);
        }
    }

    /** What the ID token says counts, where both do. */
    private UserClaims withUserInfo(OIDCProviderMetadata metadata, BearerAccessToken token, UserClaims signed)
            throws ProviderUnavailable, SignInRefused {
        URI endpoint = metadata.getUserInfoEndpointURI();
        if (token == null || !Discovery.isConfidential(endpoint, settings)) {
            return signed;
        }
        HTTPResponse answer = sent(new UserInfoRequest(endpoint, token).toHTTPRequest());
        try {
            UserInfoResponse response = UserInfoResponse.parse(answer);
            if (!response.indicatesSuccess() || response.toSuccessResponse().getUserInfo() == null) {
                throw new ProviderUnavailable(
                        "%s answered %s without claims in JSON".formatted(endpoint, answer.getStatusCode()));
            }
            UserClaims userInfo =
                    new UserClaims(response.toSuccessResponse().getUserInfo().toJSONObject());
            if (!userInfo.subject().equals(signed.subject())) {
                throw new SignInRefused("The provider's claims are of another user than its ID token.");
            }
            Map<String, Object> all = new HashMap<>(userInfo.values());
            all.putAll(signed.values());
            return new UserClaims(all);
        } catch (ParseException | IllegalArgumentException e) {
            throw new ProviderUnavailable("%s answered no claims: %s".formatted(endpoint, e.getMessage()), e);
        }
    }

    private HTTPResponse sent(HTTPRequest request) throws ProviderUnavailable {
        try {
            HTTPResponse answer = request.send(http);
            if (answer.getStatusCode() >= SERVER_ERROR) {
                throw new ProviderUnavailable("%s answered %s".formatted(request.getURI(), answer.getStatusCode()));
            }
            return answer;
        } catch (IOException e) {
            throw new ProviderUnavailable(e.getMessage(), e);
        }
    }

    private static String text(ErrorObject error) {
        String code = error == null || error.getCode() == null ? "no reason given" : error.getCode();
        return error == null || error.getDescription() == null ? code : code + " (" + error.getDescription() + ")";
    }
}
