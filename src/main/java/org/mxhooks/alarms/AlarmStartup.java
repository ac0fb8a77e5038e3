package org.mxhooks.alarms;

import static jakarta.ejb.TransactionManagementType.BEAN;
import static java.lang.System.Logger.Level.DEBUG;

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
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.mxhooks.database.Database;
import org.mxhooks.database.Sql;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.ingest.EndpointRegistry;
import org.mxhooks.observer.AlertObservers;
import org.mxhooks.operations.Operations;
import org.mxhooks.relay.Subscriptions;

/** Evaluates alarms on a thread of its own from the deployment's start until its end. */
@Singleton
@Startup
@TransactionManagement(BEAN)
public class AlarmStartup {

    private static final System.Logger LOG = System.getLogger(Alarms.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);
    private static final long PAUSE_MILLIS = 1_000;

    @Resource
    ManagedThreadFactory threads;

    @Resource(lookup = Database.DATA_SOURCE)
    DataSource dataSource;

    @Inject
    Database database;

    @Inject
    Inbox inbox;

    @Inject
    EndpointRegistry endpoints;

    @Inject
    Operations operations;

    @Inject
    Subscriptions subscriptions;

    @Inject
    AlertObservers observers;

    private final CountDownLatch stop = new CountDownLatch(1);
    private Announcer announcer;
    private Thread thread;

    @PostConstruct
    void start() {
        Sql sql = new Sql(dataSource);
        Clock clock = Clock.systemUTC();
        announcer = new Announcer(observers::of, threads, PATIENCE);
        AlarmRound round = new AlarmRound(
                new AlarmTable(sql),
                List.of(
                        new SilentEndpoints(endpoints, inbox, clock),
                        new ExpiringVersions(endpoints, clock),
                        new DeadLetterCheck(operations, subscriptions::names),
                        new OpenBreakers(subscriptions),
                        new PayloadFields(sql, inbox, clock)),
                announcer);
        thread = threads.newThread(() -> run(round));
        thread.setName("mxhooks-alarms");
        thread.start();
    }

    private void run(AlarmRound round) {
        try {
            while (!stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                if (database.isOpen()) {
                    attempt(round);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** That the database is unavailable is logged elsewhere. */
    private static void attempt(AlarmRound round) throws InterruptedException {
        try {
            round.run();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | Error e) {
            LOG.log(DEBUG, "Alarms cannot be evaluated; retrying: {0}", e.toString());
        }
    }

    /** Payara has closed the pool of connections and the class loader by the time it destroys this bean. */
    public void stopInTime(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        stop();
    }

    @PreDestroy
    void stop() {
        stop.countDown();
        announcer.close();
        try {
            thread.join(STOP_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
