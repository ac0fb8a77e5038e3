package org.mxhooks.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.mxhooks.mendix.MendixHeader;
import org.mxhooks.problem.Problem;
import org.mxhooks.settings.Settings;
import org.mxhooks.signature.KeyDerivation;

/**
 * Lets a request pass if its endpoint exists, its body is not too large, and its signature verifies over exactly the bytes
 * received – in this order, so that a stranger learns nothing and costs little. The resource then reads those bytes.
 */
@Verified
@ApplicationScoped
public class SignatureFilter implements ContainerRequestFilter {

    private static final String MISSING = "The header %s is missing.".formatted(MendixHeader.SIGNATURE.text());
    private static final String NOT_VALID =
            "The signature is not that of this body under this endpoint's secret. Compare the secret in the portal with the"
                    + " endpoint's, and let nothing in between rewrite the body.";
    private static final String WOULD_DO =
            "The secret is right, but the sender derives its key otherwise: set mxhooks.endpoint.%s.key-derivation to %s.";

    @Inject
    Settings settings;

    private final Map<String, Verifier> verifiers = new ConcurrentHashMap<>();
    private final RefusalLog refusals = new RefusalLog(System::nanoTime);

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        String name = request.getUriInfo().getPathParameters().getFirst(Hooks.ENDPOINT);
        Optional<Verifier> endpoint = verifier(name);
        if (endpoint.isEmpty()) {
            request.abortWith(Problem.of(
                    Response.Status.NOT_FOUND, "No endpoint has this name; mxhooks.endpoints lists those that exist."));
            return;
        }
        byte[] body = isDeclaredTooLarge(request) ? null : read(request);
        if (body == null) {
            request.abortWith(tooLarge());
            return;
        }
        String signature = request.getHeaderString(MendixHeader.SIGNATURE.text());
        if (signature == null) {
            refuse(request, name, MISSING, Optional::empty);
        } else if (!endpoint.get().verifies(signature, body)) {
            refuse(request, name, NOT_VALID, () -> endpoint.get().otherDerivation(signature, body));
        } else {
            request.setEntityStream(new ByteArrayInputStream(body));
        }
    }

    private Optional<Verifier> verifier(String name) {
        return Optional.ofNullable(settings.endpoints().get(name))
                .map(endpoint -> verifiers.computeIfAbsent(name, unused -> new Verifier(endpoint)));
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

    private Response tooLarge() {
        return Problem.of(
                Response.Status.REQUEST_ENTITY_TOO_LARGE,
                "The body is larger than %d bytes; mxhooks.max-body sets the limit.".formatted(settings.maxBody()));
    }

    /** The answer does not tell what the operator is told: which derivation would do. */
    private void refuse(
            ContainerRequestContext request, String endpoint, String why, Supplier<Optional<KeyDerivation>> wouldDo) {
        refusals.refused(
                endpoint,
                () -> wouldDo.get()
                        .map(derivation -> WOULD_DO.formatted(endpoint, derivation.text()))
                        .orElse(why));
        request.abortWith(Problem.unauthorized(MendixHeader.SIGNATURE.text(), why));
    }
}
