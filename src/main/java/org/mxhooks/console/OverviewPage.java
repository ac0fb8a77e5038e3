package org.mxhooks.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.mxhooks.operations.Activity;
import org.mxhooks.operations.Backlog;
import org.mxhooks.operations.BoundedCount;
import org.mxhooks.operations.DeadGroup;
import org.mxhooks.operations.NodeState;

/** The first page: what arrives, what waits, what failed. */
@Named
@RequestScoped
public class OverviewPage {

    private static final int MAX_ROWS = 50;

    @Inject
    HttpServletRequest request;

    @Inject
    Figures figures;

    @Inject
    ConsumerNames names;

    private Figures.Snapshot snapshot;
    private TimeSeries series;
    private ChartRange range;
    private List<SubscriptionRow> subscriptions;

    @PostConstruct
    void read() {
        range = new PageQuery(request).oneOf("range", ChartRange.class).orElse(ChartRange.HOUR);
        snapshot = figures.snapshot();
        series = figures.series(range);
        subscriptions =
                figures.subscriptions().stream().map(SubscriptionRow::of).toList();
    }

    /** How far back the charts reach, in one word. */
    public String getRange() {
        return PageQuery.word(range);
    }

    /** How many arrived in that time. */
    public long getArrived() {
        return series.arrivals().stream().mapToLong(Long::longValue).sum();
    }

    /** Deliveries, and how notifications ended; requests that became no delivery. */
    public List<Chart> getCharts() {
        return List.of(
                new Chart.Builder("arrivals", series)
                        .with("arrived", "fine", series.arrivals())
                        .chart(),
                new Chart.Builder("outcomes", series)
                        .with("done", "good", Activity::done)
                        .with("failed", "warn", Activity::failed)
                        .with("dead", "bad", Activity::dead)
                        .chart(),
                new Chart.Builder("turned", series)
                        .with("duplicates", "fine", Activity::duplicates)
                        .with("refused", "bad", Activity::refused)
                        .chart());
    }

    /** How long a period of the charts is, in minutes. */
    public long getStepMinutes() {
        return range.step().toMinutes();
    }

    /** Subscriptions that are not called, or only with a probe, whose circuit breaker is not closed. */
    public List<SubscriptionRow> getBreakers() {
        return subscriptions.stream()
                .filter(row -> !row.breaker().equals("closed"))
                .limit(MAX_ROWS)
                .toList();
    }

    /** How many subscriptions there are. */
    public int getSubscriptions() {
        return subscriptions.size();
    }

    /** Deliveries beyond the cursors of the consumer that is furthest behind. */
    public long getPending() {
        return snapshot.backlogs().stream().mapToLong(Backlog::pending).max().orElse(0);
    }

    /** When the oldest delivery was received that a consumer has not processed; null if there is none. */
    public Instant getOldest() {
        return snapshot.backlogs().stream()
                .flatMap(backlog -> backlog.oldestPending().stream())
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** Events that are retried. */
    public long getParked() {
        return snapshot.backlogs().stream().mapToLong(Backlog::parked).sum();
    }

    /** Dead letters of all consumers. */
    public BoundedCount getDead() {
        return snapshot.dead().stream().map(DeadGroup::count).reduce(BoundedCount.NONE, BoundedCount::plus);
    }

    /** Requests that this node refused since it started. */
    public long getRefused() {
        return snapshot.endpoints().stream()
                .mapToLong(endpoint -> endpoint.refused())
                .sum();
    }

    /** The largest groups of dead letters. */
    public List<DeadRow> getDeadGroups() {
        return snapshot.dead().stream().limit(10).map(DeadRow::of).toList();
    }

    /** Consumers that an operator should look at. */
    public List<ConsumerRow> getTroubled() {
        return snapshot.backlogs().stream()
                .map(backlog -> ConsumerRow.of(backlog, names))
                .filter(ConsumerRow::isTroubled)
                .limit(MAX_ROWS)
                .toList();
    }

    /** How many consumers there are. */
    public int getConsumers() {
        return snapshot.backlogs().size();
    }

    /** Nodes. */
    public List<NodeState> getNodes() {
        return snapshot.nodes();
    }

    /** Endpoints. */
    public List<EndpointRow> getEndpoints() {
        return snapshot.endpoints().stream().map(EndpointRow::of).toList();
    }
}
