package org.mxhooks.relay;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static java.util.stream.Collectors.toSet;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.mxhooks.database.Database;
import org.mxhooks.database.Sql;
import org.mxhooks.dispatch.ConsumerSource;
import org.mxhooks.dispatch.EventConsumer;
import org.mxhooks.relay.RelayKeys.NoKey;
import org.mxhooks.relay.SubscriptionKey.WrongKey;
import org.mxhooks.settings.Settings;

/**
 * The subscriptions as consumers. Without the key that they were encrypted with there are none: their cursors stay
 * where they are.
 */
@ApplicationScoped
class RelaySource implements ConsumerSource {

    private static final System.Logger LOG = System.getLogger(RelaySource.class.getName());

    @Inject
    Settings settings;

    @Inject
    RelaySender sender;

    @Inject
    Subscriptions subscriptions;

    @Resource(lookup = Database.DATA_SOURCE)
    DataSource dataSource;

    private SubscriptionTable table;
    private RelayKeys keys;
    private String stopped = "";
    private boolean tidyingFails;

    @PostConstruct
    void open() {
        table = new SubscriptionTable(new Sql(dataSource));
        keys = new RelayKeys(settings.relay());
    }

    @Override
    public Collection<? extends EventConsumer> consumers() throws SQLException {
        List<SubscriptionTable.StoredSubscription> rows = table.all();
        tidy(rows.stream().map(row -> row.subscription().id()).collect(toSet()));
        List<EventConsumer> consumers = new ArrayList<>();
        String problem = "";
        for (SubscriptionTable.StoredSubscription row : rows) {
            try {
                Recipient recipient = new Recipient(row.subscription(), keys.open(row));
                consumers.add(new SubscriptionConsumer(
                        recipient, sender, settings.relay().retryFor(), table));
            } catch (WrongKey | NoKey e) {
                problem = e.getMessage();
            }
        }
        report(problem, rows.size() - consumers.size());
        return consumers;
    }

    /** A failure must not keep the others from being followed. */
    private void tidy(Set<UUID> present) {
        try {
            subscriptions.deleted().remove();
            sender.breakers().follow(present);
            tidyingFails = false;
        } catch (SQLException e) {
            if (!tidyingFails) {
                LOG.log(
                        WARNING,
                        "Deleted subscriptions were not removed, or the state of breakers not written; retrying every few seconds: {0}",
                        e.toString());
            }
            tidyingFails = true;
        }
    }

    /** Once for each state. */
    private void report(String problem, int without) {
        if (!problem.isEmpty() && stopped.isEmpty()) {
            LOG.log(
                    ERROR,
                    "Relay stopped for {0} subscriptions: {1}. Deliveries are kept for them; set the key that they were encrypted with as mxhooks.relay.key or mxhooks.relay.previous-key, or delete them",
                    String.valueOf(without),
                    problem);
        } else if (problem.isEmpty() && !stopped.isEmpty()) {
            LOG.log(INFO, "Relay resumed: all subscriptions can be decrypted");
        }
        stopped = problem;
    }
}
