package org.mxhooks.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxhooks.dispatch.EffectLog.Effect;
import org.mxhooks.dispatch.MortalNode.Boundary;
import org.mxhooks.event.Consumer.From;
import org.mxhooks.event.GiveUp;
import org.mxhooks.event.TryLater;

/** A node dies before and after each of its writes and commits, and another takes over, on every supported database. */
@Tag("persistence")
abstract class CrashSuite extends DispatchFixture {

    /** How many of the times that a boundary is passed a node dies at. */
    private static final int OCCURRENCES = Integer.getInteger("crashes.of-each", 1);

    private static final String NAME = "one";
    private static final long STORY = 1;
    private static final long OTHER = anotherStoryInTheLaneOf(STORY);

    private final AtomicInteger attemptsAtFlaky = new AtomicInteger();
    private final AtomicInteger attemptsAtStubborn = new AtomicInteger();
    private volatile boolean mended;
    private boolean succeeded;

    @Test
    void losesAndDoublesNothingWhereverANodeDies() throws Exception {
        retry = new RetryPolicy(Duration.ofMillis(20), Duration.ofMillis(40), Duration.ofHours(1));
        MortalNode immortal = MortalNode.living();
        live(immortal);
        List<Boundary> boundaries = immortal.passed().entrySet().stream()
                .flatMap(passed -> IntStream.rangeClosed(1, Math.min(OCCURRENCES, passed.getValue()))
                        .mapToObj(occurrence -> new Boundary(passed.getKey(), occurrence)))
                .toList();

        Set<String> diedAt = new TreeSet<>();
        for (Boundary boundary : boundaries) {
            MortalNode mortal = MortalNode.dyingAt(boundary);
            live(mortal);
            if (mortal.isDead()) {
                diedAt.add(boundary.label());
            }
        }

        assertThat(diedAt)
                .containsExactlyElementsOf(new TreeSet<>(immortal.passed().keySet()));
        assertThat(diedAt).hasSizeGreaterThan(36);
        assertThat(diedAt)
                .as("parked, a dead letter, behind another")
                .filteredOn(boundary -> boundary.startsWith("before insert into parked"))
                .hasSize(3);
    }

    /**
     * All that may happen to an event; the first failure may be that of a whole group, which is then repeated one by
     * one.
     */
    private void live(MortalNode mortal) throws Exception {
        attemptsAtFlaky.set(0);
        attemptsAtStubborn.set(0);
        mended = false;
        succeeded = false;
        UUID hopeless = arrive(OTHER, "hopeless");
        AutoCloseable node = node(
                mortal.dataSource(dataSource()), mortal.transaction(jta()), consumer(mortal.dataSource(dataSource())));
        arrive(STORY, "flaky");
        arrive(STORY, "behind it");
        arrive(OTHER, "stubborn");
        arrive(OTHER, "behind that");
        arrive(STORY, "last");
        AutoCloseable survivor = survive(
                mortal, node, () -> effects().size() == 4 && parked(NAME).size() == 2);
        assertThat(parked(NAME)).allMatch(Parked::dead);

        mended = true;
        operator().replay(hopeless, NAME);
        survive(mortal, survivor, () -> effects().size() == 5 && parked(NAME).size() == 1)
                .close();

        assertThat(effects()).extracting(Effect::position).doesNotHaveDuplicates();
        assertThat(effects())
                .filteredOn(effect -> effect.storyId() == STORY)
                .hasSize(3)
                .extracting(Effect::position)
                .isSorted();
        forget();
    }

    private EffectLog consumer(DataSource dataSource) {
        return new EffectLog(NAME, From.BEGINNING, dataSource)
                .on("flaky", event -> {
                    switch (attemptsAtFlaky.incrementAndGet()) {
                        case 1, 2 -> throw new IllegalStateException("this time");
                        case 3 -> throw new TryLater(Duration.ofMillis(10));
                        default -> {}
                    }
                })
                .on("stubborn", event -> {
                    throw attemptsAtStubborn.incrementAndGet() < 4
                            ? new IllegalStateException("again")
                            : new GiveUp("no more");
                })
                .on("hopeless", event -> {
                    if (!mended) {
                        throw new GiveUp("no such board");
                    }
                });
    }

    private List<Effect> effects() {
        return consumer(NAME).effects();
    }

    private void forget() throws Exception {
        execute("delete from mxhooks.node_consumer");
        operator().retire(NAME);
        execute("delete from mxhooks.delivery");
        execute("delete from mxhooks.body");
        execute("delete from effect");
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    /** Waits until a state is reached, with a successor if the node dies on the way. */
    private AutoCloseable survive(MortalNode mortal, AutoCloseable node, Condition end) throws Exception {
        eventually().alias(mortal.toString()).until(() -> mortal.isDead() && !succeeded || end.holds());
        if (succeeded || !mortal.isDead()) {
            return node;
        }
        succeeded = true;
        node.close();
        execute("delete from mxhooks.node_consumer");
        expireLeases();
        AutoCloseable successor = node(consumer(dataSource()));
        eventually().alias(mortal.toString()).until(end::holds);
        return successor;
    }
}
