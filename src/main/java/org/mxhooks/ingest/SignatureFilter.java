package org.mxhooks.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.mxhooks.settings.Settings;
import org.mxhooks.signature.SignedRequest;
import org.mxhooks.signature.Verdict;
import org.mxhooks.web.Caller;
import org.mxhooks.web.Problem;
import org.mxhooks.web.SentHeaders;
import org.mxhooks.web.UntrustedText;

/**
 * Lets a request pass if its endpoint exists and accepts its sender, its body is not too large, and its signature
 * verifies over exactly the bytes received – in this order, so that a stranger learns nothing and costs little. The
 * bytes that it holds until then come out of the node's {@link ByteBudget}. The resource then reads those bytes.
 */
@Verified
@ApplicationScoped
public class SignatureFilter implements ContainerRequestFilter, ContainerResponseFilter {

    private static final String TRANSFER_ENCODING = "Transfer-Encoding";
    private static final String PASSAGE = Passage.class.getName();
    private static final String OVERLOADED =
            "Byte budget of unverified requests exhausted; request answered with 503: too many senders, or slow ones.";
    private static final String INCOMPLETE = "The request ended before its body was complete.";
    private static final String SENDER_NOT_ALLOWED =
            "The endpoint does not accept deliveries from this address. Ask its operator, whose log has the address and the setting.";
    private static final String NO_ENDPOINT = "There is no endpoint with this name; check the last segment of the URL.";
    private static final int MAX_ID = 64;

    /** Of all endpoints that there are not: else a stranger's names would be as many kinds of refused requests. */
    @Inject
    Settings settings;

    @Inject
    EndpointRegistry registry;

    /** By CDI: what JAX-RS injects belongs to the application that asked first. */
    @Inject
    HttpServletRequest connection;

    /** An authentic request on its way to its answer. */
    private record Passage(Endpoint endpoint, boolean probe, long since) {}

    @Override
    public void filter(ContainerRequestContext request) {
        String name = request.getUriInfo().getPathParameters().getFirst(Hooks.ENDPOINT);
        Optional<Endpoint> endpoint = registry.named(name);
        if (endpoint.isPresent()) {
            endpoint.get()
                    .senders()
                    .refusal(connection, settings.trustedProxies())
                    .ifPresentOrElse(
                            why -> refuseSender(request, endpoint.get(), why), () -> filter(request, endpoint.get()));
        } else {
            sampled(
                    request,
                    RefusedEntry.NO_ENDPOINT,
                    Endpoint.UNKNOWN,
                    Optional.empty(),
                    () -> "There is no endpoint %s; check the last segment of the URL."
                            .formatted(UntrustedText.quoted(name, MAX_ID)));
            request.abortWith(Problem.of(Response.Status.NOT_FOUND, NO_ENDPOINT));
        }
    }

    private void refuseSender(ContainerRequestContext request, Endpoint endpoint, String why) {
        endpoint.refuseSender(sampled(
                request,
                endpoint,
                Endpoint.SENDER_NOT_ALLOWED,
                () -> why + " The setting is mxhooks.endpoint.%s.allowed-senders.".formatted(endpoint.name())));
        request.abortWith(Problem.of(Response.Status.FORBIDDEN, SENDER_NOT_ALLOWED));
    }

    private void filter(ContainerRequestContext request, Endpoint endpoint) {
        long since = System.nanoTime();
        try (ByteBudget.Share share = registry.budget().open()) {
            byte[] body = new BodyReader(settings.maxBody()).read(request.getEntityStream(), declared(request), share);
            verify(request, endpoint, body, since);
        } catch (BodyReader.TooLarge e) {
            endpoint.refuseTooLarge(sampled(request, endpoint, Endpoint.TOO_LARGE, this::tooLarge));
            request.abortWith(Problem.of(Response.Status.REQUEST_ENTITY_TOO_LARGE, tooLarge()));
        } catch (BodyReader.BudgetExhausted e) {
            endpoint.refuseOverloaded(sampled(request, endpoint, Endpoint.OVERLOADED, () -> OVERLOADED));
            request.abortWith(Problem.unavailable("Too many concurrent requests; try again in a few seconds."));
        } catch (IOException e) {
            endpoint.refuseIncomplete(sampled(request, endpoint, Endpoint.INCOMPLETE, () -> INCOMPLETE));
            request.abortWith(Problem.of(Response.Status.BAD_REQUEST, INCOMPLETE));
        }
    }

