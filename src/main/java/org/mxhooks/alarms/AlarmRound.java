package org.mxhooks.alarms;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mxhooks.event.OperatorAlert;

/**
 * Evaluates the checks, raises and ends alarms, and announces both. Any number of nodes may do so: one has the turn.
 * Not safe for use by more than one thread.
 *
 * <p>A node that dies after a change is kept and before it is marked as announced leaves it to the next, which
 * announces it a minute later: again, if the node died in between.
 */
final class AlarmRound {

    private static final System.Logger LOG = System.getLogger(Alarms.class.getName());
    private static final int PERIOD_SECONDS = 5;
    private static final int CLAIM_SECONDS = 60;
    private static final int MAX_OF_A_CHECK = 100;

    private final AlarmTable table;
    private final List<AlarmCheck> checks;
    private final Announcer announcer;
    private final Set<AlarmCheck> failing = new HashSet<>();

    AlarmRound(AlarmTable table, List<AlarmCheck> checks, Announcer announcer) {
        this.table = table;
        this.checks = checks;
        this.announcer = announcer;
    }

    /** A round, if this node has the turn. */
    void run() throws SQLException, InterruptedException {
        if (table.takeTurn(PERIOD_SECONDS)) {
            for (AlarmCheck check : checks) {
                evaluate(check);
            }
            table.purge();
            announce();
        }
    }

    private void evaluate(AlarmCheck check) {
        try {
            apply(
                    check,
                    check.find().stream()
                            .sorted(Comparator.comparing(Condition::subject))
                            .collect(toMap(AlarmRound::key, identity(), (one, other) -> one, LinkedHashMap::new)));
            if (failing.remove(check)) {
                LOG.log(INFO, "Check for alarms {0} works again", check.kinds());
            }
        } catch (Exception | Error e) {
            if (failing.add(check)) {
                LOG.log(
                        WARNING,
                        "Check for alarms {0} failed; its alarms stay as they are, retrying: {1}",
                        check.kinds(),
                        e.toString());
            }
        }
    }

    private void apply(AlarmCheck check, Map<List<Object>, Condition> found) throws SQLException {
        Map<List<Object>, OperatorAlert> raised = table.raised().stream()
                .filter(alarm -> check.kinds().contains(alarm.kind()))
                .collect(toMap(alarm -> List.of(alarm.kind(), alarm.subject()), identity()));
        int lasting = raised.size();
        for (Condition condition : found.values()) {
            OperatorAlert alarm = raised.get(key(condition));
            if (alarm != null) {
                keep(alarm, condition, check.hold());
            } else if (lasting++ < MAX_OF_A_CHECK) {
                table.raise(condition);
            }
        }
        for (Map.Entry<List<Object>, OperatorAlert> alarm : raised.entrySet()) {
            if (!found.containsKey(alarm.getKey())) {
                table.end(alarm.getValue(), check.hold());
            }
        }
    }

    private void keep(OperatorAlert alarm, Condition condition, Duration hold) throws SQLException {
        if (!alarm.problem().equals(condition.problem())) {
            table.reword(condition);
        }
        if (!hold.isZero()) {
            table.seen(alarm);
        }
    }

    private static List<Object> key(Condition condition) {
        return List.of(condition.kind(), condition.subject());
    }

    private void announce() throws SQLException, InterruptedException {
        for (OperatorAlert alarm : table.unannounced()) {
            if (table.claim(alarm, CLAIM_SECONDS) && announcer.announce(alarm)) {
                table.announced(alarm);
            }
        }
    }
}
