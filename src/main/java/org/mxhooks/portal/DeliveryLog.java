package org.mxhooks.portal;

import static java.lang.System.Logger.Level.WARNING;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Keeps the newest deliveries; what is older and finished is removed, what waits never is. */
final class DeliveryLog implements AutoCloseable {

    static final int MAX_DELIVERIES = 200_000;

    private static final System.Logger LOG = System.getLogger(DeliveryLog.class.getName());
    private static final int BATCH = 2_000;
    private static final String OLD =
            "select seq from delivery where seq < ? and state <> 'waiting' order by seq limit " + BATCH;

    private final PortalDatabase database;
    private final int limit;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "delivery-log");
        thread.setDaemon(true);
        return thread;
    });

    DeliveryLog(PortalDatabase database, int limit) {
        this.database = database;
        this.limit = limit;
    }

    void start() {
        timer.scheduleWithFixedDelay(this::trimQuietly, 1, 1, TimeUnit.MINUTES);
    }

    private void trimQuietly() {
        try {
            trim();
        } catch (RuntimeException e) {
            LOG.log(WARNING, "Removing old deliveries failed; trying again in a minute: {0}", e);
        }
    }

    /** In small transactions, so that nobody waits for long. */
    void trim() {
        Optional<Long> oldest = database.read(transaction -> transaction.first(
                "select seq from delivery order by seq desc limit 1 offset ?", row -> row.getLong(1), limit - 1));
        while (oldest.isPresent() && database.write(transaction -> remove(transaction, oldest.get()))) {
            Thread.yield();
        }
    }

    /** Returns whether there may be more. */
    private static boolean remove(PortalTransaction transaction, long oldest) throws SQLException {
        List<Long> events = transaction.list(
                "select distinct event from delivery where seq in (%s)".formatted(OLD), row -> row.getLong(1), oldest);
        transaction.update("delete from attempt where delivery in (%s)".formatted(OLD), oldest);
        int removed = transaction.update("delete from delivery where seq in (%s)".formatted(OLD), oldest);
        transaction.update(
                "delete from event where id = any(?) and not exists (select 1 from delivery d where d.event = event.id)",
                (Object) events.toArray());
        return removed == BATCH;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
