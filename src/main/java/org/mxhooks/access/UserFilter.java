package org.mxhooks.access;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import org.mxhooks.access.Decision.Denied;
import org.mxhooks.access.Decision.Granted;
import org.mxhooks.settings.Settings;
import org.mxhooks.web.Caller;
import org.mxhooks.web.Problem;
import org.mxhooks.web.SentHeaders;

/** Applies {@link AccessControl} to the requests of a JAX-RS application before any other filter. */
@PreMatching
@Priority(Priorities.AUTHENTICATION)
@ApplicationScoped
public class UserFilter implements ContainerRequestFilter {

    /** The property of a request that holds the {@link Decision}. */
    static final String DECISION = Decision.class.getName();

    @Inject
    Settings settings;

    @Inject
    AccessControl control;

    /** By CDI: what JAX-RS injects belongs to the application that asked first. */
    @Inject
    HttpServletRequest connection;

    @Override
    public void filter(ContainerRequestContext request) {
        Decision decision = control.decide(
                Caller.of(connection, settings.trustedProxies()),
                request.getMethod(),
                SentHeaders.value(request.getHeaders(), HttpHeaders.AUTHORIZATION));
        request.setProperty(DECISION, decision);
        if (decision instanceof Denied denied) {
            request.abortWith(Problem.of(denied.status(), denied.headers(), denied.detail()));
        } else if (decision instanceof Granted granted) {
            request.setSecurityContext(new UserContext(granted.login().user(), granted.operator()));
        }
    }

    /**
     * The user of a request of a JAX-RS application, for its resources.
     *
     * @param user the user's name
     * @param operator whether the user may change anything
     */
    private record UserContext(String user, boolean operator) implements SecurityContext {

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
}
