package org.mxhooks.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxhooks.resilience.Turns.Occupant;
import org.mxhooks.resilience.Turns.Participant;
import org.mxhooks.resilience.Turns.TurnWork;

class TurnsTest {

    private static final int ALL_PERMITS = 16;

    private final AtomicLong now = new AtomicLong();
    private final AtomicBoolean clockFails = new AtomicBoolean();
    private final Turns turns = new Turns(Thread::new, this::now);
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void close() throws InterruptedException {
        end.countDown();
        turns.shutdown();
        assertThat(turns.awaitEnd(Duration.ofSeconds(30))).isTrue();
    }

    /** Has so many pieces of work, each of which hangs until the test ends. */
    private final class Hanging implements Turns.WorkSource {
        private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
        private final Queue<Occupant> occupants = new ConcurrentLinkedQueue<>();
        private final AtomicInteger left;

        Hanging() {
            this(100);
        }

        Hanging(int howMany) {
            left = new AtomicInteger(howMany);
        }

        @Override
        public Optional<TurnWork> next() {
            return left.getAndDecrement() > 0 ? Optional.of(work(this::hang)) : Optional.empty();
        }

        private void hang() {
            occupants.add(turns.current().orElseThrow());
            threads.add(Thread.currentThread());
            while (end.getCount() > 0) {
                LockSupport.parkNanos(1_000_000);
            }
            left.set(0);
        }
    }

    private static TurnWork work(Runnable run) {
        return new TurnWork() {
            @Override
            public void run() {
                run.run();
            }

            @Override
            public void end() {}
        };
    }

    private long now() {
        if (clockFails.get()) {
            throw new OutOfMemoryError("failed on purpose");
        }
        return now.get();
    }

    private void pass(Duration duration) {
        now.addAndGet(duration.toNanos());
    }

    private static void awaitThreads(Hanging source, int howMany) {
        await().untilAsserted(() -> assertThat(source.threads).hasSize(howMany));
    }

    @Test
    void aConsumerHasFourTurnsAtATime() {
        Hanging source = new Hanging();
        Participant participant = new Participant(source);

        turns.offer(participant);

        awaitThreads(source, 4);
        assertThat(turns.turns(participant)).isEqualTo(4);
    }

    /** Where the clock fails, a turn cannot be made. */
    @Test
    void noWorkIsTakenForATurnThatCannotBeMade() {
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        Participant participant = new Participant(() -> {
            begun.incrementAndGet();
            return begun.get() > 1
                    ? Optional.empty()
                    : Optional.of(new TurnWork() {
                        @Override
                        public void run() {}

                        @Override
                        public void end() {
                            ended.incrementAndGet();
                        }
                    });
        });
        clockFails.set(true);
        assertThatThrownBy(() -> turns.offer(participant)).isInstanceOf(OutOfMemoryError.class);
        clockFails.set(false);

        turns.offer(participant);

        await().untilAsserted(() -> assertThat(ended).hasValue(1));
        await().untilAsserted(() -> assertThat(turns.turns(participant)).isZero());
    }

    @Test
    void turnsThatLastLeaveTheQuickPermitsToOthers() {
        Hanging first = new Hanging();
        Hanging second = new Hanging();
        Hanging third = new Hanging();
        turns.offer(new Participant(first));
        turns.offer(new Participant(second));
        awaitThreads(first, 4);
        awaitThreads(second, 4);
        turns.offer(new Participant(third));
        assertThat(third.threads).as("no quick permit is left").isEmpty();

        pass(Duration.ofSeconds(1));
        assertThat(turns.relieve()).as("nobody has to be given up").isEmpty();

        awaitThreads(third, 4);
        assertThat(first.threads).as("a slow consumer gets no more").hasSize(4);
    }

    @Test
    void whereAllQuickPermitsAreTakenOthersDoNotWaitUntilTurnsAreSlow() {
        Hanging first = new Hanging(4);
        Hanging second = new Hanging(4);
        Hanging third = new Hanging(4);
        turns.offer(new Participant(first));
        turns.offer(new Participant(second));
        awaitThreads(first, 4);
        awaitThreads(second, 4);
        turns.offer(new Participant(third));
        turns.relieve();
        assertThat(third.threads).as("these may be usual turns").isEmpty();

        pass(Duration.ofMillis(250));
        turns.relieve();

        awaitThreads(third, 4);
    }

    /** That they hang is not known yet: they would take all that is freed. */
    @Test
    void consumersWhoseTurnsWereMovedLeaveQuickPermitsToOthers() {
        Set<Participant> hanging = eightThatHang();
        Hanging other = new Hanging();
        turns.offer(new Participant(other));

        pass(Duration.ofMillis(250));
        turns.relieve();

        assertThat(hanging.stream().mapToInt(turns::turns).sum())
                .as("slow and quick ones")
                .isEqualTo(8 + 3);
        awaitThreads(other, 3);
    }

