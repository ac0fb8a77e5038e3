package org.mxhooks.ingest;

import static jakarta.ejb.TransactionManagementType.BEAN;
import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.mxhooks.database.Database;

/** Stores the refused requests of this node, on a thread of its own, for which no request waits. */
@Singleton
@Startup
@TransactionManagement(BEAN)
public class RefusalWriter {

    private static final System.Logger LOG = System.getLogger(RefusalWriter.class.getName());
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final int TRIM_EVERY = 30;
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);

    @Resource
    ManagedThreadFactory threads;

    @Inject
    Database database;

    @Inject
    RefusalLog refusals;

    private final CountDownLatch stop = new CountDownLatch(1);
    private Thread thread;

    @PostConstruct
    void start() {
        thread = threads.newThread(this::run);
        thread.setName("mxhooks-refusals");
        thread.start();
    }

    private void run() {
        try {
            for (int round = 0; !stop.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS); round++) {
                if (database.isOpen()) {
                    work(round % TRIM_EVERY == 0);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(boolean trims) {
        try {
            if (refusals.store() || trims) {
                refusals.trim();
            }
        } catch (SQLException e) {
            LOG.log(DEBUG, "Refused requests cannot be stored now; retrying: {0}", e.toString());
        } catch (RuntimeException | Error e) {
            LOG.log(WARNING, "Refused requests cannot be stored; retrying: {0}", e.toString());
        }
    }

    /** Payara has closed the pool of connections by the time it destroys this bean. */
    public void stopInTime(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        stop();
    }

    @PreDestroy
    void stop() {
        stop.countDown();
        try {
            thread.join(STOP_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
