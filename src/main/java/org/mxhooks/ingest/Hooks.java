package org.mxhooks.ingest;

import static java.lang.System.Logger.Level.WARNING;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.mxhooks.inbox.Arrival;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.Receipt;
import org.mxhooks.settings.Settings;
import org.mxhooks.signature.Scheme;
import org.mxhooks.web.OncePerSecond;
import org.mxhooks.web.Problem;
import org.mxhooks.web.UntrustedText;

/** The resource that the portal posts deliveries to. */
@Path("{" + Hooks.ENDPOINT + "}")
@ApplicationScoped
public class Hooks {

    static final String ENDPOINT = "endpoint";

    private static final System.Logger LOG = System.getLogger(Hooks.class.getName());
    private static final int MAX_REASON = 200;

    @Inject
    Settings settings;

    @Inject
    Inbox inbox;

    @Inject
    EndpointRegistry registry;

    private final OncePerSecond undecodableLines = new OncePerSecond(System::nanoTime);

    /**
     * Keeps an authentic delivery and answers when it is on disk: 202 if it is new, 200 if it was there before, 503 if
     * it cannot be kept now or that takes longer than 10 s – then it may have been kept all the same, and sending it
     * again is safe. A {@link Probe} is not kept: 200 if a delivery could be.
     */
    @POST
    @Verified
    @Consumes(MediaType.WILDCARD)
    public void receive(
            @PathParam(ENDPOINT) String endpoint,
            @Context HttpHeaders headers,
            byte[] body,
            @Suspended AsyncResponse response) {
        CompletionStage<Response> answer = Probe.is(body)
                ? inbox.check().thenApply(Hooks::answerProbe)
                : append(new Reading(endpoint, scheme(endpoint), headers.getRequestHeaders(), body).arrival());
        answer.whenComplete((built, fault) -> response.resume(fault == null ? built : fault));
    }

    /** Rejects methods that the JAX-RS runtime would answer itself: only POST is allowed. */
    @OPTIONS
    public Response options() {
        return Response.fromResponse(Problem.of(
                        Response.Status.METHOD_NOT_ALLOWED, "The method is not allowed; send deliveries by POST."))
                .header(HttpHeaders.ALLOW, "POST")
                .build();
    }

    private Scheme scheme(String endpoint) {
        return settings.endpoints().get(endpoint).scheme();
    }

    private CompletionStage<Response> append(Arrival arrival) {
        return inbox.append(arrival).thenApply(receipt -> {
            if (receipt instanceof Receipt.Accepted accepted) {
                arrival.attributes()
                        .undecodable()
                        .ifPresent(reason -> warn(accepted.delivery(), arrival.endpoint(), reason));
            } else if (receipt instanceof Receipt.Duplicate duplicate && !duplicate.sameBody()) {
                registry.named(arrival.endpoint())
                        .ifPresent(endpoint -> endpoint.repeatedWithAnotherBody(
                                duplicate.delivery(), arrival.attributes().portalId()));
            }
            return answer(receipt);
        });
    }

    /** However many come, at most once in a second. */
    private void warn(UUID delivery, String endpoint, String reason) {
        undecodableLines
                .count()
                .ifPresent(deliveries -> LOG.log(
                        WARNING,
                        "Delivery {0} on endpoint {1} is not decodable and is a dead letter: {2}. Such deliveries since the previous entry: {3}",
                        delivery,
                        endpoint,
                        UntrustedText.cut(reason, MAX_REASON),
                        String.valueOf(deliveries)));
    }

    private static Response answer(Receipt receipt) {
        if (receipt instanceof Receipt.Accepted accepted) {
            return answer(Response.Status.ACCEPTED, accepted.delivery(), "accepted");
        }
        if (receipt instanceof Receipt.Duplicate duplicate) {
            return answer(Response.Status.OK, duplicate.delivery(), "duplicate");
        }
        String reason = ((Receipt.Unavailable) receipt).reason();
        return Problem.unavailable("Not stored: %s. Try again in a few seconds.".formatted(reason));
    }

    private static Response answerProbe(boolean stored) {
        return stored
                ? answer(Response.Status.OK, "{\"receipt\":\"probe\"}")
                : Problem.unavailable(
                        "The inbox cannot write; deliveries would get 503 too. See /mxhooks/health/ready.");
    }

    private static Response answer(Response.Status status, UUID delivery, String receipt) {
        return answer(status, "{\"delivery\":\"" + delivery + "\",\"receipt\":\"" + receipt + "\"}");
    }

    private static Response answer(Response.Status status, String json) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(json.getBytes(UTF_8))
                .build();
    }
}