    /** In one turn each, and would in more. */
    private Set<Participant> eightThatHang() {
        Map<Participant, Hanging> hanging = new LinkedHashMap<>();
        for (int i = 0; i < 8; i++) {
            Hanging source = new Hanging(1);
            Participant participant = new Participant(source);
            hanging.put(participant, source);
            turns.offer(participant);
            awaitThreads(source, 1);
        }
        hanging.forEach((participant, source) -> {
            source.left.set(100);
            turns.offer(participant);
        });
        return hanging.keySet();
    }

    /** Whether they hang is known in a second, but no permit would return before a turn is five seconds old. */
    @Test
    void fourConsumersThatHangInAllTheirTurnsLeaveQuickPermitsToOthers() {
        List<Hanging> hanging = List.of(new Hanging(), new Hanging(), new Hanging(), new Hanging());
        List<Participant> participants = hanging.stream().map(Participant::new).toList();
        participants.forEach(turns::offer);
        awaitThreads(hanging.get(0), 4);
        awaitThreads(hanging.get(1), 4);
        pass(Duration.ofMillis(250));
        turns.relieve();
        Hanging other = new Hanging();
        turns.offer(new Participant(other));

        awaitThreads(other, 1);
        assertThat(participants.stream().mapToInt(turns::turns).sum()).isEqualTo(8 + 6);
    }

    /** A pause of the whole machine is enough to make a turn last. */
    @Test
    void aConsumerOfWhichOneTurnLastedDoesNotWaitForThoseThatHang() {
        Set<Participant> hanging = eightThatHang();
        pass(Duration.ofMillis(250));
        turns.relieve();
        pass(Duration.ofSeconds(1));
        turns.relieve();
        assertThat(hanging.stream().mapToInt(turns::turns).sum()).isEqualTo(8 + 3);
        CountDownLatch lasting = new CountDownLatch(1);
        Queue<TurnWork> works = new ConcurrentLinkedQueue<>(List.of(work(() -> awaitUninterruptibly(lasting))));
        Participant quick = new Participant(() -> Optional.ofNullable(works.poll()));
        turns.offer(quick);
        pass(Duration.ofSeconds(1));
        turns.relieve();
        lasting.countDown();
        await().until(() -> turns.turns(quick) == 0);

        CountDownLatch again = new CountDownLatch(1);
        works.add(work(again::countDown));
        turns.offer(quick);

        await().until(() -> again.getCount() == 0);
        assertThat(hanging.stream().mapToInt(turns::turns).sum()).isEqualTo(8 + 3);
    }

    @Test
    void aTurnThatWasMovedBeforeItWasSlowGivesItsPermitBackOnce() {
        Hanging first = new Hanging(4);
        Hanging second = new Hanging(4);
        turns.offer(new Participant(first));
        turns.offer(new Participant(second));
        awaitThreads(first, 4);
        awaitThreads(second, 4);
        pass(Duration.ofMillis(250));
        turns.relieve();
        pass(Duration.ofSeconds(1));
        assertThat(turns.relieve()).as("they have their slow permits").isEmpty();
        first.occupants.forEach(turns::giveUp);
        second.occupants.forEach(turns::giveUp);

        List<Hanging> others = List.of(new Hanging(4), new Hanging(4), new Hanging(4), new Hanging(4));
        for (Hanging other : others.subList(0, 2)) {
            turns.offer(new Participant(other));
            awaitThreads(other, 4);
        }
        pass(Duration.ofMillis(250));
        turns.relieve();
        for (Hanging other : others.subList(2, 4)) {
            turns.offer(new Participant(other));
        }
        awaitThreads(others.get(2), 4);
        awaitThreads(others.get(3), 2);
        takeWhatIsLeftToOthers();
        Hanging beyond = new Hanging(4);
        turns.offer(new Participant(beyond));

        assertThat(beyond.threads).as("all permits are taken").isEmpty();
    }

    /** Where no slow permit is left, two quick ones are for consumers that have no turn. */
    private List<Hanging> takeWhatIsLeftToOthers() {
        List<Hanging> last = List.of(new Hanging(1), new Hanging(1));
        for (Hanging other : last) {
            turns.offer(new Participant(other));
            awaitThreads(other, 1);
        }
        return last;
    }

