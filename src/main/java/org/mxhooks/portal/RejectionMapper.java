package org.mxhooks.portal;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Answers every failure with a problem (RFC 9457). */
public final class RejectionMapper implements ExceptionMapper<Throwable> {

    private static final System.Logger LOG = System.getLogger(RejectionMapper.class.getName());

    @Override
    public Response toResponse(Throwable fault) {
        if (fault instanceof Rejection rejection) {
            return problem(rejection.status(), rejection.getMessage());
        }
        if (fault instanceof WebApplicationException refused) {
            int status = refused.getResponse().getStatus();
            return problem(status, detail(status));
        }
        if (fault instanceof PortalDatabase.StorageException) {
            LOG.log(WARNING, "Database unavailable; request answered with 503: {0}", fault.getMessage());
            return problem(503, "The database cannot be used; see the portal's log and the space left on its disk.");
        }
        LOG.log(ERROR, "Unexpected failure while answering a request", fault);
        return problem(500, "Unexpected failure of the portal; see its log.");
    }

    private static String detail(int status) {
        return switch (status) {
            case 404 -> "There is nothing at this path; check the URL.";
            case 405 -> "The method is not allowed here; the Allow header lists those that are.";
            case 406 -> "The answer is JSON; the Accept header must allow it.";
            default -> "The request is malformed or not supported.";
        };
    }

    static Response problem(int status, String detail) {
        Response.Status known = Response.Status.fromStatusCode(status);
        return Response.status(status)
                .type("application/problem+json")
                .entity(PortalJson.BUILDERS
                        .createObjectBuilder()
                        .add("type", "about:blank")
                        .add("title", known == null ? "Misdirected Request" : known.getReasonPhrase())
                        .add("status", status)
                        .add("detail", detail)
                        .build()
                        .toString())
                .build();
    }
}
