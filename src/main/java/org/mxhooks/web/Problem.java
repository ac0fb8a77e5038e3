package org.mxhooks.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Map;

/** Builds answers that are problems (RFC 9457 section 3). */
public final class Problem {

    /** {@code Json.createObjectBuilder} would search the class path for a provider each time. */
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");

    private Problem() {}

    /**
     * An answer.
     *
     * @param status of HTTP; its reason is the title
     * @param detail what is wrong and what to do, for people
     */
    public static Response of(Response.Status status, String detail) {
        return builder(status, detail).build();
    }

    /** A problem with headers, for decisions made outside JAX-RS. */
    public static Response of(int status, Map<String, String> headers, String detail) {
        Response.ResponseBuilder answer = builder(Response.Status.fromStatusCode(status), detail);
        headers.forEach(answer::header);
        return answer.build();
    }

    /** 503 with {@code Retry-After}. */
    public static Response unavailable(String detail) {
        return builder(Response.Status.SERVICE_UNAVAILABLE, detail)
                .header(HttpHeaders.RETRY_AFTER, 5)
                .build();
    }

    /** 503 because the database does not answer. */
    public static Response storageUnavailable() {
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
        response.getOutputStream().write(json(known == null ? Response.Status.BAD_REQUEST : known, detail(status)));
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

    /** The text for a status without a more specific one. */
    static String detail(int status) {
        return switch (status) {
            case 404 -> "There is no resource at this path; check the URL.";
            case 405 -> "The method is not allowed; the Allow header lists the allowed methods.";
            case 406 -> "The response is JSON; the Accept header must include application/json.";
            default -> "The request is malformed or not supported; see the documentation.";
        };
    }
}
