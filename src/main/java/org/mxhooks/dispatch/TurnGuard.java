package org.mxhooks.dispatch;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Keeps what fails in a consumer's turn from ending more than the work at hand. */
record TurnGuard(String consumer) {

    private static final System.Logger LOG = System.getLogger(TurnGuard.class.getName());
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(5);

    /** Work on lanes; returns whether there may be more. */
    interface LaneWork {
        boolean run() throws SQLException, LaneLost;
    }

    /** Whatever fails ends the work at hand, and nothing else. */
    boolean run(List<Lane> at, LaneWork laneWork) {
        try {
            return laneWork.run();
        } catch (LaneLost e) {
            LOG.log(DEBUG, e.getMessage());
            at.forEach(lane -> lane.schedule().lose());
        } catch (SQLException e) {
            logUnavailable(e);
            at.forEach(lane -> lane.schedule().pause(PAUSE_AFTER_FAULT));
        } catch (RuntimeException | Error e) {
            LOG.log(
                    ERROR,
                    "Unexpected failure in lanes %s of consumer %s; retry in %s"
                            .formatted(
                                    at.stream().map(lane -> lane.claim().lane()).toList(), consumer, PAUSE_AFTER_FAULT),
                    e);
            at.forEach(lane -> lane.schedule().pause(PAUSE_AFTER_FAULT));
        }
        return false;
    }

    void logUnavailable(SQLException cause) {
        LOG.log(
                WARNING,
                "Consumer {0} cannot use the database; retry in {1}: {2}",
                consumer,
                PAUSE_AFTER_FAULT,
                cause.toString());
    }
}
