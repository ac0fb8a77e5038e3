package org.mxhooks.dispatch;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.mxhooks.database.Database;
import org.mxhooks.database.Sql;

/**
 * The door to dispatch: whether this node takes part, and orders about consumers, which hold on all nodes.
 *
 * <p>Orders take effect in the JTA transaction of the caller, or at once where there is none.
 */
@ApplicationScoped
public class Engine {

    @Resource(lookup = Database.DATA_SOURCE)
    DataSource dataSource;

    private ConsumerTable consumers;
    private volatile DispatchLoop loop;

    /** For programs without a container. */
    public static Engine of(DataSource dataSource) {
        Engine engine = new Engine();
        engine.dataSource = dataSource;
        engine.open();
        return engine;
    }

    @PostConstruct
    void open() {
        consumers = new ConsumerTable(new Sql(dataSource));
    }

    void attach(DispatchLoop ofThisNode) {
        loop = ofThisNode;
    }

    /** Whether this node dispatches: not before its start is complete, nor while its database is unavailable. */
    public boolean isRunning() {
        return loop != null && loop.isRunning();
    }

    /** The names of all registered consumers, in their order. */
    public List<String> consumers() throws SQLException {
        return consumers.names();
    }

    /** Stops notifications of a consumer within seconds, on every node. Returns false if it is unknown. */
    public boolean pause(String consumer) throws SQLException {
        return consumers.pause(consumer, true);
    }

    /** Continues a paused consumer where it stood. Returns false if it is unknown. */
    public boolean resume(String consumer) throws SQLException {
        return consumers.pause(consumer, false);
    }

    /**
     * Locks a consumer against registration and retirement until the caller's transaction ends; returns whether it is
     * known.
     */
    public boolean lock(String consumer) throws SQLException {
        return consumers.lock(consumer);
    }

    /** Whether a running node has the consumer; one that died counts as running until its lease expires. */
    public boolean isDeployed(String consumer) throws SQLException {
        return consumers.isDeployed(consumer);
    }

    /** Deletes a consumer with its cursors, parked events and dead letters, in the caller's transaction. */
    public void delete(String consumer) throws SQLException {
        consumers.delete(consumer);
    }
}