    private void verify(ContainerRequestContext request, Endpoint endpoint, byte[] body, long since) {
        SignedRequest signed = new SignedRequest(name -> header(request, name), body);
        if (endpoint.verify(signed) instanceof Verdict.Rejected rejected) {
            endpoint.refuse(
                    rejected.reason(),
                    sampled(
                            request,
                            endpoint.name(),
                            rejected.reason().text(),
                            Optional.of(body),
                            () -> registry.diagnoses().cause(endpoint, signed) + portalId(request, endpoint)));
            request.abortWith(Problem.unauthorized(endpoint.scheme().signatureHeader(), rejected.detail()));
        } else {
            request.setProperty(PASSAGE, new Passage(endpoint, Probe.is(body), since));
            request.setEntityStream(new ByteArrayInputStream(body));
        }
    }

    private Supplier<String> sampled(
            ContainerRequestContext request, Endpoint endpoint, String reason, Supplier<String> cause) {
        return sampled(
                request, endpoint.name(), reason, Optional.empty(), () -> cause.get() + portalId(request, endpoint));
    }

    /**
     * Takes the request as a sample of its kind, if one is due; returns its cause, which is determined no more than
     * once for this and for the log.
     *
     * @param body empty where it was not read
     */
    private Supplier<String> sampled(
            ContainerRequestContext request,
            String endpoint,
            String reason,
            Optional<byte[]> body,
            Supplier<String> cause) {
        Supplier<String> why = new Once(cause);
        registry.samples()
                .add(
                        endpoint,
                        reason,
                        Caller.of(connection, settings.trustedProxies()),
                        () -> RefusedContent.of(
                                why.get(),
                                body.map(read -> (long) read.length).orElseGet(() -> declared(request)),
                                request.getHeaders(),
                                body.orElse(RefusedContent.NOT_READ)));
        return why;
    }

    /** Of one thread. */
    private static final class Once implements Supplier<String> {

        private final Supplier<String> text;
        private String known;

        Once(Supplier<String> text) {
            this.text = text;
        }

        @Override
        public String get() {
            if (known == null) {
                known = text.get();
            }
            return known;
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(PASSAGE) instanceof Passage passage) {
            if (passage.probe()) {
                passage.endpoint().probed(response.getStatus());
            } else {
                passage.endpoint().answered(response.getStatus(), System.nanoTime() - passage.since());
            }
        }
    }

    /**
     * Read by ourselves: the JAX-RS runtimes fail on a length that is no int. Where a transfer coding frames the body
     * no length does (RFC 9112 section 6.3).
     */
    private static long declared(ContainerRequestContext request) {
        Optional<String> length = header(request, HttpHeaders.CONTENT_LENGTH)
                .filter(framing -> header(request, TRANSFER_ENCODING).isEmpty());
        try {
            return length.map(Long::parseLong).orElse(-1L);
        } catch (NumberFormatException theStreamShows) {
            return -1;
        }
    }

    private String tooLarge() {
        return "The body is larger than %s bytes; mxhooks.max-body sets the limit.".formatted(settings.maxBody());
    }

    /** So that a person finds the delivery in the portal. */
    private static String portalId(ContainerRequestContext request, Endpoint endpoint) {
        return endpoint.scheme()
                .claims(name -> header(request, name))
                .id()
                .map(id -> " The portal's id for it, unverified: " + UntrustedText.quoted(id, MAX_ID))
                .orElse("");
    }

    private static Optional<String> header(ContainerRequestContext request, String name) {
        return SentHeaders.value(request.getHeaders(), name);
    }
}
