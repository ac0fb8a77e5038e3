package org.mxhooks.web;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** What the JAX-RS runtime refuses by itself: no such path, no such method. */
public class RefusalMapper implements ExceptionMapper<WebApplicationException> {

    @Override
    public Response toResponse(WebApplicationException refusal) {
        Response.StatusType status = refusal.getResponse().getStatusInfo();
        Response.ResponseBuilder problem = Problem.builder(status, detail(status.getStatusCode()));
        String allow = refusal.getResponse().getHeaderString(HttpHeaders.ALLOW);
        return allow == null
                ? problem.build()
                : problem.header(HttpHeaders.ALLOW, allow).build();
    }

    static String detail(int status) {
        return switch (status) {
            case 404 -> "Nothing is at this address; check its path.";
            case 405 -> "This address does not take that method; the Allow header tells which it takes.";
            case 406 -> "The answer would be JSON; accept application/json.";
            default -> "The request cannot be answered as it is; compare it with the documentation.";
        };
    }
}
