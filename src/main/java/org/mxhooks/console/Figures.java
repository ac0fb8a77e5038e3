package org.mxhooks.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.mxhooks.alarms.Alarms;
import org.mxhooks.event.OperatorAlert;
import org.mxhooks.ingest.EndpointRegistry;
import org.mxhooks.ingest.EndpointState;
import org.mxhooks.ingest.RefusalLog;
import org.mxhooks.ingest.RefusedEntry;
import org.mxhooks.operations.Backlog;
import org.mxhooks.operations.DeadGroup;
import org.mxhooks.operations.NodeState;
import org.mxhooks.operations.Operations;
import org.mxhooks.relay.Subscription;
import org.mxhooks.relay.Subscriptions;

/** What the pages show of the whole, each a {@link SharedReading}. Thread-safe. */
@ApplicationScoped
class Figures {

    @Inject
    Operations operations;

    @Inject
    EndpointRegistry endpoints;

    @Inject
    Alarms alarms;

    @Inject
    Subscriptions relay;

    @Inject
    RefusalLog refusals;

    LongSupplier nanoTime = System::nanoTime;

    private final SharedReading<Snapshot> snapshot = shared();
    private final SharedReading<TimeSeries> hour = shared();
    private final SharedReading<TimeSeries> day = shared();
    private final SharedReading<List<Subscription>> subscriptions = shared();
    private final SharedReading<List<RefusedEntry.Group>> refused = shared();

    /**
     * The figures at a moment.
     *
     * @param backlogs of every consumer by name
     * @param dead letters by consumer and reason
     * @param endpoints by name
     * @param nodes those that run and those that were there within the last day
     * @param alarms that last, the newest first
     */
    record Snapshot(
            List<Backlog> backlogs,
            List<DeadGroup> dead,
            List<EndpointState> endpoints,
            List<NodeState> nodes,
            List<OperatorAlert> alarms) {}

    private <T> SharedReading<T> shared() {
        return new SharedReading<>(() -> nanoTime.getAsLong());
    }

    Snapshot snapshot() {
        return snapshot.read(() -> new Snapshot(
                operations.backlogs(), operations.deadGroups(), endpoints.all(), operations.nodes(), alarms.raised()));
    }

    TimeSeries series(ChartRange range) {
        return (range == ChartRange.DAY ? day : hour).read(() -> TimeSeries.read(operations, range));
    }

    List<Subscription> subscriptions() {
        return subscriptions.read(relay::all);
    }

    List<RefusedEntry.Group> refused() {
        return refused.read(refusals::groups);
    }

    /** What was read before a change is not shown after it. */
    void forget() {
        Stream.of(snapshot, hour, day, subscriptions, refused).forEach(SharedReading::forget);
    }
}
