package org.mxhooks.ingest;

import static java.lang.System.Logger.Level.WARNING;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.mxhooks.inbox.LatestDelivery;
import org.mxhooks.mendix.VersionExpiry;
import org.mxhooks.settings.EndpointSettings;
import org.mxhooks.signature.Claims;
import org.mxhooks.signature.Diagnosis;
import org.mxhooks.signature.Scheme;
import org.mxhooks.signature.Schemes;
import org.mxhooks.signature.SignedRequest;
import org.mxhooks.signature.Verdict;
import org.mxhooks.web.OncePerSecond;
import org.mxhooks.web.UntrustedText;

/** An endpoint: verifies its requests and counts their outcomes. Thread-safe. */
final class Endpoint {

    static final String SENDER_NOT_ALLOWED = "sender_not_allowed";
    static final String TOO_LARGE = "too_large";
    static final String INCOMPLETE = "incomplete";
    static final String OVERLOADED = "overloaded";
    static final String UNKNOWN = "unknown_endpoint";

    private static final Duration[] ANSWER_TIMES = Stream.of(
                    1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    /** {@code Json.createReader} would search the class path for a provider each time. */
    private static final JsonReaderFactory JSON = Json.createReaderFactory(Map.of());

    private static final System.Logger LOG = System.getLogger(Endpoint.class.getName());
    private static final int MAX_VERSION = 40;
    private static final int MAX_ID = 64;

    private final String name;
    private final Verifier verifier;
    private final AllowedSenders senders;
    private final Refusals refusals;
    private final Map<Verdict.Reason, Counter> refused = new EnumMap<>(Verdict.Reason.class);
    private final Counter accepted;
    private final Counter duplicates;
    private final Optional<Counter> changedBodies;
    private final OncePerSecond changedBodyLines = new OncePerSecond(System::nanoTime);
    private final Optional<Counter> senderNotAllowed;
    private final Counter tooLarge;
    private final Counter incomplete;
    private final Counter overloaded;
    private final Counter unavailable;
    private final Counter probesStored;
    private final Counter probesUnavailable;
    private final Timer answers;

    Endpoint(EndpointSettings endpoint, Clock clock, MeterRegistry meters) {
        name = endpoint.name();
        verifier = new Verifier(endpoint, new SecretUse(name, clock, meters), clock);
        refusals = new Refusals(name, clock, System::nanoTime);
        accepted = counter("mxhooks.accepted", "Accepted deliveries", meters);
        duplicates = counter("mxhooks.duplicates", "Duplicates of accepted deliveries", meters);
        changedBodies = Optional.of(endpoint.scheme())
                .filter(scheme -> !scheme.isBodyIdentity())
                .map(scheme -> counter(
                        "mxhooks.duplicates.changed",
                        "Duplicates whose body is another than that of the delivery that was kept",
                        meters));
        endpoint.scheme().reasons().forEach(reason -> refused.put(reason, refusedCounter(name, reason.text(), meters)));
        senders = new AllowedSenders(endpoint.allowedSenders());
        senderNotAllowed =
                senders.areLimited() ? Optional.of(refusedCounter(name, SENDER_NOT_ALLOWED, meters)) : Optional.empty();
        tooLarge = refusedCounter(name, TOO_LARGE, meters);
        incomplete = refusedCounter(name, INCOMPLETE, meters);
        overloaded = refusedCounter(name, OVERLOADED, meters);
        unavailable = refusedCounter(name, "unavailable", meters);
        probesStored = probeCounter("stored", meters);
        probesUnavailable = probeCounter("unavailable", meters);
        answers = Timer.builder("mxhooks.answer")
                .description("Time from an authentic request to its answer, which comes after the commit")
                .tag("endpoint", name)
                .serviceLevelObjectives(ANSWER_TIMES)
                .register(meters);
    }

    private Counter counter(String meter, String description, MeterRegistry meters) {
        return Counter.builder(meter)
                .description(description)
                .tag("endpoint", name)
                .register(meters);
    }

    private Counter probeCounter(String outcome, MeterRegistry meters) {
        return Counter.builder("mxhooks.probes")
                .description("Authentic probes, which are answered and not kept")
                .tag("endpoint", name)
                .tag("outcome", outcome)
                .register(meters);
    }

    static Counter refusedCounter(String endpoint, String reason, MeterRegistry meters) {
        return Counter.builder("mxhooks.refused")
                .description("Requests that were refused, or not stored and to be sent again")
                .tag("endpoint", endpoint)
                .tag("reason", reason)
                .register(meters);
    }

    String name() {
        return name;
    }

    Scheme scheme() {
        return verifier.scheme();
    }

    Verdict verify(SignedRequest request) {
        return verifier.verify(request);
    }

    /** Finds out why a request was refused; costly, and for the operator alone. */
    Diagnosis diagnose(SignedRequest request) {
        return verifier.diagnose(request);
    }

    /** As {@link #diagnose(SignedRequest)}, of a request that arrived at a time. */
    Diagnosis diagnose(SignedRequest request, InstantSource arrival) {
        return verifier.diagnose(request, arrival);
    }

    /** Verifies a request that arrived at a time, and counts nothing. */
    Verdict check(SignedRequest request, InstantSource arrival) {
        return verifier.check(request, arrival);
    }

    void refuse(Verdict.Reason reason, Supplier<String> why) {
        refused.get(reason).increment();
        refusals.add(why);
    }

    AllowedSenders senders() {
        return senders;
    }

    void refuseSender(Supplier<String> why) {
        senderNotAllowed.ifPresent(Counter::increment);
        refusals.add(why);
    }

    void refuseTooLarge(Supplier<String> why) {
        tooLarge.increment();
        refusals.add(why);
    }

    void refuseIncomplete(Supplier<String> why) {
        incomplete.increment();
        refusals.add(why);
    }

    void refuseOverloaded(Supplier<String> why) {
        overloaded.increment();
        refusals.add(why);
    }

    /** @param status that an authentic probe was answered with */
    void probed(int status) {
        (status == 200 ? probesStored : probesUnavailable).increment();
    }

    /** @param status that an authentic request was answered with */
    void answered(int status, long nanos) {
        answers.record(nanos, TimeUnit.NANOSECONDS);
        switch (status) {
            case 202 -> accepted.increment();
            case 200 -> duplicates.increment();
            default -> unavailable.increment();
        }
    }

    /**
     * Reports a request that repeats a delivery's identity with another body; at most one line a second.
     *
     * @param kept the delivery that was first, and stays
     */
    void repeatedWithAnotherBody(UUID kept, Optional<String> portalId) {
        changedBodies.ifPresent(Counter::increment);
        changedBodyLines
                .count()
                .ifPresent(requests -> LOG.log(
                        WARNING,
                        "Duplicates with another body on endpoint {0} since the previous entry: {1}. Latest: id {2}; delivery {3}, which was first, is kept. Ask the sender why it uses an id twice",
                        name,
                        String.valueOf(requests),
                        UntrustedText.quoted(portalId.orElse(""), MAX_ID),
                        kept));
    }

    EndpointState state(Optional<LatestDelivery> newest) {
        Optional<Claims> claims = newest.flatMap(Endpoint::claims);
        return new EndpointState(
                name,
                newest.map(LatestDelivery::receivedAt),
                claims.flatMap(Claims::version).map(version -> UntrustedText.cut(version, MAX_VERSION)),
                claims.flatMap(Claims::versionExpiry).flatMap(VersionExpiry::read),
                verifier.lastPreviousUse(),
                refusals.count(),
                refusals.latest());
    }

    /** By the scheme that the delivery arrived under, which may be another than the endpoint's is now. */
    private static Optional<Claims> claims(LatestDelivery newest) {
        try (JsonReader reader = JSON.createReader(new StringReader(newest.headers()))) {
            JsonObject headers = reader.readObject();
            return Schemes.find(newest.scheme()).map(scheme -> scheme.claims(name -> value(headers, name)));
        }
    }

    /** A header's first value that is not blank. */
    private static Optional<String> value(JsonObject headers, String name) {
        return headers.keySet().stream()
                .filter(name::equalsIgnoreCase)
                .flatMap(key -> headers.getJsonArray(key).stream())
                .map(value -> ((JsonString) value).getString().strip())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }
}
