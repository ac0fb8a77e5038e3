package org.mxhooks.dispatch;

import static jakarta.ejb.TransactionManagementType.BEAN;
import static java.lang.System.Logger.Level.INFO;

import io.micrometer.core.instrument.MeterRegistry;
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
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import javax.sql.DataSource;
import org.mxhooks.database.Database;
import org.mxhooks.database.NodeSessions;
import org.mxhooks.database.Sql;
import org.mxhooks.dispatch.DispatchLoop.Pace;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.resilience.Turns;
import org.mxhooks.settings.Settings;

/** Starts dispatch with the deployment, and stops it. */
@Singleton
@Startup
@TransactionManagement(BEAN)
public class DispatchStartup {

    private static final System.Logger LOG = System.getLogger(DispatchStartup.class.getName());

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
    Settings settings;

    @Inject
    @Any
    Instance<ConsumerSource> sources;

    @Inject
    MeterRegistry meters;

    @Inject
    Engine engine;

    private DispatchLoop loop;

    @PostConstruct
    void start() {
        Duration timeout = settings.dispatch().consumerTimeout();
        Limits limits = new Limits(
                timeout.multipliedBy(9).dividedBy(10),
                timeout,
                !database.isEmbedded(),
                RetryPolicy.lasting(settings.dispatch().retryFor()));
        NodeContext node = node();
        LOG.log(INFO, "Dispatch started; this node is {0}", node.id());
        Roster roster = new Roster(sources, consumer -> new ConsumerCoordinator(node, limits, consumer));
        loop = new DispatchLoop(database, node, roster, threads, Pace.USUAL);
        loop.start();
        engine.attach(loop);
    }

    private NodeContext node() {
        Sql sql = new Sql(dataSource);
        return new NodeContext(
                NodeSessions.THIS_NODE,
                inbox,
                sql,
                jta,
                new Turns(threads),
                meters,
                CallStores.of(database, NodeSessions.THIS_NODE, inbox, sql, jta));
    }

    /** Payara has closed the pool of connections and the class loader by the time it destroys this bean. */
    public void stopInTime(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        stop();
    }

    @PreDestroy
    void stop() {
        loop.close();
    }
}
