package org.mxhooks.monitoring;

import static jakarta.ejb.TransactionManagementType.BEAN;
import static java.lang.System.Logger.Level.DEBUG;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.mxhooks.database.Database;
import org.mxhooks.database.NodeSessions;
import org.mxhooks.operations.Activity;
import org.mxhooks.operations.Operations;

/**
 * Adds what this node has counted since the last time to what the console shows of all nodes: once a minute, and
 * nothing where nothing happened. What was not yet added is lost when the node dies.
 */
@Singleton
@TransactionManagement(BEAN)
public class ActivityRecorder {

    private static final System.Logger LOG = System.getLogger(ActivityRecorder.class.getName());

    @Inject
    MeterRegistry meters;

    @Inject
    Operations operations;

    @Inject
    Database database;

    private Activity recorded = Activity.NONE;

    static ActivityRecorder of(MeterRegistry meters, Operations operations, Database database) {
        ActivityRecorder recorder = new ActivityRecorder();
        recorder.meters = meters;
        recorder.operations = operations;
        recorder.database = database;
        return recorder;
    }

    @Schedule(hour = "*", minute = "*", persistent = false)
    void record() {
        record(NodeSessions.THIS_NODE, Instant.now());
    }

    void record(UUID node, Instant now) {
        if (!database.isOpen()) {
            return;
        }
        Activity counted = counted();
        try {
            if (!counted.equals(recorded)) {
                operations.recordActivity(node, now, counted.minus(recorded));
                recorded = counted;
            }
        } catch (SQLException e) {
            LOG.log(
                    DEBUG,
                    "Counts for the console cannot be stored; added to those of the next minute: {0}",
                    e.toString());
        }
    }

    private Activity counted() {
        return new Activity(
                sum("mxhooks.duplicates"),
                sum("mxhooks.refused"),
                outcomes("done"),
                outcomes("failed"),
                outcomes("dead"));
    }

    private long sum(String meter) {
        return (long) meters.find(meter).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private long outcomes(String outcome) {
        return (long) meters.find("mxhooks.consumer.outcomes").tag("outcome", outcome).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
