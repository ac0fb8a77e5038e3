/**
 * Sign-in with an OpenID provider, as a plain library: the authorization code flow of OpenID Connect Core 1.0 with PKCE
 * (RFC 7636), state and nonce. It knows neither servlets nor sessions.
 *
 * <p><b>Guarantee.</b> An identity is returned only for an ID token that the configured issuer signed with an
 * asymmetric algorithm for this client and this flow, and that is not expired. Each call of the provider ends within
 * five seconds, with at most 1 MiB of its answer, without redirects; at most eight sign-ins wait for it at a time.
 *
 * <p>Shown by {@code OpenIdProviderTest} against a provider that lies, and {@code SignInJourneyIT} on the servers
 * against another implementation.
 */
package org.mxhooks.oidc;
