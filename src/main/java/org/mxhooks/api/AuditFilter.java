package org.mxhooks.api;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.net.URI;
import org.mxhooks.ingest.Caller;
import org.mxhooks.ingest.OncePerSecond;
import org.mxhooks.ingest.Strange;
import org.mxhooks.settings.Settings;

/**
 * Logs under the name {@code org.mxhooks.audit} every change that a user made or was refused. Of what comes without a
 * right password it logs failed log-ins and attempted changes, one in a second at most, with the number of those in
 * between.
 */
@ApplicationScoped
public class AuditFilter implements ContainerResponseFilter {

    private static final System.Logger LOG = System.getLogger("org.mxhooks.audit");
    private static final String NOBODY = "-";
    private static final int MAX_USER = 60;
    private static final int MAX_METHOD = 10;
    private static final int MAX_PATH = 300;
    private static final int MAX_STRANGERS_PATH = 100;

    @Inject
    Settings settings;

    /** By CDI: what JAX-RS injects belongs to the application that asked first. */
    @Inject
    HttpServletRequest connection;

    private final OncePerSecond strangers = new OncePerSecond(System::nanoTime);

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        boolean change = !UserFilter.isLooking(request.getMethod());
        Login login = (Login) request.getProperty(Login.PROPERTY);
        if (login != null && login.genuine()) {
            if (change) {
                LOG.log(INFO, "{0}", line(login.user(), request, response, MAX_PATH));
            }
        } else if (login != null || change) {
            String user = login == null ? NOBODY : "'" + cut(login.user(), MAX_USER) + "'";
            strangers
                    .count()
                    .ifPresent(count -> LOG.log(
                            WARNING,
                            "Requests without a valid login refused since the last such line: {0}. Latest: {1}",
                            String.valueOf(count),
                            line(user, request, response, MAX_STRANGERS_PATH)));
        }
    }

    private String line(String user, ContainerRequestContext request, ContainerResponseContext response, int maxPath) {
        return "%s from %s: %s %s: %s"
                .formatted(
                        user,
                        Caller.of(connection, settings.trustedProxies())
                                .address()
                                .getHostAddress(),
                        cut(request.getMethod(), MAX_METHOD),
                        cut(path(request.getUriInfo().getRequestUri()), maxPath),
                        response.getStatus());
    }

    private static String path(URI uri) {
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    /** In ASCII, without line breaks, and no longer than that also where characters are shown by their numbers. */
    private static String cut(String text, int max) {
        String shown = Strange.cut(text, max);
        return shown.length() > max ? shown.substring(0, max) + "…" : shown;
    }
}
