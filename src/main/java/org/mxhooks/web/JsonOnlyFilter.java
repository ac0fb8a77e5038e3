package org.mxhooks.web;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Locale;

/** Accepts changes only as JSON, a type that a foreign page cannot make a user's browser send. */
@Priority(Priorities.AUTHORIZATION)
@ApplicationScoped
public class JsonOnlyFilter implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        if (!SafeMethods.contains(request.getMethod()) && !isJson(request)) {
            request.abortWith(Problem.of(
                    Response.Status.UNSUPPORTED_MEDIA_TYPE,
                    "Content-Type must be application/json; the body may be {} or empty."));
        }
    }

    private static boolean isJson(ContainerRequestContext request) {
        return SentHeaders.value(request.getHeaders(), HttpHeaders.CONTENT_TYPE)
                .map(type -> type.toLowerCase(Locale.ROOT).matches("application/json\\s*(;.*)?"))
                .orElse(false);
    }
}
