package org.mxhooks.retention;

import static jakarta.ejb.TransactionManagementType.BEAN;

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
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.mxhooks.database.Database;
import org.mxhooks.database.Sql;
import org.mxhooks.database.Transaction;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.mirror.VersionPurge;
import org.mxhooks.relay.Subscriptions;
import org.mxhooks.settings.Settings;

/** Starts housekeeping with the deployment, and stops it. */
@Singleton
@Startup
@TransactionManagement(BEAN)
public class RetentionStartup {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Resource
    ManagedThreadFactory threads;

    @Resource
    UserTransaction jta;

    @Resource(lookup = Database.DATA_SOURCE)
    DataSource dataSource;

    @Inject
    Database database;

    @Inject
    Inbox inbox;

    @Inject
    Engine engine;

    @Inject
    VersionPurge versions;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Settings settings;

    private Housekeeping housekeeping;

    @PostConstruct
    void start() {
        Transaction transaction = new Transaction(jta, TIMEOUT);
        BodyRetention bodies = new BodyRetention(
                new Sql(dataSource),
                transaction,
                inbox,
                engine,
                settings.dispatch().retention());
        housekeeping = new Housekeeping(
                database,
                List.of(
                        new Task("emptying of bodies", bodies::step),
                        new Task("counting of lanes", inbox::countLanes),
                        new Task(
                                "search for retries that a clock put off too far",
                                inTransaction(transaction, engine::makeMisdatedDue)),
                        new Task("purge of superseded versions", versions::step),
                        new Task("purge of attempts at subscriptions", subscriptions::purgeAttempts)),
                threads);
        housekeeping.start();
    }

    private static Task.Job inTransaction(Transaction transaction, Task.Job step) {
        return () -> {
            boolean[] more = new boolean[1];
            transaction.run(() -> more[0] = step.step());
            return more[0];
        };
    }

    /** Payara has closed the pool of connections and the class loader by the time it destroys this bean. */
    public void stopInTime(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        stop();
    }

    @PreDestroy
    void stop() {
        housekeeping.close();
    }
}
