package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.WARNING;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.mxhooks.database.NodeSessions;
import org.mxhooks.database.RootCause;
import org.mxhooks.database.Transaction;
import org.mxhooks.dispatch.ConsumerTable.Standing;

/**
 * Which lanes this node has and what is due in them, looked up for all its consumers at once: what that costs does not
 * grow with how many of them are idle.
 */
final class LaneOwnership {

    private static final System.Logger LOG = System.getLogger(LaneOwnership.class.getName());

    private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(15);

    private final UUID node;
    private final ConsumerTable consumers;
    private final LaneTable lanes;
    private final ParkedLanes parked;
    private final PassedCursors passed;
    private final Heartbeat heartbeat;
    private final Optional<NodeSessions> sessions;
    private final Set<String> failing = new HashSet<>();

    /** @param sessions of nodes, which are ended when lanes are taken over; none where no other node can be */
    LaneOwnership(NodeContext node, Heartbeat heartbeat, Optional<NodeSessions> sessions) {
        this.node = node.id();
        this.heartbeat = heartbeat;
        this.sessions = sessions;
        consumers = new ConsumerTable(node.sql());
        lanes = new LaneTable(node.sql(), node.id());
        parked = new ParkedLanes(node.sql());
        passed = new PassedCursors(node.inbox(), lanes, new Transaction(node.jta(), TRANSACTION_TIMEOUT));
    }

    /** Claims lanes, or hands them over, for a fair share of each consumer's. */
    void tend(Collection<ConsumerCoordinator> coordinators) throws SQLException {
        Map<String, Standing> standings = consumers.standings(names(coordinators), node);
        Map<String, List<LaneClaim>> held = lanes.held();
        if (claimMissing(coordinators, standings, held)) {
            held = lanes.held();
        }
        writePassedOf(coordinators.stream()
                .filter(coordinator -> standings.containsKey(name(coordinator)))
                .toList());
        for (ConsumerCoordinator coordinator : coordinators) {
            String name = name(coordinator);
            List<LaneClaim> ofConsumer = held.getOrDefault(name, List.of());
            Standing standing = standings.get(name);
            guard(coordinator, () -> {
                if (standing == null) {
                    coordinator.register();
                } else {
                    coordinator.tend(standing, ofConsumer);
                }
            });
        }
    }

    /** Returns whether there were any to claim. */
    private boolean claimMissing(
            Collection<ConsumerCoordinator> coordinators,
            Map<String, Standing> standings,
            Map<String, List<LaneClaim>> held)
            throws SQLException {
        Map<String, Integer> missing = new HashMap<>();
        for (ConsumerCoordinator coordinator : coordinators) {
            String name = name(coordinator);
            if (standings.containsKey(name)) {
                int lacks = coordinator.lacks(
                        standings.get(name), held.getOrDefault(name, List.of()).size());
                if (lacks > 0) {
                    missing.put(name, lacks);
                }
            }
        }
        if (missing.isEmpty()) {
            return false;
        }
        boolean ofGoneNodes = heartbeat.mayTakeOver();
        Set<String> free = lanes.free(missing.keySet(), ofGoneNodes).keySet();
        if (ofGoneNodes && sessions.isPresent() && !free.isEmpty()) {
            endSessionsOfGone(sessions.get(), free);
        }
        for (ConsumerCoordinator coordinator : coordinators) {
            if (free.contains(name(coordinator))) {
                guard(coordinator, () -> lanes.claim(name(coordinator), missing.get(name(coordinator)), ofGoneNodes));
            }
        }
        return !free.isEmpty();
    }

    /** They may hold locks on the very lanes, which would be skipped, or on what the consumers write. */
    private void endSessionsOfGone(NodeSessions ofNodes, Set<String> ofConsumers) throws SQLException {
        List<UUID> gone = lanes.goneOwners(ofConsumers);
        if (!gone.isEmpty()) {
            ofNodes.terminate(gone);
        }
    }

    /**
     * Writes how far these consumers have come where they wanted nothing, until that fails: who owns the lanes next
     * passes over the rest again.
     */
    void writePassed(Collection<ConsumerCoordinator> coordinators) throws Exception {
        passed.write(lanesOf(coordinators));
    }

    /** What fails for all together is repeated for each alone. */
    private void writePassedOf(Collection<ConsumerCoordinator> coordinators) throws SQLException {
        try {
            writePassed(coordinators);
        } catch (Exception e) {
            for (ConsumerCoordinator coordinator : coordinators) {
                guard(coordinator, () -> passed.write(coordinator.lanes()));
            }
        }
    }

    private static List<Lane> lanesOf(Collection<ConsumerCoordinator> coordinators) {
        return coordinators.stream()
                .flatMap(coordinator -> coordinator.lanes().stream())
                .toList();
    }

    /** Lanes that were lost to a call that lasts go on before they are tended. */
    void readLost(Collection<ConsumerCoordinator> coordinators) throws SQLException {
        for (ConsumerCoordinator coordinator : coordinators) {
            if (coordinator.takeBrokenUp()) {
                guard(coordinator, coordinator::readLost);
            }
        }
    }

    /** Finds out which parked events and replays are due. */
    void lookForDue(Collection<ConsumerCoordinator> coordinators) throws SQLException {
        Map<String, ConsumerCoordinator> byName = new HashMap<>();
        coordinators.forEach(coordinator -> byName.put(name(coordinator), coordinator));
        List<LaneKey> withParked = coordinators.stream()
                .flatMap(coordinator -> coordinator.parkedLanes().stream())
                .toList();
        if (!withParked.isEmpty()) {
            parked.due(withParked).forEach(due -> byName.get(due.consumer()).signalDue(due.lane()));
        }
        parked.withReplays(byName.keySet())
                .forEach(consumer -> byName.get(consumer).signalReplays());
    }

    /** What fails for one consumer delays no other; without a connection all would only wait, one after the other. */
    private void guard(ConsumerCoordinator coordinator, Tending tending) throws SQLException {
        try {
            tending.run();
            failing.remove(name(coordinator));
        } catch (Exception e) {
            if (RootCause.ofConnection(e).isPresent()) {
                throw RootCause.ofConnection(e).get();
            }
            if (failing.add(name(coordinator))) {
                LOG.log(
                        WARNING,
                        "Lanes of consumer {0} could not be tended; retrying every few seconds: {1}",
                        name(coordinator),
                        e.toString());
            }
        }
    }

    private interface Tending {
        void run() throws Exception;
    }

    private static String name(ConsumerCoordinator coordinator) {
        return coordinator.consumer().name();
    }

    private static Set<String> names(Collection<ConsumerCoordinator> coordinators) {
        Set<String> names = new HashSet<>();
        coordinators.forEach(coordinator -> names.add(name(coordinator)));
        return names;
    }
}
