package org.mxhooks.admin;

import static java.lang.System.Logger.Level.INFO;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** Logs every change that a user made, under the name {@code org.mxhooks.audit}. */
@ApplicationScoped
public class AuditFilter implements ContainerResponseFilter {

    private static final System.Logger LOG = System.getLogger("org.mxhooks.audit");
    private static final int MOST = 300;

    /** By CDI: what JAX-RS injects belongs to the application that asked first. */
    @Inject
    HttpServletRequest connection;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Object user = request.getProperty(UserFilter.USER);
        boolean done = response.getStatusInfo().getFamily() == Response.Status.Family.SUCCESSFUL;
        if (user != null && done && !UserFilter.isLooking(request.getMethod())) {
            LOG.log(
                    INFO,
                    "{0} from {1}: {2} {3}: {4}",
                    user,
                    Caller.of(connection).address(),
                    request.getMethod(),
                    address(request.getUriInfo().getRequestUri()),
                    String.valueOf(response.getStatus()));
        }
    }

    /** Percent-encoded, so that it has no line breaks. */
    private static String address(URI uri) {
        String address = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        return address.length() > MOST ? address.substring(0, MOST) + "…" : address;
    }
}
