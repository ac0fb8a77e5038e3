package org.mxhooks.portal;

import static java.lang.System.Logger.Level.WARNING;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Sends the deliveries of one webhook, on a thread of its own: several at a time, of one resource never more than one.
 * What was sent and not recorded when the process ended is sent again.
 */
final class Courier implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Courier.class.getName());
    private static final int MAX_IN_FLIGHT = 16;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    /** An attempt that has ended; without a parcel it is only a reason to look again. */
    private record Arrival(Parcel parcel, DeliveryAttempt attempt) {
        static final Arrival WAKE_UP = new Arrival(null, null);
    }

    private record Round(Optional<PortalWebhook> webhook, List<Parcel> due, Duration untilNext) {}

    private final String webhook;
    private final PortalDatabase database;
    private final Dispatches dispatches;
    private final WebhookCalls calls;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final List<Arrival> unrecorded = new ArrayList<>();
    private final Set<String> inFlight = new HashSet<>();
    private final Thread thread;
    private volatile boolean closed;

    Courier(String webhook, PortalDatabase database, Dispatches dispatches, WebhookCalls calls) {
        this.webhook = webhook;
        this.database = database;
        this.dispatches = dispatches;
        this.calls = calls;
        thread = new Thread(this::run, "courier-" + webhook);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** There may be work. Does not wait. */
    void wake() {
        arrivals.add(Arrival.WAKE_UP);
    }

    private void run() {
        Duration pause = Duration.ZERO;
        while (!closed) {
            try {
                collect(pause);
                pause = round();
            } catch (InterruptedException ended) {
                return;
            } catch (RuntimeException e) {
                LOG.log(WARNING, "Courier of webhook {0} failed; trying again: {1}", webhook, e);
                pause = PAUSE_AFTER_FAILURE;
            }
        }
    }

    private void collect(Duration pause) throws InterruptedException {
        Arrival first = arrivals.poll(pause.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            unrecorded.add(first);
            arrivals.drainTo(unrecorded);
            unrecorded.removeIf(arrival -> arrival.parcel() == null);
        }
    }

    /** Records what has ended, and sends what is due; returns how long nothing more is. */
    private Duration round() {
        if (!unrecorded.isEmpty()) {
            database.write(transaction -> {
                for (Arrival arrival : unrecorded) {
                    dispatches.record(transaction, webhook, arrival.parcel(), arrival.attempt());
                }
                return null;
            });
            unrecorded.forEach(arrival -> inFlight.remove(arrival.parcel().resource()));
            unrecorded.clear();
        }
        Round round = database.read(this::nextRound);
        round.webhook()
                .ifPresent(active -> round.due().stream()
                        .filter(parcel -> !inFlight.contains(parcel.resource()))
                        .limit(MAX_IN_FLIGHT - inFlight.size())
                        .forEach(parcel -> send(active, parcel)));
        if (round.untilNext().compareTo(Dispatches.MAX_BACKOFF) > 0) {
            database.write(transaction -> {
                dispatches.shorten(transaction, webhook);
                return null;
            });
            return Duration.ZERO;
        }
        return round.untilNext();
    }

    private Round nextRound(PortalTransaction transaction) throws SQLException {
        Optional<PortalWebhook> active = dispatches.activeWebhook(transaction, webhook);
        if (active.isEmpty() || inFlight.size() >= MAX_IN_FLIGHT) {
            return new Round(Optional.empty(), List.of(), Dispatches.MAX_BACKOFF);
        }
        return new Round(
                active,
                dispatches.due(transaction, webhook, MAX_IN_FLIGHT),
                dispatches.untilNext(transaction, webhook));
    }

    private void send(PortalWebhook active, Parcel parcel) {
        inFlight.add(parcel.resource());
        calls.send(active, parcel).thenAccept(attempt -> arrivals.add(new Arrival(parcel, attempt)));
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
