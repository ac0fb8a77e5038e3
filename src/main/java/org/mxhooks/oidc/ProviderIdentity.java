package org.mxhooks.oidc;

import java.util.Optional;

/**
 * Who signed in with the provider.
 *
 * @param user the first of the claims {@code preferred_username}, {@code email} and {@code sub} that shows anything,
 *     without invisible characters; unique and lasting only where the provider says so
 * @param subject the claim {@code sub}, the user's identifier for ever
 * @param role empty where no value of the claim is a configured one
 * @param roleClaimPresent whether the claim was there at all
 * @param idToken a hint for the provider when the user signs out
 */
public record ProviderIdentity(
        String user, String subject, Optional<Role> role, boolean roleClaimPresent, String idToken) {

    @Override
    public String toString() {
        return user;
    }
}
