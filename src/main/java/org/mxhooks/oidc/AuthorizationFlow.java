package org.mxhooks.oidc;

/**
 * The secrets of one sign-in, which only the browser that began it can bring back.
 *
 * @param state that the provider returns with its answer
 * @param nonce that the provider signs into the ID token
 * @param codeVerifier that redeems the code (RFC 7636): 43 to 128 characters
 */
public record AuthorizationFlow(String state, String nonce, String codeVerifier) {

    @Override
    public String toString() {
        return "****";
    }
}
