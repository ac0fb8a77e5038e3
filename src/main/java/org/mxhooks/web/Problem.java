package org.mxhooks.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Builds answers that are problems (RFC 9457 section 3). */
public final class Problem {

    /** {@code Json.createObjectBuilder} would search the class path for a provider each time. */
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");

    private Problem() {}

    /** What an application registers so that every failure becomes a problem. */
    public static Set<Class<?>> mappers() {
        return Set.of(RefusalMapper.class, FaultMapper.class);
    }

    /**
     * What an application tells the runtime: nothing but its own resources is to be answered. Jersey would add a WADL.
     */
    public static Map<String, Object> applicationProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }

    /**
     * An answer.
     *
     * @param status of HTTP; its reason is the title
     * @param detail what is wrong and what to do, for people
     */
    public static Response of(Response.Status status, String detail) {
        return builder(status, detail).build();
    }

    /** 503, to be tried again after a few seconds. */
    public static Response unavailable(String detail) {
        return builder(Response.Status.SERVICE_UNAVAILABLE, detail)
                .header(HttpHeaders.RETRY_AFTER, 5)
                .build();
    }

    /** 429 (RFC 6585 section 4), to be tried again after a while. */
    public static Response tooManyRequests(Duration retryAfter, String detail) {
        return builder(Response.Status.TOO_MANY_REQUESTS, detail)
                .header(HttpHeaders.RETRY_AFTER, retryAfter.toSeconds() + 1)
                .build();
    }

    /** 503 because the database does not answer. */
    public static Response storageAway() {
        return unavailable("Storage is unavailable; try again in a few seconds.");
    }

    /** 401 with the scheme to authenticate by (RFC 9110 section 11.6.1). */
    public static Response unauthorized(String challenge, String detail) {
        return builder(Response.Status.UNAUTHORIZED, detail)
                .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
                .build();
    }

    /**
     * Writes an answer outside JAX-RS.
     *
     * @throws IOException if the client has gone
     */
    public static void write(HttpServletResponse response, int status) throws IOException {
        Response.Status known = Response.Status.fromStatusCode(status);
        response.setStatus(status);
        response.setContentType(MEDIA_TYPE.toString());
        response.getOutputStream()
                .write(json(known == null ? Response.Status.BAD_REQUEST : known, RefusalMapper.detail(status)));
    }

    static Response.ResponseBuilder builder(Response.StatusType status, String detail) {
        return Response.status(status).type(MEDIA_TYPE).entity(json(status, detail));
    }

    static byte[] json(Response.StatusType status, String detail) {
        return JSON.createObjectBuilder()
                .add("title", status.getReasonPhrase())
                .add("status", status.getStatusCode())
                .add("detail", detail)
                .build()
                .toString()
                .getBytes(UTF_8);
    }
}
