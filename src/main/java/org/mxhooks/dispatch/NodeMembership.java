package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.INFO;

import java.sql.SQLException;
import java.util.List;
import org.mxhooks.database.Database;

/** This node among those of the database: how it joins them and leaves. */
final class NodeMembership {

    private static final System.Logger LOG = System.getLogger(NodeMembership.class.getName());

    private final Database database;
    private final NodeContext node;
    private final ConsumerTable consumers;
    private final LaneTable lanes;
    private final NodeTable nodes;

    NodeMembership(Database database, NodeContext node) {
        this.database = database;
        this.node = node;
        consumers = new ConsumerTable(node.sql());
        lanes = new LaneTable(node.sql(), node.id());
        nodes = new NodeTable(node.sql());
    }

    /** Brings the schema up to date and registers the node; what was the last one of an embedded database is dead. */
    void join() throws Exception {
        database.migrate();
        database.open();
        nodes.renew(node.id());
        nodes.deleteGone();
        if (database.isEmbedded()) {
            lanes.releaseDead();
            nodes.leaveAllBut(node.id());
        }
    }

    void logConsumersElsewhere(List<String> ofThisNode) throws SQLException {
        List<String> others = consumers.others(ofThisNode);
        if (!others.isEmpty()) {
            LOG.log(
                    INFO,
                    "Registered consumers that are not deployed on this node: {0}. A consumer that no node has makes no progress"
                            + " and keeps its unfinished work until it is deployed again or retired",
                    others);
        }
    }

    /** Other nodes may claim its lanes at once. */
    void leave() throws SQLException {
        lanes.releaseAll();
        nodes.leave(node.id());
    }
}
