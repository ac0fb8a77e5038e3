package org.mxhooks.privacy;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import javax.sql.DataSource;
import org.mxhooks.database.Database;
import org.mxhooks.database.NodeSessions;
import org.mxhooks.database.Sql;
import org.mxhooks.dispatch.Engine;
import org.mxhooks.inbox.Inbox;
import org.mxhooks.orders.OrderKind;
import org.mxhooks.orders.OrderState;
import org.mxhooks.orders.WorkOrder;
import org.mxhooks.orders.WorkOrders;
import org.mxhooks.settings.Settings;

/**
 * Erasures of persons, on any node, for all nodes. One is given as a count, which changes nothing; an operator who has
 * seen the numbers starts it. Until it has ended its identifiers are kept, for at most a day before its start.
 */
@ApplicationScoped
public class Erasures {

    private static final Instant EVER = Instant.parse("9999-01-01T00:00:00Z");

    @Resource(lookup = Database.DATA_SOURCE)
    DataSource dataSource;

    @Inject
    Inbox inbox;

    @Inject
    Engine engine;

    @Inject
    Settings settings;

    @Inject
    WorkOrders orders;

    /** For programs without a container. */
    public static Erasures of(WorkOrders orders) {
        Erasures erasures = new Erasures();
        erasures.orders = orders;
        return erasures;
    }

    /** How a person is erased, for programs without a container. */
    public static OrderKind kind(DataSource dataSource, Inbox inbox, Engine engine, Duration consumerTimeout) {
        Sql sql = new Sql(dataSource);
        return new ErasureKind(sql, new ErasureMemory(sql, inbox, engine, NodeSessions.THIS_NODE, consumerTimeout));
    }

    @Produces
    @ApplicationScoped
    OrderKind kind() {
        return kind(dataSource, inbox, engine, settings.dispatch().consumerTimeout());
    }

    /**
     * Has all that names a person counted, place by place.
     *
     * @param user who orders it
     * @param identifiers names, email addresses, open ids, avatars
     * @throws InvalidPerson if nobody can be erased by them
     * @throws org.mxhooks.orders.TooManyOrders if too many orders have not ended
     */
    public UUID count(String user, List<String> identifiers) throws SQLException {
        ErasureDetails details = ErasureDetails.of(ErasedPerson.of(identifiers));
        return orders.give(ErasureKind.NAME, user, details.json(), OptionalLong.empty(), OrderState.RUNNING);
    }

    /** An erasure; empty if there is none. */
    public Optional<Erasure> find(UUID id) throws SQLException {
        return orders.find(id).filter(Erasures::isErasure).map(Erasures::erasure);
    }

    /** The latest erasures, the newest first. */
    public List<Erasure> newest(int limit) throws SQLException {
        return orders.newest(Optional.of(ErasureKind.NAME), EVER, limit).stream()
                .map(Erasures::erasure)
                .toList();
    }

    /** Erases what was counted; returns false if it is not counted yet, was started before, or has ended. */
    public boolean start(UUID id, String user) throws Exception {
        return find(id).isPresent() && orders.start(id, user);
    }

    /** Ends an erasure after its current step; what is erased stays erased. Returns false if it has ended. */
    public boolean cancel(UUID id, String user) throws Exception {
        return find(id).isPresent() && orders.cancel(id, user);
    }

    private static boolean isErasure(WorkOrder order) {
        return order.kind().equals(ErasureKind.NAME);
    }

    private static Erasure erasure(WorkOrder order) {
        return Erasure.of(order, ErasureKind.progress(order));
    }
}
