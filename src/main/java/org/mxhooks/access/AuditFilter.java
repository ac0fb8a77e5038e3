package org.mxhooks.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.net.URI;
import java.util.Optional;
import org.mxhooks.settings.Settings;
import org.mxhooks.web.Caller;

/** Records the requests of a JAX-RS application in the {@link AuditLog}. */
@ApplicationScoped
public class AuditFilter implements ContainerResponseFilter {

    @Inject
    Settings settings;

    @Inject
    AuditLog log;

    /** By CDI: what JAX-RS injects belongs to the application that asked first. */
    @Inject
    HttpServletRequest connection;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Optional<Login> login = request.getProperty(UserFilter.DECISION) instanceof Decision decision
                ? decision.from()
                : Optional.empty();
        log.record(new AuditLog.Answered(
                login,
                Caller.of(connection, settings.trustedProxies()),
                request.getMethod(),
                target(request.getUriInfo().getRequestUri()),
                response.getStatus()));
    }

    private static String target(URI uri) {
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }
}
