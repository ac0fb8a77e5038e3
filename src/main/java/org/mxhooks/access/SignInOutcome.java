package org.mxhooks.access;

import java.time.Duration;
import org.mxhooks.oidc.ProviderIdentity;

/** What comes of a browser's return from the provider. */
sealed interface SignInOutcome {

    /** The user is signed in. */
    record Admitted(ProviderIdentity identity, SessionToken session, ConsolePage page) implements SignInOutcome {}

    /** The provider knows the user, but no value of the claim is that of a role. */
    record WithoutRole(ProviderIdentity identity) implements SignInOutcome {}

    /**
     * Nobody is signed in.
     *
     * @param detail what is wrong and what to do, in printable ASCII
     * @param counted whether it is an attempt, not a stale page
     */
    record NotAccepted(String detail, boolean counted) implements SignInOutcome {}

    /** Too many attempts from the browser's network failed. */
    record Postponed(Duration retryAfter) implements SignInOutcome {}

    /** The provider does not answer as it should. */
    record NoProvider(ConsolePage page) implements SignInOutcome {}
}
