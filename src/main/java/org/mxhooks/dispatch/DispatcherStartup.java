package org.mxhooks.dispatch;

import static jakarta.ejb.TransactionManagementType.BEAN;
import static java.lang.System.Logger.Level.INFO;
import static java.util.stream.Collectors.joining;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.mxhooks.database.Database;
import org.mxhooks.inbox.Inbox;

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
    BeanManager beans;

    @Inject
    ConsumerDiscovery discovery;

    @Inject
    RequestScope requestScope;

    private Dispatcher dispatcher;

    @PostConstruct
    void start() {
        UUID node = UUID.randomUUID();
        LaneTable table = new LaneTable(dataSource, node);
        Transaction transaction = new Transaction(jta);
        List<Consumer> consumers = discovery.methods().stream()
                .<Consumer>map(method -> new ObserverConsumer(method, beans, requestScope))
                .toList();
        LOG.log(
                INFO,
                "Node {0} has the consumers {1}",
                node,
                consumers.stream().map(Consumer::name).sorted().collect(joining(", ")));
        List<Follower> followers = consumers.stream()
                .map(consumer -> new Follower(consumer, inbox, table, transaction, threads))
                .toList();
        dispatcher = new Dispatcher(database, inbox, table, followers, threads);
        dispatcher.start();
    }

    @PreDestroy
    void stop() {
        dispatcher.close();
    }
}
