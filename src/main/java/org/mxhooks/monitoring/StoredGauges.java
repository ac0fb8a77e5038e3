package org.mxhooks.monitoring;

import static java.util.stream.Collectors.toList;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadFactory;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.mxhooks.alarms.Alarms;
import org.mxhooks.event.OperatorAlert;
import org.mxhooks.ingest.EndpointRegistry;
import org.mxhooks.ingest.EndpointState;
import org.mxhooks.operations.Backlog;
import org.mxhooks.operations.Operations;

/** Gauges that are read from the database and hold for all nodes. They are absent while the database is unavailable. */
@ApplicationScoped
class StoredGauges {

    private final Clock clock = Clock.systemUTC();

    @Resource
    ManagedThreadFactory managedThreads;

    @Inject
    DatabaseProbe database;

    @Inject
    Operations operations;

    @Inject
    EndpointRegistry endpoints;

    @Inject
    Alarms alarms;

    @Inject
    MeterRegistry meters;

    private CachedProbe<Stored> probe;
    private MultiGauge pending;
    private MultiGauge oldest;
    private MultiGauge parked;
    private MultiGauge replays;
    private MultiGauge dead;
    private MultiGauge undecodable;
    private MultiGauge expiry;
    private MultiGauge raised;

    private record Stored(
            List<Backlog> consumers,
            OptionalLong undecodable,
            List<EndpointState> endpoints,
            Optional<List<OperatorAlert>> alarms) {

        static final Stored NOTHING = new Stored(List.of(), OptionalLong.empty(), List.of(), Optional.empty());
    }

    static StoredGauges of(
            DatabaseProbe database,
            Operations operations,
            EndpointRegistry endpoints,
            Alarms alarms,
            MeterRegistry meters,
            ThreadFactory threads) {
        StoredGauges gauges = new StoredGauges();
        gauges.database = database;
        gauges.operations = operations;
        gauges.endpoints = endpoints;
        gauges.alarms = alarms;
        gauges.meters = meters;
        gauges.open(threads);
        return gauges;
    }

    @PostConstruct
    void open() {
        open(managedThreads);
    }

    private void open(ThreadFactory threads) {
        probe = CachedProbe.onThread(threads, this::ask);
        pending = gauge("mxhooks.consumer.pending", "Deliveries beyond a consumer's cursors");
        oldest = gauge(
                "mxhooks.consumer.oldest.pending.seconds",
                "Age of the oldest delivery that is pending or parked; 0 if none");
        parked = gauge("mxhooks.consumer.parked", "Failed events of a consumer that are retried");
        replays = gauge("mxhooks.consumer.replays", "Unfinished replays");
        dead = gauge("mxhooks.consumer.dead", "Dead letters of a consumer");
        undecodable = gauge("mxhooks.undecodable", "Deliveries that could not be decoded and are not discarded");
        expiry = gauge(
                "mxhooks.endpoint.version.expiry.seconds",
                "Time until the webhooks version of the newest delivery expires, according to an unsigned header");
        raised = gauge("mxhooks.alarms", "Alarms that last");
    }

    /** Reads the gauges from the database, at most once a second; takes a few seconds at most. */
    synchronized void refresh() {
        Stored stored = database.answers() ? probe.result().orElse(Stored.NOTHING) : Stored.NOTHING;
        Instant now = clock.instant();
        set(pending, stored.consumers(), Backlog::pending);
        set(parked, stored.consumers(), Backlog::parked);
        set(replays, stored.consumers(), Backlog::replays);
        set(dead, stored.consumers(), Backlog::dead);
        set(
                oldest,
                stored.consumers(),
                consumer -> consumer.oldestPending()
                        .map(since -> Math.max(0, seconds(Duration.between(since, now))))
                        .orElse(0.0));
        undecodable.register(
                stored.undecodable().stream()
                        .mapToObj(deliveries -> MultiGauge.Row.of(Tags.empty(), deliveries))
                        .collect(toList()),
                true);
        expiry.register(
                stored.endpoints().stream()
                        .filter(endpoint -> endpoint.versionExpiry().isPresent())
                        .map(endpoint -> MultiGauge.Row.of(
                                Tags.of("endpoint", endpoint.name()),
                                seconds(Duration.between(
                                        now, endpoint.versionExpiry().get()))))
                        .collect(toList()),
                true);
        raised.register(stored.alarms().stream().flatMap(StoredGauges::byKind).collect(toList()), true);
    }

    private static Stream<MultiGauge.Row<Number>> byKind(List<OperatorAlert> alarms) {
        return Arrays.stream(OperatorAlert.Kind.values())
                .map(kind -> MultiGauge.Row.of(
                        Tags.of("kind", kind.toString()),
                        alarms.stream().filter(alarm -> alarm.kind() == kind).count()));
    }

    private Stored ask() throws SQLException {
        return new Stored(
                operations.backlogs(),
                OptionalLong.of(operations.undecodable()),
                endpoints.all(),
                Optional.of(alarms.raised()));
    }

    private static void set(MultiGauge gauge, List<Backlog> consumers, ToDoubleFunction<Backlog> value) {
        gauge.register(
                consumers.stream()
                        .map(consumer -> MultiGauge.Row.of(
                                Tags.of("consumer", consumer.consumer()), value.applyAsDouble(consumer)))
                        .collect(toList()),
                true);
    }

    private MultiGauge gauge(String name, String description) {
        return MultiGauge.builder(name).description(description).register(meters);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
