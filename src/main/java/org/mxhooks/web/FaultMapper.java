package org.mxhooks.web;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.persistence.PersistenceException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;

/** Maps every other failure of a request to a problem. */
public class FaultMapper implements ExceptionMapper<Throwable> {

    private static final System.Logger LOG = System.getLogger(FaultMapper.class.getName());

    @Override
    public Response toResponse(Throwable fault) {
        if (fault instanceof Refused refused) {
            return refused.answer();
        }
        if (fault instanceof IOException) {
            LOG.log(DEBUG, "Request body incomplete: {0}", fault.toString());
            return Problem.of(Response.Status.BAD_REQUEST, "The request ended before its body was complete.");
        }
        if (isAboutStorage(fault)) {
            LOG.log(
                    WARNING,
                    "Storage unavailable; request answered with 503: {0}",
                    innermost(fault).getMessage());
            return Problem.storageUnavailable();
        }
        LOG.log(ERROR, "Unexpected failure while answering a request", fault);
        return Problem.of(Response.Status.INTERNAL_SERVER_ERROR, "Unexpected failure of the server; see its log.");
    }

    /** Whether a failure is the database's. */
    public static boolean isAboutStorage(Throwable fault) {
        return causes(fault).anyMatch(cause -> cause instanceof SQLException || cause instanceof PersistenceException);
    }

    private static Throwable innermost(Throwable fault) {
        return causes(fault).reduce((outer, inner) -> inner).orElse(fault);
    }

    private static Stream<Throwable> causes(Throwable fault) {
        return Stream.iterate(fault, Objects::nonNull, Throwable::getCause);
    }
}
