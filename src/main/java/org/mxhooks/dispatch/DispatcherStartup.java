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
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.mxhooks.database.Database;
import org.mxhooks.dispatch.Dispatcher.Pace;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.settings.Settings;

/** Starts dispatch with the deployment, and stops it. */
@Singleton
@Startup
@TransactionManagement(BEAN)
public class DispatcherStartup {

    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());

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
    BeanManager beans;

    @Inject
    ConsumerDiscovery discovery;

    @Inject
    RequestScope requestScope;

    @Inject
    MeterRegistry meters;

    @Inject
    Dispatch door;

    private Dispatcher dispatcher;
    private Housekeeping housekeeping;

    @PostConstruct
    void start() {
        UUID node = UUID.randomUUID();
        Sql sql = new Sql(dataSource);
        List<Consumer> consumers = discovery.methods().stream()
                .<Consumer>map(method -> new ObserverConsumer(method, beans, requestScope))
                .toList();
        LOG.log(
                INFO,
                "Node {0} has the consumers {1}",
                node,
                consumers.stream().map(Consumer::name).sorted().collect(joining(", ")));
        List<Follower> followers = consumers.stream()
                .map(consumer -> new Follower(node, attempts(consumer, sql, node), threads))
                .toList();
        dispatcher = new Dispatcher(database, inbox, node, sql, followers, Pace.USUAL, threads);
        dispatcher.start();
        door.tellOf(dispatcher);
        Retention retention =
                new Retention(dataSource, inbox, settings.dispatch().retention());
        housekeeping = new Housekeeping(database, List.of(retention::step, inbox::setMilestone), threads);
        housekeeping.start();
    }

    private Attempts attempts(Consumer consumer, Sql sql, UUID node) {
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
        housekeeping.close();
        dispatcher.close();
    }
}
