package org.mxhooks.console;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.mxhooks.operations.Backlog;
import org.mxhooks.operations.BoundedCount;
import org.mxhooks.operations.DeadGroup;
import org.mxhooks.operations.NodeState;

/** The first page: what arrives, what waits, what failed. */
@Named
@RequestScoped
public class OverviewPage {

    private static final int WIDTH = 600;
    private static final int HEIGHT = 120;

    @Inject
    Figures figures;

    private Figures.Snapshot snapshot;

    /**
     * A bar of the chart.
     *
     * @param x its left edge
     * @param y its upper edge
     * @param width its width
     * @param height its height
     * @param from when its period began
     * @param count how many arrived in it
     */
    public record Bar(int x, int y, int width, int height, Instant from, long count) {}

    @PostConstruct
    void read() {
        snapshot = PageData.read(figures::snapshot);
    }

    /** How many arrived in the last hour. */
    public long getArrived() {
        return snapshot.arrivals().stream().mapToLong(Long::longValue).sum();
    }

    /** The most in one period of the chart. */
    public long getHighest() {
        return snapshot.arrivals().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** Arrivals over the last hour. */
    public List<Bar> getBars() {
        long highest = Math.max(1, getHighest());
        int width = WIDTH / Figures.STEPS;
        Instant first = snapshot.readAt().minus(Figures.STEP.multipliedBy(Figures.STEPS));
        return IntStream.range(0, Figures.STEPS)
                .mapToObj(i -> {
                    long count = snapshot.arrivals().get(i);
                    int height = count == 0 ? 0 : Math.max(2, (int) (count * HEIGHT / highest));
                    return new Bar(
                            i * width + 1,
                            HEIGHT - height,
                            width - 2,
                            height,
                            first.plus(Figures.STEP.multipliedBy(i)),
                            count);
                })
                .toList();
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
                .map(ConsumerRow::of)
                .filter(ConsumerRow::isTroubled)
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

    /** How long the chart's periods are, in minutes. */
    public long getStepMinutes() {
        return Figures.STEP.toMinutes();
    }
}
