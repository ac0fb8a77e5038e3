package org.mxhooks.orders;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.mxhooks.database.Database;

/** Works on orders, on a thread of its own from the deployment's start to its end. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class OrdersStartup {

    private static final System.Logger LOG = System.getLogger(OrdersStartup.class.getName());

    /** Leaves the database to others: a step takes about as long. */
    private static final Duration STEP_PAUSE = Duration.ofMillis(20);

    private static final Duration REST = Duration.ofSeconds(1);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);

    @Resource
    ManagedThreadFactory threads;

    @Inject
    Database database;

    @Inject
    WorkOrders orders;

    private volatile boolean stopped;
    private Thread thread;
    private long tendedAt = System.nanoTime();
    private boolean failing;

    @PostConstruct
    void start() {
        thread = threads.newThread(this::run);
        thread.setName("mxhooks-orders");
        thread.start();
    }

    /** Payara has closed the pool of connections and the class loader by the time it destroys this bean. */
    public void stopInTime(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        stop();
    }

    /** Waits for the running step to end. */
    @PreDestroy
    void stop() {
        stopped = true;
        orders.wake();
        try {
            thread.join(STOP_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            orders.await(REST);
            while (!stopped) {
                orders.await(database.isOpen() && work() ? STEP_PAUSE : REST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean work() {
        try {
            if (System.nanoTime() - tendedAt >= REST.toNanos()) {
                tendedAt = System.nanoTime();
                orders.tend();
            }
            boolean more = orders.work();
            report(Optional.empty());
            return more;
        } catch (Exception | Error e) {
            report(Optional.of(e));
            return false;
        }
    }

    /** Once for each change. */
    private void report(Optional<Throwable> failure) {
        if (failure.isPresent() && !failing) {
            LOG.log(
                    WARNING,
                    "Orders are not worked on now; retrying every second: {0}",
                    failure.get().toString());
        } else if (failure.isEmpty() && failing) {
            LOG.log(INFO, "Orders are worked on again");
        }
        failing = failure.isPresent();
    }
}
