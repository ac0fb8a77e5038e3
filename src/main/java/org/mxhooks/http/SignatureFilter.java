package org.mxhooks.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import org.mxhooks.mendix.MendixHeader;
import org.mxhooks.problem.Problem;
import org.mxhooks.settings.Settings;
import org.mxhooks.signature.Diagnosis;

/**
 * Lets a request pass if its endpoint exists, its body is not too large, and its signature verifies over exactly the bytes
 * received – in this order, so that a stranger learns nothing and costs little. The resource then reads those bytes.
 */
@Verified
@ApplicationScoped
public class SignatureFilter implements ContainerRequestFilter, ContainerResponseFilter {

    private static final String PASSAGE = Passage.class.getName();
    private static final String MISSING = "The header %s is missing.".formatted(MendixHeader.SIGNATURE.text());
    private static final String NOT_VALID =
            "The signature is not that of this body under this endpoint's secret. Compare the secret in the portal with the"
                    + " endpoint's, and let nothing in between rewrite the body.";
    private static final String SETTING = " The setting is mxhooks.endpoint.%s.key-derivation.";
    private static final int MOST_OF_AN_ID = 64;

    @Inject
    Settings settings;

    @Inject
    Endpoints endpoints;

    /** An authentic request on its way to its answer. */
    private record Passage(Gate gate, long since) {}

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        long since = System.nanoTime();
        String name = request.getUriInfo().getPathParameters().getFirst(Hooks.ENDPOINT);
        Optional<Gate> endpoint = endpoints.named(name);
        if (endpoint.isEmpty()) {
            request.abortWith(Problem.of(
                    Response.Status.NOT_FOUND, "No endpoint has this name; mxhooks.endpoints lists those that exist."));
            return;
        }
        Gate gate = endpoint.get();
        byte[] body = isDeclaredTooLarge(request) ? null : read(request);
        if (body == null) {
            gate.refuseTooLarge(() -> tooLarge() + portalId(request));
            request.abortWith(Problem.of(Response.Status.REQUEST_ENTITY_TOO_LARGE, tooLarge()));
            return;
        }
        String signature = request.getHeaderString(MendixHeader.SIGNATURE.text());
        if (signature == null) {
            gate.refuseUnsigned(() -> cause(request, gate, Optional.empty(), body));
            request.abortWith(Problem.unauthorized(MendixHeader.SIGNATURE.text(), MISSING));
        } else if (!gate.verifier().verifies(signature, body)) {
            gate.refuseInvalid(() -> cause(request, gate, Optional.of(signature), body));
            request.abortWith(Problem.unauthorized(MendixHeader.SIGNATURE.text(), NOT_VALID));
        } else {
            request.setProperty(PASSAGE, new Passage(gate, since));
            request.setEntityStream(new ByteArrayInputStream(body));
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(PASSAGE) instanceof Passage passage) {
            passage.gate().answered(response.getStatus(), System.nanoTime() - passage.since());
        }
    }

    /** Read by ourselves: the JAX-RS runtimes fail on a length that is no int. */
    private boolean isDeclaredTooLarge(ContainerRequestContext request) {
        String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        try {
            return length != null && Long.parseLong(length) > settings.maxBody();
        } catch (NumberFormatException theStreamWillTell) {
            return false;
        }
    }

    /** At most one byte more than is allowed: a stream that does not end costs no more than that. */
    private byte[] read(ContainerRequestContext request) throws IOException {
        byte[] body = request.getEntityStream().readNBytes(settings.maxBody() + 1);
        return body.length > settings.maxBody() ? null : body;
    }

    private String tooLarge() {
        return "The body is larger than %s bytes; mxhooks.max-body sets the limit.".formatted(settings.maxBody());
    }

    /** For the operator; the answer does not tell it. */
    private static String cause(ContainerRequestContext request, Gate gate, Optional<String> signature, byte[] body) {
        Diagnosis diagnosis = gate.verifier().diagnose(signature, body);
        return "%s. %s%s%s"
                .formatted(
                        diagnosis.cause().text(),
                        diagnosis.text(),
                        diagnosis
                                .derivation()
                                .map(unused -> SETTING.formatted(gate.name()))
                                .orElse(""),
                        portalId(request));
    }

    /** So that a person finds the delivery in the portal. */
    private static String portalId(ContainerRequestContext request) {
        String id = request.getHeaderString(MendixHeader.DELIVERY.text());
        return id == null ? "" : " The portal's id for it, unverified: " + Strange.quoted(id, MOST_OF_AN_ID);
    }
}
