package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.mxhooks.event.WebhookEvent;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.inbox.LoggedDelivery;
import org.mxhooks.mendix.Payload;
import org.mxhooks.mendix.Provenance;
import org.mxhooks.mendix.UndecodableBody;

/** Leads one consumer along its lanes, with a bounded number of workers of its own. */
final class Follower implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Follower.class.getName());
    private static final int WORKERS = 4;
    private static final int READ_AT_ONCE = 32;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(15);

    private final Consumer consumer;
    private final Inbox inbox;
    private final LaneTable table;
    private final Transaction transaction;
    private final ThreadPoolExecutor workers;
    private final Map<Integer, Lane> lanes = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    Follower(Consumer consumer, Inbox inbox, LaneTable table, Transaction transaction, ThreadFactory threads) {
        this.consumer = consumer;
        this.inbox = inbox;
        this.table = table;
        this.transaction = transaction;
        workers = new ThreadPoolExecutor(WORKERS, WORKERS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        workers.allowCoreThreadTimeOut(true);
    }

    /** Makes the consumer known to the database. */
    void register() throws Exception {
        transaction.run(() -> table.register(consumer.name(), consumer.from()));
    }

    /** Renews leases and claims what is free; to be called several times within a lease. */
    void tendLeases() throws SQLException {
        List<LaneClaim> held = table.tend(consumer.name());
        lanes.values().removeIf(lane -> lane.isLost() || held.stream().noneMatch(lane.claim()::isSameClaimAs));
        for (LaneClaim claim : held) {
            lanes.computeIfAbsent(claim.lane(), unused -> new Lane(claim));
        }
    }

    /** Tells that these lanes of the log have grown. */
    void tellNews(List<Integer> grown) {
        grown.stream().map(lanes::get).filter(lane -> lane != null).forEach(Lane::tellNews);
    }

    /** Sets workers to every lane that has news; returns at once. */
    void work() {
        for (Lane lane : lanes.values()) {
            if (!stopped && lane.take()) {
                workers.execute(() -> follow(lane));
            }
        }
    }

    /** Lets notifications that run come to their end, and starts no other. */
    @Override
    public void close() {
        stopped = true;
        workers.shutdown();
        try {
            if (!workers.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(WARNING, "Consumer {0} is still at work at shutdown", consumer.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(Lane lane) {
        try {
            boolean more = true;
            while (more && !stopped) {
                more = notifyNext(lane) || lane.takeNews();
            }
        } catch (LaneLost e) {
            LOG.log(DEBUG, e.getMessage());
            lane.lose();
        } catch (SQLException e) {
            LOG.log(WARNING, "Consumer {0} waits for the database: {1}", consumer.name(), e.toString());
            lane.pause(PAUSE_AFTER_FAILURE);
        } catch (RuntimeException | Error e) {
            LOG.log(ERROR, "Consumer %s cannot follow its lane, and tries again".formatted(consumer.name()), e);
            lane.pause(PAUSE_AFTER_FAILURE);
        } finally {
            lane.rest();
        }
    }

    /** Deals with the next deliveries of a lane; tells whether there may be more. */
    private boolean notifyNext(Lane lane) throws SQLException, LaneLost {
        LaneClaim claim = lane.claim();
        List<LoggedDelivery> deliveries = inbox.read(claim.lane(), claim.position(), READ_AT_ONCE);
        boolean passedOver = false;
        for (LoggedDelivery delivery : deliveries) {
            Optional<WebhookEvent> event = event(delivery).filter(consumer::wants);
            passedOver = event.isEmpty();
            if (stopped || !passedOver && !succeeds(lane, event.get())) {
                return false;
            }
            lane.moveTo(delivery.position());
        }
        if (passedOver) {
            advance(lane.claim());
        }
        return deliveries.size() == READ_AT_ONCE;
    }

    private void advance(LaneClaim claim) throws SQLException, LaneLost {
        if (!table.advance(claim)) {
            throw new LaneLost(claim);
        }
    }

    private boolean succeeds(Lane lane, WebhookEvent event) throws LaneLost {
        try {
            transaction.run(() -> {
                consumer.notify(event);
                advance(lane.claim().at(event.position()));
            });
            return true;
        } catch (LaneLost e) {
            throw e;
        } catch (Throwable failure) {
            LOG.log(
                    WARNING,
                    "Consumer %s failed on %s; its lane %d waits there and tries again in %d s"
                            .formatted(consumer.name(), event, lane.claim().lane(), PAUSE_AFTER_FAILURE.toSeconds()),
                    failure);
            lane.pause(PAUSE_AFTER_FAILURE);
            return false;
        }
    }

    private static Optional<WebhookEvent> event(LoggedDelivery delivery) {
        if (!delivery.decodable()) {
            return Optional.empty();
        }
        try {
            Provenance provenance = new Provenance(
                    delivery.delivery(), delivery.portalId(), delivery.endpoint(), delivery.position(), false);
            return Optional.of(Payload.decode(delivery.body(), Optional.of(delivery.category()))
                    .toEvent(provenance));
        } catch (UndecodableBody e) {
            throw new IllegalStateException("delivery %s was decoded before".formatted(delivery.delivery()), e);
        }
    }
}
