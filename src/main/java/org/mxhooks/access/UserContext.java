package org.mxhooks.access;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/**
 * The user of a request of a JAX-RS application, for its resources.
 *
 * @param user the user's name
 * @param operator whether the user may change anything
 */
record UserContext(String user, boolean operator) implements SecurityContext {

    @Override
    public Principal getUserPrincipal() {
        return () -> user;
    }

    @Override
    public boolean isUserInRole(String role) {
        return operator && role.equals("operator") || role.equals("viewer");
    }

    /** Access control has refused any other. */
    @Override
    public boolean isSecure() {
        return true;
    }

    @Override
    public String getAuthenticationScheme() {
        return BASIC_AUTH;
    }
}
