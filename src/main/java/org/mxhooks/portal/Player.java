package org.mxhooks.portal;

import static java.lang.System.Logger.Level.WARNING;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs one play on a thread of its own. Steps and progress are one commit, so that a play continues where it was when
 * the process ended, and no step is made twice.
 */
final class Player implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Player.class.getName());
    private static final int MAX_BATCH = 50;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final PortalDatabase database;
    private final Stage stage;
    private final InstantSource clock;
    private final Duration period;
    private final Team team;
    private final List<TeamStep> next = new ArrayList<>();
    private final Thread thread;
    private Play play;

    Player(Play play, PortalDatabase database, Stage stage, InstantSource clock) {
        this.play = play;
        this.database = database;
        this.stage = stage;
        this.clock = clock;
        period = PlayRate.of(play.rate()).orElseThrow().period();
        team = new Team(play.seed());
        thread = new Thread(this::run, "play-" + play.id());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        for (long i = 0; i < play.done(); i++) {
            team.next();
        }
        long begun = System.nanoTime();
        long before = play.done();
        while (play.state().equals(Play.RUNNING)) {
            try {
                long allowed = 1 + (System.nanoTime() - begun) / period.toNanos() - (play.done() - before);
                if (allowed > 0) {
                    perform(allowed);
                } else {
                    TimeUnit.NANOSECONDS.sleep(begun + (play.done() - before) * period.toNanos() - System.nanoTime());
                }
            } catch (InterruptedException ended) {
                return;
            } catch (RuntimeException e) {
                LOG.log(WARNING, "Play {0} failed; trying again: {1}", play.id(), e);
                if (!slept()) {
                    return;
                }
            }
        }
    }

    private static boolean slept() {
        try {
            Thread.sleep(PAUSE_AFTER_FAILURE.toMillis());
            return true;
        } catch (InterruptedException ended) {
            return false;
        }
    }

    private void perform(long allowed) {
        long left = play.count().orElse(Long.MAX_VALUE) - play.done();
        long batch = Math.min(Math.min(allowed, MAX_BATCH), left);
        while (next.size() < batch) {
            next.add(team.next());
        }
        play = database.write(this::performAll);
        next.clear();
    }

    private Play performAll(PortalTransaction transaction) throws SQLException {
        Play present = PlayTable.find(transaction, play.id());
        if (!present.state().equals(Play.RUNNING)) {
            return present;
        }
        long done = present.done();
        for (TeamStep step : next) {
            perform(transaction, present, step, at(done++));
        }
        boolean finished = present.count()
                .filter(count -> count <= present.done() + next.size())
                .isPresent();
        return PlayTable.progress(transaction, present.id(), done, finished ? Play.FINISHED : Play.RUNNING);
    }

    /** What people did meanwhile may stand in the way of a step. */
    private void perform(PortalTransaction transaction, Play present, TeamStep step, Instant at) throws SQLException {
        try {
            stage.perform(transaction, present, step, at);
        } catch (Rejection e) {
            LOG.log(WARNING, "Step of play {0} skipped: {1}", present.id(), e.getMessage());
        }
    }

    private Instant at(long step) {
        return play.start().map(start -> start.plus(period.multipliedBy(step))).orElseGet(clock::instant);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
