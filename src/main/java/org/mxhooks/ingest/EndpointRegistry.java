package org.mxhooks.ingest;

import static java.lang.System.Logger.Level.INFO;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.settings.EndpointSettings;
import org.mxhooks.settings.Settings;
import org.mxhooks.signature.CapturedRequest;
import org.mxhooks.signature.Examination;
import org.mxhooks.web.OncePerSecond;
import org.mxhooks.web.UntrustedText;

/** The endpoints of this deployment, with the state of each for operators. */
@ApplicationScoped
public class EndpointRegistry {

    private static final System.Logger LOG = System.getLogger(EndpointRegistry.class.getName());
    private static final int MAX_NAME = 64;

    @Inject
    Settings settings;

    @Inject
    Inbox inbox;

    @Inject
    MeterRegistry meters;

    private Map<String, Endpoint> endpoints;
    private Counter unknown;
    private ByteBudget budget;
    private final Diagnoses diagnoses = new Diagnoses();
    private final RefusalSamples samples = new RefusalSamples(Clock.systemUTC(), System::nanoTime);
    private final OncePerSecond unknownLines = new OncePerSecond(System::nanoTime);

    static EndpointRegistry of(Settings settings, Inbox inbox, MeterRegistry meters) {
        EndpointRegistry registry = new EndpointRegistry();
        registry.settings = settings;
        registry.inbox = inbox;
        registry.meters = meters;
        registry.open();
        return registry;
    }

    @PostConstruct
    void open() {
        open(ByteBudget.of(Runtime.getRuntime().maxMemory(), settings.maxBody()));
    }

    /** With another budget than the heap's size suggests. */
    void open(ByteBudget budget) {
        this.budget = budget;
        Gauge.builder(
                        "mxhooks.unverified.bytes",
                        this,
                        registry -> registry.budget().used())
                .description("Bytes held for requests whose signatures are not verified yet")
                .register(meters);
        endpoints = settings.endpoints().values().stream()
                .collect(toUnmodifiableMap(
                        EndpointSettings::name, each -> new Endpoint(each, Clock.systemUTC(), meters)));
        unknown = Endpoint.refusedCounter("", Endpoint.UNKNOWN, meters);
    }

    /** The states of all configured endpoints by name. */
    public List<EndpointState> all() throws SQLException {
        List<EndpointState> states = new ArrayList<>();
        for (String name : endpoints.keySet().stream().sorted().toList()) {
            states.add(endpoints.get(name).state(inbox.latest(name)));
        }
        return states;
    }

    /**
     * Finds out whether a captured request is authentic at an endpoint, and if not, why: for operators and viewers, in
     * words that name no secret and no expected signature. One at a time, since it costs dozens of digests, and no
     * request waits for another.
     *
     * @param endpoint the name of one that there is
     * @param arrival when the request arrived, by which a signed time is judged; empty for now
     * @return empty while another is being examined
     */
    public Optional<Examination> examine(String endpoint, CapturedRequest request, Optional<Instant> arrival) {
        InstantSource clock = arrival.map(InstantSource::fixed).orElse(InstantSource.system());
        return diagnoses.examine(endpoints.get(endpoint), request, clock);
    }

    /** The bytes that this node holds for requests that are not verified. */
    ByteBudget budget() {
        return budget;
    }

    Diagnoses diagnoses() {
        return diagnoses;
    }

    /** Refused requests of this node that wait to be stored. */
    RefusalSamples samples() {
        return samples;
    }

    /**
     * The endpoint of a name from a request. If there is none, the request is counted, and logged at most once a
     * second.
     */
    Optional<Endpoint> named(String name) {
        Endpoint endpoint = endpoints.get(name);
        if (endpoint == null) {
            unknown.increment();
            unknownLines
                    .count()
                    .ifPresent(requests -> LOG.log(
                            INFO,
                            "Requests for endpoints that do not exist since the previous entry: {0}. Latest: {1}; mxhooks.endpoints lists the endpoints",
                            String.valueOf(requests),
                            UntrustedText.quoted(name, MAX_NAME)));
        }
        return Optional.ofNullable(endpoint);
    }
}
