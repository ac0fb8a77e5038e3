package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxhooks.dispatch.model.Scenario;
import org.mxhooks.dispatch.model.Statement;
import org.mxhooks.dispatch.model.Steps;
import org.mxhooks.dispatch.model.Steps.Kind;
import org.mxhooks.dispatch.model.Steps.Step;
import org.mxhooks.dispatch.model.World;

/**
 * The model of the lane protocol is that of the code: random walks of the model, with nodes that die and leases that
 * expire, are repeated with the tables' statements on two connections; after each step the database is in the state
 * that the model says. Commits whose answer is lost are left to the model.
 */
@Tag("persistence")
abstract class ModelReplaySuite extends DispatchFixture {

    private static final int WALKS = Integer.getInteger("model.walks", 25);
    private static final int MAX_STEPS = 150;
    private static final List<Scenario> SCENARIOS = List.of(
            Scenario.of("AABA", "1...", 3),
            Scenario.of("ABA", "x..", 3),
            Scenario.of("AAB", "x.1", 3),
            Scenario.of("AAB", "g1.", 3),
            Scenario.of("AAB", ".k.", 2),
            Scenario.of("ABA", "k..", 2));

    @Test
    void theTablesDoWhatTheModelSays() throws Exception {
        long seed = Long.getLong("model.seed", System.nanoTime());
        System.out.println("Walks of the model with -Dmodel.seed=" + seed);
        Random random = new Random(seed);
        List<Long> log = logOf(4);
        int steps = 0;
        int lost = 0;
        for (int walk = 0; walk < WALKS; walk++) {
            for (Scenario scenario : SCENARIOS) {
                List<String> trace = new ArrayList<>();
                try (ReplayedLane lane = new ReplayedLane(dataSource(), "walk " + walk + scenario, scenario, log)) {
                    lost += walk(scenario, lane, random, trace);
                } catch (Exception | AssertionError e) {
                    throw new AssertionError("seed %s, %s: %s".formatted(seed, scenario, trace), e);
                }
                steps += trace.size();
            }
        }
        assertThat(steps).isGreaterThan(WALKS * SCENARIOS.size() * 15);
        assertThat(lost).as("conditions that did not hold").isPositive();
    }

    /** Returns how often a statement did not find what it demands. */
    private static int walk(Scenario scenario, ReplayedLane lane, Random random, List<String> trace) throws Exception {
        World world = World.initial(scenario);
        int lost = 0;
        while (trace.size() < MAX_STEPS && !world.isFinal(scenario)) {
            List<Step> possible = possible(world, scenario);
            Step step = possible.get(random.nextInt(possible.size()));
            trace.add(step.what());
            lost += step.kind() == Kind.LOSE ? 1 : 0;
            lane.replay(world, step);
            world = step.to();
            if (isHalfDone(world, step)) {
                Step other = secondHalf(world, scenario, step.node());
                trace.add(other.what());
                world = other.to();
            }
            lane.assertIs(world);
        }
        return lost;
    }

    /** Without commits in doubt, and without what the tables do at once but the model could not complete now. */
    private static List<Step> possible(World world, Scenario scenario) {
        return Steps.from(world, scenario).stream()
                .filter(step -> step.kind() != Kind.DOUBT)
                .filter(step -> !isHalfDone(step.to(), step) || secondHalf(step.to(), scenario, step.node()) != null)
                .toList();
    }

    /** What ends a parked row also makes the next one due: two statements of the model, one method of the table. */
    private static boolean isHalfDone(World world, Step step) {
        return step.kind() == Kind.SEND
                && !world.nodes().get(step.node()).idle()
                && world.nodes().get(step.node()).next() instanceof Statement.ReleaseNext;
    }

    private static Step secondHalf(World world, Scenario scenario, int node) {
        return Steps.from(world, scenario).stream()
                .filter(step -> step.kind() == Kind.SEND && step.node() == node)
                .findFirst()
                .orElse(null);
    }

    private List<Long> logOf(int deliveries) throws SQLException {
        arrive(deliveries);
        return sql().query("select position from mxhooks.delivery order by position", row -> row.getLong(1));
    }
}