    @Test
    void oneOfThoseThatCostMostIsGivenUpWhenNoSlowPermitIsLeft() {
        List<Hanging> sources = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Hanging source = new Hanging();
            sources.add(source);
            turns.offer(new Participant(source));
            if (i % 2 == 1) {
                awaitThreads(sources.get(i - 1), 4);
                awaitThreads(source, i == 1 ? 4 : 2);
                pass(Duration.ofSeconds(1));
                turns.relieve();
            }
        }
        sources.addAll(takeWhatIsLeftToOthers());
        Hanging waiting = new Hanging();
        turns.offer(new Participant(waiting));
        assertThat(sources.stream().mapToInt(source -> source.threads.size()).sum())
                .isEqualTo(ALL_PERMITS);
        assertThat(waiting.threads).isEmpty();
        assertThat(turns.relieve()).as("not before five seconds").isEmpty();

        pass(Duration.ofSeconds(4));
        List<Thread> costly = turns.relieve();

        assertThat(costly).isNotEmpty();
        assertThat(sources.subList(0, 2)).anyMatch(source -> source.threads.contains(costly.get(0)));
        turns.giveUp(occupant(sources, costly.get(0)));
        awaitThreads(waiting, 1);
    }

    private static Occupant occupant(List<Hanging> sources, Thread thread) {
        return sources.stream()
                .filter(source -> source.threads.contains(thread))
                .map(source -> List.copyOf(source.occupants)
                        .get(List.copyOf(source.threads).indexOf(thread)))
                .findFirst()
                .orElseThrow();
    }

    /** It is not the oldest: that is of a consumer with fewer turns. */
    @Test
    void ofTheConsumerWithMostTurnsOneIsGivenUpFirst() {
        List<Hanging> sources = List.of(new Hanging(2), new Hanging(2), new Hanging(4));
        for (Hanging source : sources) {
            turns.offer(new Participant(source));
            awaitThreads(source, source == sources.get(2) ? 4 : 2);
            pass(Duration.ofMillis(100));
        }
        pass(Duration.ofSeconds(1));
        turns.relieve();
        Hanging later = new Hanging(3);
        turns.offer(new Participant(later));
        awaitThreads(later, 3);
        pass(Duration.ofSeconds(5));

        List<Thread> costly = turns.relieve();

        assertThat(sources.get(2).threads).contains(costly.get(0));
        assertThat(costly.subList(6, 8)).containsExactlyInAnyOrderElementsOf(sources.get(1).threads);
    }

    @Test
    void aTurnThatHasEndedIsNotGivenUp() {
        AtomicInteger works = new AtomicInteger(1);
        Queue<Occupant> ended = new ConcurrentLinkedQueue<>();
        Participant participant = new Participant(() -> works.getAndDecrement() > 0
                ? Optional.of(work(() -> ended.add(turns.current().orElseThrow())))
                : Optional.empty());
        turns.offer(participant);
        await().until(() -> !ended.isEmpty() && turns.turns(participant) == 0);

        turns.giveUp(ended.peek());

        assertThat(turns.turns(participant)).isZero();
        works.set(1);
        turns.offer(participant);
        await().untilAsserted(() ->
                assertThat(ended).as("it is not taken for hanging").hasSize(2));
    }

    @Test
    void aConsumerOfWhichEightCallsHangStandsStill() {
        Hanging source = new Hanging();
        Participant participant = new Participant(source);
        turns.offer(participant);
        awaitThreads(source, 4);

        for (int givenUp = 0; givenUp < 8; givenUp++) {
            int atLeast = givenUp + 1;
            await().until(() -> source.threads.size() >= atLeast);
            turns.giveUp(List.copyOf(source.occupants).get(givenUp));
        }

        turns.offer(participant);
        assertThat(turns.turns(participant)).isLessThanOrEqualTo(1);
        assertThat(source.threads.size()).isLessThanOrEqualTo(9);
    }

    /** With a single permit, whoever was served is the last in line. */
    @Test
    void consumersAreServedInTurn() {
        CountDownLatch permit = new CountDownLatch(1);
        AtomicInteger last = new AtomicInteger(1);
        for (int works : List.of(4, 3)) {
            Hanging source = new Hanging(works);
            turns.offer(new Participant(source));
            awaitThreads(source, works);
        }
        turns.offer(new Participant(() ->
                last.getAndDecrement() > 0 ? Optional.of(work(() -> awaitUninterruptibly(permit))) : Optional.empty()));
        Queue<String> served = new ConcurrentLinkedQueue<>();
        turns.offer(participant("greedy", 6, served));
        turns.offer(participant("other", 2, served));

        permit.countDown();

        await().until(() -> served.size() == 8);
        assertThat(served).startsWith("greedy", "other", "greedy", "other", "greedy");
    }

    private static Participant participant(String name, int works, Queue<String> served) {
        AtomicInteger left = new AtomicInteger(works);
        return new Participant(
                () -> left.getAndDecrement() > 0 ? Optional.of(work(() -> served.add(name))) : Optional.empty());
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
