package org.mxhooks.dispatch;

import static jakarta.ejb.TransactionManagementType.BEAN;
import static java.lang.System.Logger.Level.INFO;
import static java.util.stream.Collectors.joining;

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
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.mxhooks.database.Database;
import org.mxhooks.database.Sql;
import org.mxhooks.database.Transaction;
import org.mxhooks.dispatch.DispatchLoop.Pace;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.settings.Settings;

/** Starts dispatch with the deployment, and stops it. */
@Singleton
@Startup
@TransactionManagement(BEAN)
public class DispatchStartup {

    private static final System.Logger LOG = System.getLogger(DispatchLoop.class.getName());

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
        UUID node = UUID.randomUUID();
        Sql sql = new Sql(dataSource);
        List<? extends EventConsumer> consumers =
                sources.stream().flatMap(source -> source.consumers().stream()).toList();
        LOG.log(
                INFO,
                "Node {0} has the consumers {1}",
                node,
                consumers.stream().map(EventConsumer::name).sorted().collect(joining(", ")));
        List<ConsumerCoordinator> followers = consumers.stream()
                .map(consumer -> new ConsumerCoordinator(node, attempts(consumer, sql, node), threads))
                .toList();
        loop = new DispatchLoop(database, inbox, node, sql, followers, Pace.USUAL, threads);
        loop.start();
        engine.attach(loop);
    }

    private Attempts attempts(EventConsumer consumer, Sql sql, UUID node) {
        Duration timeout = settings.dispatch().consumerTimeout();
        return Attempts.of(
                node,
                consumer,
                inbox,
                sql,
                new Transaction(jta, timeout.multipliedBy(9).dividedBy(10)),
                RetryPolicy.lasting(settings.dispatch().retryFor()),
                new Watch(consumer.name(), timeout, !database.isEmbedded()),
                meters);
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
