package org.mxhooks.api;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.stream.Stream;
import org.mxhooks.ingest.HeaderFilter;
import org.mxhooks.web.Problem;

/** Takes changes only as JSON: a page of a stranger's cannot have a user's browser send that type. */
@Priority(Priorities.AUTHORIZATION)
@ApplicationScoped
public class JsonOnlyFilter implements ContainerRequestFilter {

    /** The second is where HeaderFilter puts the header. */
    private static final String[] HEADERS = {HttpHeaders.CONTENT_TYPE, "Mxhooks-Sent-Content-Type"};

    @Override
    public void filter(ContainerRequestContext request) {
        if (!UserFilter.isLooking(request.getMethod()) && !isJson(request)) {
            request.abortWith(Problem.of(
                    Response.Status.UNSUPPORTED_MEDIA_TYPE,
                    "Send this with Content-Type: application/json; the body may be {} or empty."));
        }
    }

    private static boolean isJson(ContainerRequestContext request) {
        return Stream.of(HEADERS)
                .flatMap(name -> HeaderFilter.value(request.getHeaders(), name).stream())
                .anyMatch(type -> type.toLowerCase(Locale.ROOT).matches("application/json\\s*(;.*)?"));
    }
}
